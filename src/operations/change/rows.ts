import type { KeptChange } from "../../kernel/history.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { Bytes, Count, ExistingDomain, fields, Moment, orNull } from "../fields.ts";
import { RowTarget, toldTarget } from "../row-target.ts";

const Texts = Type.Array(Type.String());

export const ChangeId = Type.String({
  pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d{9}-[0-9a-f]{8}$",
  description: "The number of a change as the history shows it",
  "x-rule": "change-id",
});

const Final = Type.Array(
  Type.Union([
    Type.Literal("mailbox"),
    Type.Literal("program"),
    Type.Literal("message"),
    Type.Literal("ours"),
  ]),
  { description: "What no undo brings back" },
);

const Hunk = fields({
  line: orNull(
    Type.Integer({
      minimum: 1,
      description: "First line concerned in the file as it was, from 1; null where it would tell of others",
    }),
  ),
  removed: Texts,
  added: Texts,
});

const ToldFile = fields({
  kind: Type.Union([Type.Literal("file"), Type.Literal("folder")]),
  path: Type.String({ description: "Below MailRoot" }),
  what: Type.Union([Type.Literal("added"), Type.Literal("changed"), Type.Literal("removed")]),
  hunks: Type.Array(Hunk),
  files: orNull(Count),
  bytes: orNull(Bytes),
  kept: orNull(Type.Boolean({ description: "Whether a folder that goes can be brought back" })),
});

const toldFields = {
  commands: Type.Array(Type.String(), { description: "CTRL commands in their order" }),
  files: Type.Array(ToldFile),
  final: Final,
};

/** All that a change does, as a dry run and the history tell it: text, and secrets as `***`. */
export const Changes = fields(toldFields);

const rowFields = {
  change: ChangeId,
  at: Moment,
  actor: Type.String({ description: "Name of who did it" }),
  actorId: Type.String(),
  from: orNull(Type.String({ description: "Address of the client" })),
  reason: orNull(Type.String()),
  operation: Type.String(),
  target: RowTarget,
  about: Type.Array(Type.String(), { description: "Domains and addresses" }),
  outcome: Type.Union([Type.Literal("begun"), Type.Literal("done"), Type.Literal("failed")], {
    description: "begun: a process ended before it could say how it went",
  }),
  code: orNull(Type.String({ description: "Why it failed" })),
  undoes: orNull(ChangeId),
  undoneBy: orNull(ChangeId),
  undoable: Type.Boolean(),
  paths: Texts,
};

export const ChangeRow = fields({ ...rowFields, final: Final });
export type ChangeRow = Static<typeof ChangeRow>;

export const ChangeDetails = fields({
  ...rowFields,
  input: Type.Array(fields({ field: Type.String(), value: Type.String() })),
  ...toldFields,
});
export type ChangeDetails = Static<typeof ChangeDetails>;

/** Whose change it is, for those who look after domains: they name the one they look into. */
export const InDomain = Type.Optional({
  ...ExistingDomain,
  description: "Domain in which the change was made; needed by who looks after domains",
});

/** Only what is known to have happened, and changed something that is still XMail's, can be taken back. */
export function isUndoable({ outcome, undoneBy, paths }: KeptChange): boolean {
  return outcome === "done" && undoneBy === undefined && paths.length > 0;
}

export function rowOf(change: KeptChange): ChangeRow {
  const {
    id,
    at,
    actor,
    actorName,
    from,
    reason,
    operation,
    target,
    about,
    outcome,
    code,
    undoes,
    undoneBy,
  } = change;
  return {
    change: id,
    at: at.toISOString(),
    actor: actorName,
    actorId: actor,
    from: from ?? null,
    reason: reason ?? null,
    operation,
    target: toldTarget(target),
    about: [...about],
    outcome,
    code: code ?? null,
    undoes: undoes ?? null,
    undoneBy: undoneBy ?? null,
    undoable: isUndoable(change),
    paths: [...change.paths],
    final: [...change.final],
  };
}
