import { fail, hasCode } from "../../errors/error.ts";
import { type KeptChange, NO_HISTORY } from "../../kernel/history.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { domainTarget, SERVER } from "../../kernel/target.ts";
import { toldConflict } from "../../settings/told-conflict.ts";
import { fields } from "../fields.ts";
import { found, mayTakeBack } from "./found.ts";
import { requireRoomFor } from "./room-for.ts";
import { ChangeId, InDomain, isUndoable } from "./rows.ts";

export const changeUndo = defineOperation({
  name: "change.undo",
  summary: "Take a change back, against what stands there now",
  effect: "write",
  input: fields({ change: ChangeId, domain: InDomain }),
  output: fields({ change: ChangeId }),
  errors: ["NOT_FOUND", "NOT_UNDOABLE", "CONFLICT", "LIMIT_REACHED"],
  http: "POST /changes/{change}/undo",
  target: ({ domain }) => (domain === undefined ? SERVER : domainTarget(domain)),
  async handler() {
    return fail("NOT_UNDOABLE", "This way to XMail cannot take changes back.");
  },
  async plan(ctx, { change: id, domain }) {
    const { history = NO_HISTORY, xmail, signal } = ctx;
    const seen = await found(ctx, id, domain);
    requireUndoable(seen.change);
    if (!mayTakeBack(ctx, seen)) fail("FORBIDDEN");
    const { change, changes } = (await history.get(id)) ?? fail("NOT_FOUND");
    const maker = xmail.changes ?? fail("NOT_UNDOABLE");
    const rehearsal = await maker
      .takeBack(changes, { signal })
      .catch(seen.narrowed ? withoutVersions : withBothVersions);
    await requireRoomFor(ctx, rehearsal.changes);
    return {
      result: { change: id },
      changes: rehearsal.changes,
      apply: () => rehearsal.apply(),
      undoes: id,
      target: change.target,
      about: change.about,
    };
  },
});

function requireUndoable(change: KeptChange): void {
  if (change.undoneBy !== undefined) fail("NOT_UNDOABLE", "This change was taken back already.");
  if (!isUndoable(change)) {
    fail(
      "NOT_UNDOABLE",
      "This change is not known to have been made, or changed nothing that can be put back.",
    );
  }
}

/** What stands there now may be lines of others. */
function withoutVersions(error: unknown): never {
  if (!hasCode(error, "CONFLICT")) throw error;
  return fail("CONFLICT", "What this change left was changed since.", { cause: error });
}

function withBothVersions(error: unknown): never {
  const conflict = hasCode(error, "CONFLICT") && toldConflict(error.internal);
  if (!conflict) throw error;
  return fail("CONFLICT", error.message, { conflict, internal: error.internal, cause: error });
}
