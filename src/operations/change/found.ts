import { fail } from "../../errors/error.ts";
import { mayReach } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { type KeptChange, NO_HISTORY } from "../../kernel/history.ts";
import { SERVER } from "../../kernel/target.ts";
import { partOfChanges } from "../../settings/part-of-changes.ts";
import type { ChangeSet } from "../../xmail/change-set.ts";
import { targetOfRecord } from "../row-target.ts";
import { isIn, ownPart } from "./own-part.ts";

export interface FoundChange {
  readonly change: KeptChange;
  readonly changes: ChangeSet;
  /** It is seen from within one domain: nothing of others is left in it. */
  readonly narrowed: boolean;
  /** There is more of it than is seen. */
  readonly cut: boolean;
}

/** `NOT_FOUND`, also for a change elsewhere than in the domain that is named. */
export async function found(ctx: Context, id: string, domain: string | undefined): Promise<FoundChange> {
  const { history = NO_HISTORY } = ctx;
  const kept = await history.get(id);
  if (!kept || (domain !== undefined && !isIn(kept.change, domain))) {
    return fail("NOT_FOUND", "The history has no such change.");
  }
  if (domain === undefined || ctx.sees(SERVER)) return { ...kept, narrowed: false, cut: false };
  const { changes, cut } = partOfChanges(kept.changes, domain);
  return { change: ownPart(ctx, kept.change, domain), changes, narrowed: true, cut };
}

/**
 * Whether the actor may do all that taking it back may do: every change that can be made of its kind, for the undo of an
 * addition is a removal; and none of it is hidden from him.
 */
export function mayTakeBack(
  { actor, operations = [] }: Pick<Context, "actor" | "operations">,
  { change, cut, narrowed }: Pick<FoundChange, "change" | "cut" | "narrowed">,
): boolean {
  const target = targetOfRecord(change);
  if (!mayReach(actor, "change.undo", target)) return false;
  if (!narrowed) return true;
  const noun = change.operation.slice(0, change.operation.indexOf(".") + 1);
  const parts = operations.filter(({ name, effect }) => name.startsWith(noun) && effect !== "read");
  return !cut && parts.length > 0 && parts.every(({ name }) => mayReach(actor, name, target));
}
