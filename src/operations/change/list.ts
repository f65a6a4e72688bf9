import { NO_HISTORY } from "../../kernel/history.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { Day, momentsOf, OperationName } from "../days.ts";
import { fields, orNull, Search } from "../fields.ts";
import { targetOfRow } from "../row-target.ts";
import { visibleTo } from "./own-part.ts";
import { ChangeId, ChangeRow, rowOf } from "./rows.ts";

const DEFAULT_LIMIT = 50;

export const changeList = defineOperation({
  name: "change.list",
  summary: "Search the history of changes, the newest first",
  effect: "read",
  input: fields({
    object: Type.Optional(
      Type.String({ maxLength: 320, description: "A domain, with its accounts, or an address" }),
    ),
    operation: Type.Optional(OperationName),
    actor: Type.Optional(Type.String({ maxLength: 100, description: "Name of who did it" })),
    search: Type.Optional(Search),
    since: Type.Optional(Day),
    until: Type.Optional(Day),
    change: Type.Optional(ChangeId),
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
  each: targetOfRow,
  async handler(ctx, { change, cursor, search, since, until, limit = DEFAULT_LIMIT, ...query }) {
    const { history = NO_HISTORY } = ctx;
    const { items, next, damaged } = await history.find({
      ...query,
      limit,
      visible: visibleTo(ctx),
      ...(change === undefined ? {} : { id: change }),
      ...(search === undefined ? {} : { text: search }),
      ...(cursor === undefined ? {} : { after: cursor }),
      ...momentsOf({ since, until }),
    });
    // Whose lines those were nobody knows.
    return { items: items.map(rowOf), next, damaged: ctx.sees(SERVER) ? damaged : 0 };
  },
});
