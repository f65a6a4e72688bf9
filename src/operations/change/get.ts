import { defineOperation } from "../../kernel/operation.ts";
import { domainTarget, SERVER } from "../../kernel/target.ts";
import { type ToldFile, toldChanges } from "../../settings/told-changes.ts";
import { fields } from "../fields.ts";
import { found, mayTakeBack } from "./found.ts";
import { ChangeDetails, ChangeId, InDomain, isUndoable, rowOf } from "./rows.ts";

export const changeGet = defineOperation({
  name: "change.get",
  summary: "Show one change of the history with all it did",
  effect: "read",
  input: fields({ change: ChangeId, domain: InDomain }),
  output: ChangeDetails,
  errors: ["NOT_FOUND"],
  http: "GET /changes/{change}",
  target: ({ domain }) => (domain === undefined ? SERVER : domainTarget(domain)),
  async handler(ctx, { change, domain }) {
    const kept = await found(ctx, change, domain);
    const told = toldChanges(kept.changes);
    return {
      ...rowOf(kept.change),
      undoable: isUndoable(kept.change) && mayTakeBack(ctx, kept),
      input: inputOf(kept.change.input),
      ...told,
      ...(kept.narrowed ? { files: told.files.map(withoutPlaces) } : {}),
    };
  },
});

/** In a table of all domains the number of a line tells how many lines others have. */
function withoutPlaces(file: ToldFile): ToldFile {
  return { ...file, hunks: file.hunks.map((hunk) => ({ ...hunk, line: null })) };
}

function inputOf(input: unknown): { field: string; value: string }[] {
  if (typeof input !== "object" || input === null) return [];
  return Object.entries(input).map(([field, value]) => ({
    field,
    value: typeof value === "string" ? value : JSON.stringify(value),
  }));
}
