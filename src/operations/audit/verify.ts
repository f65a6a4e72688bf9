import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { Count, fields, Moment, orNull } from "../fields.ts";
import { readingOf } from "./reading.ts";

const Hash = Type.String({
  pattern: "^[0-9A-Fa-f]{64}$",
  description: "Hash of a record that was noted elsewhere: 64 hexadecimal digits",
  "x-rule": "record-hash",
});
const RecordNumber = Type.Integer({ minimum: 0 });

export const auditVerify = defineOperation({
  name: "audit.verify",
  summary: "Follow the chain of the audit log: whether a record was removed, changed, moved or put in",
  effect: "read",
  input: fields({
    head: Type.Optional(Hash),
    after: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: "Only what comes after the record of this number, when faults before it are known",
      }),
    ),
  }),
  output: fields({
    whole: Type.Boolean({ description: "Nothing is wrong" }),
    records: Count,
    first: orNull(RecordNumber),
    pruned: orNull(
      Type.Integer({
        minimum: 1,
        description: "Records up to this number went for their age or the size of the log; nothing is wrong",
      }),
    ),
    last: orNull(
      fields({
        number: RecordNumber,
        hash: Type.String({ description: "Note it elsewhere: with it the log can be verified later" }),
        at: Moment,
      }),
    ),
    unchained: Type.Integer({ minimum: 0, description: "Records from before there was a chain" }),
    interrupted: Type.Integer({
      minimum: 0,
      description: "Lines that a process did not write to their end; nothing is wrong with the chain",
    }),
    faults: Type.Array(
      fields({
        kind: Type.Union([
          Type.Literal("changed"),
          Type.Literal("missing"),
          Type.Literal("moved"),
          Type.Literal("added"),
          Type.Literal("headMissing"),
          Type.Literal("headLost"),
          Type.Literal("notThere"),
        ]),
        record: orNull(RecordNumber),
        to: orNull(RecordNumber),
        file: orNull(Type.String()),
        line: orNull(Type.Integer({ minimum: 1 })),
      }),
      { description: "In the order of the log; the first hundred" },
    ),
    faultCount: Count,
  }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /audit/verification",
  target: () => SERVER,
  async handler(ctx, { head, after }) {
    const verdict = await readingOf(ctx).verify({
      signal: ctx.signal,
      ...(head === undefined ? {} : { head }),
      ...(after === undefined ? {} : { after }),
    });
    const { records, first, pruned, last, unchained, interrupted, faults, faultCount } = verdict;
    return {
      whole: faultCount === 0,
      records,
      first,
      pruned,
      last: last && { ...last, at: last.at.toISOString() },
      unchained,
      interrupted,
      faults: faults.map(({ kind, record, to, file, line }) => ({
        kind,
        record,
        to: to ?? null,
        file: file ?? null,
        line: line ?? null,
      })),
      faultCount,
    };
  },
  tellsFault: ({ whole }) => !whole,
});
export type AuditVerdict = Static<typeof auditVerify.output>;
