import { fail } from "../../errors/error.ts";
import { NO_HISTORY } from "../../kernel/history.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { SERVER } from "../../kernel/target.ts";
import { toldChanges } from "../../settings/told-changes.ts";
import { fields } from "../fields.ts";
import { ChangeDetails, ChangeId, rowOf } from "./rows.ts";

export const changeGet = defineOperation({
  name: "change.get",
  summary: "Show one change of the history with all it did",
  effect: "read",
  input: fields({ change: ChangeId }),
  output: ChangeDetails,
  errors: ["NOT_FOUND"],
  http: "GET /changes/{change}",
  target: () => SERVER,
  async handler({ history = NO_HISTORY }, { change }) {
    const kept = (await history.get(change)) ?? fail("NOT_FOUND", "The history has no such change.");
    return { ...rowOf(kept.change), input: inputOf(kept.change.input), ...toldChanges(kept.changes) };
  },
});

function inputOf(input: unknown): { field: string; value: string }[] {
  if (typeof input !== "object" || input === null) return [];
  return Object.entries(input).map(([field, value]) => ({
    field,
    value: typeof value === "string" ? value : JSON.stringify(value),
  }));
}
