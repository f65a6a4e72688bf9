import type { AuditRecord } from "../../kernel/audit.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { momentsOf } from "../days.ts";
import { fields, orNull } from "../fields.ts";
import { targetOfRecord, targetOfRow } from "../row-target.ts";
import { readingOf } from "./reading.ts";
import { AuditOutcome, AuditRow, filterFields, RecordId, rowOf } from "./rows.ts";

const DEFAULT_LIMIT = 50;
/** Looked through for `recent`: what a page beside other things may cost. */
const RECENT_BYTES = 1024 * 1024;

export const auditList = defineOperation({
  name: "audit.list",
  summary: "Search the audit log, the newest first: who did or tried what, from where, and how it ended",
  effect: "read",
  input: fields({
    ...filterFields,
    outcome: Type.Optional(AuditOutcome),
    openedMail: Type.Optional(Type.Boolean({ description: "Only where mail of somebody else was opened" })),
    record: Type.Optional(RecordId),
    recent: Type.Optional(
      Type.Boolean({ description: "Only the end of the log, about the last thousand records" }),
    ),
    cursor: Type.Optional(RecordId),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, description: "Rows of a page, 50 if absent" }),
    ),
  }),
  output: fields({ items: Type.Array(AuditRow), next: orNull(RecordId) }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /audit",
  each: targetOfRow,
  async handler(ctx, { cursor, search, since, until, record, recent, limit = DEFAULT_LIMIT, ...query }) {
    const { items, next } = await readingOf(ctx).find({
      ...query,
      ...momentsOf({ since, until }),
      ...(search === undefined ? {} : { text: search }),
      ...(cursor === undefined ? {} : { after: cursor }),
      ...(record === undefined ? {} : { id: record }),
      ...(recent ? { most: RECENT_BYTES } : {}),
      limit,
      visible: visibleTo(ctx),
      signal: ctx.signal,
    });
    return { items: items.map(rowOf), next };
  },
});

/** Where those who look after the server sit is nobody's business below. */
function visibleTo({ actor, sees }: Context): (record: AuditRecord) => AuditRecord | null {
  const seesAll = sees(SERVER);
  return (record) => {
    if (seesAll) return record;
    if (!sees(targetOfRecord(record))) return null;
    const { from: _, ...rest } = record;
    return record.actor === actor.id ? record : rest;
  };
}
