import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { momentsOf } from "../days.ts";
import { Count, fields, orNull } from "../fields.ts";
import { readingOf } from "./reading.ts";
import { filterFields, RecordId } from "./rows.ts";

const DEFAULT_LIMIT = 5_000;

export const auditExport = defineOperation({
  name: "audit.export",
  summary: "The audit log as JSON lines, as they are kept and with their chain, the oldest first",
  effect: "read",
  input: fields({
    ...filterFields,
    cursor: Type.Optional(RecordId),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 20_000, description: "Records of a part, 5,000 if absent" }),
    ),
  }),
  output: fields({
    jsonl: Type.String({ description: "JSON Lines: one record in each" }),
    records: Count,
    next: orNull(RecordId),
  }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /audit/export",
  target: () => SERVER,
  async handler(ctx, { cursor, search, since, until, limit = DEFAULT_LIMIT, ...query }) {
    const { lines, records, next } = await readingOf(ctx).export({
      ...query,
      ...momentsOf({ since, until }),
      ...(search === undefined ? {} : { text: search }),
      ...(cursor === undefined ? {} : { begin: cursor }),
      limit,
      signal: ctx.signal,
    });
    return { jsonl: lines, records, next };
  },
});
