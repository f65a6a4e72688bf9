import { type Actor, mayReach, mayUse } from "../kernel/actor.ts";
import { SERVER, type Target } from "../kernel/target.ts";

/** What the person may do: decides which menu items and buttons show. `invoke` asks again when it counts. */
export interface May {
  /** Whether any grant names the operation. */
  use(operation: string): boolean;
  /** Whether the operation may be done to this very target; the server, when none is named. */
  reach(operation: string, target?: Target): boolean;
}

export function mayOf(actor: Actor | null): May {
  if (!actor) return { use: () => false, reach: () => false };
  return {
    use: (operation) => mayUse(actor, operation),
    reach: (operation, target = SERVER) => mayReach(actor, operation, target),
  };
}
