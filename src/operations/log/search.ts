import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { fields, oneOf, orNull } from "../fields.ts";
import { logsOf, seenIn } from "./reading.ts";
import { filterFields, LogRowOutput, outputOf, targetOfRow, timesOf } from "./rows.ts";

const DEFAULT_LIMIT = 50;
/** Bytes that one answer looks through: a page comes in seconds, and the next one goes on there. */
const MOST = 256 * 1024 * 1024;

export const logSearch = defineOperation({
  name: "log.search",
  summary:
    "Search XMail's logs by time, kind, address, account, client and status, with every status in words",
  effect: "read",
  input: fields({
    ...filterFields,
    order: Type.Optional(oneOf(["newest", "oldest"], { description: "Which come first; newest, if absent" })),
    cursor: Type.Optional(Type.String({ maxLength: 1000, description: "`next` of an earlier answer" })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, description: "Rows of a page, 50 if absent" }),
    ),
  }),
  output: fields({
    items: Type.Array(LogRowOutput),
    next: orNull(Type.String({ description: "There may be more, also when this page is not full" })),
  }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /log-lines",
  each: targetOfRow,
  async handler(
    ctx,
    { kind, search, since, until, order = "newest", cursor, limit = DEFAULT_LIMIT, ...filter },
  ) {
    const seen = seenIn(ctx);
    const { rows, next } = await logsOf(ctx).search(
      {
        ...filter,
        ...timesOf({ ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) }),
        ...(kind === undefined ? {} : { kinds: [kind] }),
        ...(search === undefined ? {} : { text: search }),
        ...(cursor === undefined ? {} : { after: cursor }),
        order,
        limit,
        most: MOST,
        visible: (row) => seen(row) !== null,
      },
      ctx,
    );
    const items = rows.flatMap((row) => {
      const about = seen(row);
      return about === null ? [] : [outputOf(row, about)];
    });
    return { items, next };
  },
});
