import { Type } from "../../kernel/schema.ts";
import { fields as object, orNull } from "../fields.ts";
import type { Fields, Standing } from "./row-table.ts";

export const RowId = Type.String({
  minLength: 12,
  maxLength: 24,
  pattern: "^[0-9a-f]{12}(?:-[0-9]{1,9})?$",
  description: "The id of an entry as the list shows it; another one after every change of the entry",
  "x-rule": "entry-id",
});

export const Confirm = Type.String({
  maxLength: 100,
  description: "What has to be typed when a change is dangerous; the refusal says what",
});

/** The fields that may be shown. */
function shownFields(fields: Fields, secrets: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !secrets.includes(name)));
}

/** The fields of a change: a secret that is left out stays as it is. */
export function changeFields(fields: Fields, secrets: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => [
      name,
      secrets.includes(name) ? Type.Optional(schema) : schema,
    ]),
  );
}

/** One entry in an answer. */
export interface RowOutput<E> {
  readonly id: string;
  /** From 1. */
  readonly line: number;
  readonly on: boolean;
  /** `null` when the line makes no sense; it stands in `text` then. */
  readonly entry: E | null;
  readonly text: string;
  /** Only of tables where one entry can decide before another. */
  readonly standing?: Standing | null;
}

const NamedEntry = object({
  id: Type.String(),
  line: Type.Integer({ minimum: 1 }),
  name: Type.String({ description: "What it is about" }),
});

const StandingSchema = orNull(
  object({
    rank: Type.Integer({ minimum: 1, description: "Place in the order in which entries decide" }),
    shadowedBy: orNull(NamedEntry),
    exceptions: Type.Array(NamedEntry, {
      description: "The first few that decide about a part of it before",
    }),
    exceptionCount: Type.Integer({ minimum: 0 }),
  }),
);

export function rowOutput(fields: Fields, secrets: readonly string[], standing: boolean) {
  return object({
    id: Type.String({ description: "Another one after every change of the entry" }),
    line: Type.Integer({ minimum: 1, description: "Number of the line in the file" }),
    on: Type.Boolean({ description: "False: switched off, kept as a comment" }),
    entry: orNull(object(shownFields(fields, secrets))),
    text: Type.String({ description: "The line, when XMail can make no sense of it; empty otherwise" }),
    ...(standing ? { standing: StandingSchema } : {}),
  });
}
