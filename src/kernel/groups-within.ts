import { fail } from "../errors/error.ts";
import { type Actor, mayReach } from "./actor.ts";
import type { Doable } from "./context.ts";
import type { Groups } from "./groups.ts";
import { accountTarget, SERVER } from "./target.ts";

/**
 * Groups as an operation may see and change them. They are the server's, with accounts of all domains: all of them for
 * whoever may do this very operation to the whole server, changed by none that reads. For others there are none; that a
 * mailbox is gone is noted for whoever may do the operation to it.
 */
export function groupsWithin(groups: Groups, actor: Actor, operation: Doable): Groups {
  const { name, effect } = operation;
  const whole = mayReach(actor, name, SERVER);
  const changes = effect !== "read";
  if (whole && changes) return groups;
  const refused = async () => fail("FORBIDDEN");
  return {
    list: whole ? groups.list : refused,
    add: refused,
    change: refused,
    remove: refused,
    forgetDomain: refused,
    async forgetAccount(account) {
      if (!changes || !mayReach(actor, name, accountTarget(account))) fail("FORBIDDEN");
      return groups.forgetAccount(account);
    },
    rehearsing: () => groupsWithin(groups.rehearsing(), actor, operation),
  };
}
