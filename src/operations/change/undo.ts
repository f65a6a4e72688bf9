import { fail, hasCode } from "../../errors/error.ts";
import { type History, NO_HISTORY } from "../../kernel/history.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { SERVER } from "../../kernel/target.ts";
import { toldConflict } from "../../settings/told-conflict.ts";
import { fields } from "../fields.ts";
import { ChangeId, isUndoable } from "./rows.ts";

export const changeUndo = defineOperation({
  name: "change.undo",
  summary: "Take a change back, against what stands there now",
  effect: "write",
  input: fields({ change: ChangeId }),
  output: fields({ change: ChangeId }),
  errors: ["NOT_FOUND", "NOT_UNDOABLE", "CONFLICT"],
  http: "POST /changes/{change}/undo",
  target: () => SERVER,
  async handler() {
    return fail("NOT_UNDOABLE", "This way to XMail cannot take changes back.");
  },
  async plan({ history = NO_HISTORY, xmail, signal }, { change }) {
    const { changes, about } = await undoable(history, change);
    const maker = xmail.changes ?? fail("NOT_UNDOABLE");
    const rehearsal = await maker.takeBack(changes, { signal }).catch(withBothVersions);
    return {
      result: { change },
      changes: rehearsal.changes,
      apply: () => rehearsal.apply(),
      undoes: change,
      about,
    };
  },
});

async function undoable(history: History, id: string) {
  const { change, changes } = (await history.get(id)) ?? fail("NOT_FOUND", "The history has no such change.");
  if (change.undoneBy !== undefined) fail("NOT_UNDOABLE", "This change was taken back already.");
  if (!isUndoable(change)) {
    fail(
      "NOT_UNDOABLE",
      "This change is not known to have been made, or changed nothing that can be put back.",
    );
  }
  return { changes, about: change.about };
}

function withBothVersions(error: unknown): never {
  const conflict = hasCode(error, "CONFLICT") && toldConflict(error.internal);
  if (!conflict) throw error;
  return fail("CONFLICT", error.message, { conflict, internal: error.internal, cause: error });
}
