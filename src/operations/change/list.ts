import { failField } from "../../errors/error.ts";
import { NO_HISTORY } from "../../kernel/history.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { fields, orNull, Search } from "../fields.ts";
import { ChangeId, ChangeRow, rowOf } from "./rows.ts";

const Day = Type.String({
  pattern: "^\\d{4}-\\d\\d-\\d\\d$",
  description: "A day, like 2026-11-24, on the clock of this machine",
  "x-rule": "day",
});

const DEFAULT_LIMIT = 50;

export const changeList = defineOperation({
  name: "change.list",
  summary: "Search the history of changes, the newest first",
  effect: "read",
  input: fields({
    object: Type.Optional(
      Type.String({ maxLength: 320, description: "A domain, with its accounts, or an address" }),
    ),
    operation: Type.Optional(
      Type.String({
        maxLength: 100,
        pattern: "^[A-Za-z][A-Za-z0-9]*\\.(?:[A-Za-z0-9]+|\\*)$",
        description: "Like account.add, or account.* for all of them",
        "x-rule": "operation-name",
      }),
    ),
    actor: Type.Optional(Type.String({ maxLength: 100, description: "Name of who did it" })),
    search: Type.Optional(Search),
    since: Type.Optional(Day),
    until: Type.Optional(Day),
    cursor: Type.Optional(ChangeId),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, description: "Rows of a page, 50 if absent" }),
    ),
  }),
  output: fields({
    items: Type.Array(ChangeRow),
    next: orNull(ChangeId),
    damaged: Type.Integer({ minimum: 0, description: "Lines that a process did not write to their end" }),
  }),
  errors: [],
  http: "GET /changes",
  target: () => SERVER,
  async handler({ history = NO_HISTORY }, { cursor, search, since, until, limit = DEFAULT_LIMIT, ...query }) {
    const { items, next, damaged } = await history.find({
      ...query,
      limit,
      ...(search === undefined ? {} : { text: search }),
      ...(cursor === undefined ? {} : { after: cursor }),
      ...(since === undefined ? {} : { since: momentOf("since", since) }),
      ...(until === undefined ? {} : { until: momentOf("until", until, LAST_MS) }),
    });
    return { items: items.map(rowOf), next, damaged };
  },
});

const LAST_MS = 24 * 3_600_000 - 1;

function momentOf(field: "since" | "until", day: string, more = 0): Date {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const begin = new Date(year, month - 1, date);
  if (begin.getMonth() !== month - 1) failField(field, "day", `${field} is no day of the calendar.`);
  return new Date(begin.getTime() + more);
}
