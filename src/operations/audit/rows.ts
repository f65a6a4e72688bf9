import type { KeptRecord } from "../../kernel/audit.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { Day, OperationName } from "../days.ts";
import { fields, Moment, orNull, Search } from "../fields.ts";
import { RowTarget, toldTarget } from "../row-target.ts";

export const RecordId = Type.String({
  pattern: "^\\d{4}-\\d\\d-\\d\\d\\.\\d{1,15}$",
  description: "A record as the audit log names it",
  "x-rule": "record-id",
});

/** What both searching and exporting can be narrowed to. */
export const filterFields = {
  object: Type.Optional(
    Type.String({ maxLength: 320, description: "A domain, with its accounts, or an address" }),
  ),
  operation: Type.Optional(OperationName),
  actor: Type.Optional(Type.String({ maxLength: 100, description: "Name of who did it" })),
  from: Type.Optional(
    Type.String({ maxLength: 64, description: "Address of the client, or how it begins: 192.0.2." }),
  ),
  search: Type.Optional(Search),
  since: Type.Optional(Day),
  until: Type.Optional(Day),
};

const Outcome = Type.Union(
  [Type.Literal("begun"), Type.Literal("done"), Type.Literal("failed"), Type.Literal("refused")],
  { description: "begun: a process ended before it could say how it went" },
);

export { Outcome as AuditOutcome };

export const AuditRow = fields({
  record: RecordId,
  number: orNull(Type.Integer({ description: "In the chain; null: from before there was one" })),
  at: Moment,
  actor: Type.String({ description: "Name of who did it" }),
  actorId: Type.String(),
  really: orNull(Type.String({ description: "Id of the master who looked at the panel as this person" })),
  from: orNull(Type.String({ description: "Address of the client" })),
  operation: Type.String(),
  target: RowTarget,
  input: Type.Array(Type.String(), { description: "field=value, secrets as ***" }),
  reason: orNull(Type.String()),
  outcome: Outcome,
  code: orNull(Type.String({ description: "Why it was refused or failed" })),
  change: orNull(Type.String({ description: "Number of the change in the history" })),
  openedMail: Type.Boolean({ description: "Mail of somebody else was opened" }),
});
export type AuditRow = Static<typeof AuditRow>;

export function rowOf(record: KeptRecord): AuditRow {
  const { id, number, at, actor, actorName, really, from, operation, target, input } = record;
  const { reason, outcome, code, change, openedMail } = record;
  return {
    record: id,
    number,
    at: at.toISOString(),
    actor: actorName ?? actor,
    actorId: actor,
    really: really ?? null,
    from: from ?? null,
    operation,
    target: toldTarget(target),
    input: inputOf(input),
    reason: reason ?? null,
    outcome,
    code: code ?? null,
    change: change ?? null,
    openedMail: openedMail === true,
  };
}

function inputOf(input: unknown): string[] {
  if (typeof input !== "object" || input === null) return [];
  return Object.entries(input).map(
    ([field, value]) => `${field}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
}
