import { type Static, Type } from "../../kernel/schema.ts";
import { accountTarget, domainTarget, SERVER, type Target } from "../../kernel/target.ts";
import type { LogAbout } from "../../xmail/log-about.ts";
import { LOG_COLUMNS, LOG_KINDS, type LogColumn } from "../../xmail/log-kinds.ts";
import { isRefusal, LOG_STATUSES, type LogStatus, statusOf } from "../../xmail/log-status.ts";
import type { LogRow } from "../../xmail/logs.ts";
import { ExistingDomain, fields, oneOf, orNull } from "../fields.ts";
import { STATUS_WORDS } from "./status-words.ts";

export const Kind = oneOf(LOG_KINDS, { description: "Which log" });
const COLUMNS = [...new Set<LogColumn>(LOG_KINDS.flatMap((kind) => [...LOG_COLUMNS[kind]]))];
export const STATUSES: readonly LogStatus[] = [
  ...new Set(LOG_KINDS.flatMap((kind) => [...LOG_STATUSES[kind]])),
];

/** A time of a log has no zone: it is what the clock of the mail server showed. */
const LogTime = Type.String({
  maxLength: 19,
  pattern: "^\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d)?)?$",
  description: "A day, or a time like 2026-11-24 08:33, on the clock of the mail server",
  "x-rule": "log-time",
});

/** What all questions to the logs can be narrowed by. */
export const timeFields = { since: Type.Optional(LogTime), until: Type.Optional(LogTime) };

const Word = (description: string) =>
  Type.String({
    minLength: 1,
    maxLength: 320,
    pattern: "^[^\\u0000-\\u001f\\u007f]+$",
    description,
    "x-rule": "one-line",
  });

export const filterFields = {
  kind: Type.Optional(Kind),
  address: Type.Optional(Word("Sender or recipient: an address, or @example.com for a whole domain")),
  account: Type.Optional(Word("Who had signed in: hana@example.com, or a name")),
  ip: Type.Optional(Word("Address of the client, or how it begins: 192.0.2.")),
  id: Type.Optional(Word("Id of the message like S2C, or the name of its spool file")),
  status: Type.Optional(Word("What became of it: RCPT=EFULL, or how it begins")),
  search: Type.Optional(Type.String({ maxLength: 200, description: "Part of any column but passwords" })),
  ...timeFields,
};

export const LogRowOutput = fields({
  file: Type.String(),
  offset: Type.Integer({ minimum: 0, description: "Byte of the file at which the line begins" }),
  kind: Kind,
  time: orNull(Type.String({ description: "On the clock of the mail server" })),
  status: orNull(oneOf(STATUSES, { description: "null: a word that is not known" })),
  words: orNull(Type.String({ description: "What that means" })),
  next: orNull(Type.String({ description: "What to do about it" })),
  refused: Type.Boolean({ description: "Something was refused or failed" }),
  broken: Type.Boolean({ description: "A part of the line is missing" }),
  domain: orNull(ExistingDomain),
  name: orNull(Type.String({ description: "The account of the domain that it is about" })),
  cells: Type.Array(fields({ column: oneOf(COLUMNS), text: Type.String() }), {
    description: "All columns that are not empty, passwords as ***",
  }),
});
export type LogRowOutput = Static<typeof LogRowOutput>;

export function outputOf(row: LogRow, { domain, name }: LogAbout): LogRowOutput {
  const { file, offset, kind, cells, broken } = row;
  const status = statusOf(kind, cells);
  const { words = null, next = null } = status === null ? {} : STATUS_WORDS[status];
  return {
    file,
    offset,
    kind,
    time: cells.time ?? null,
    status,
    words,
    next,
    refused: isRefusal(status),
    broken,
    domain: domain === "" ? null : domain,
    name,
    cells: (Object.entries(cells) as [LogColumn, string][])
      .filter(([, text]) => text !== "")
      .map(([column, text]) => ({ column, text })),
  };
}

export function targetOfRow({ domain, name }: Pick<LogRowOutput, "domain" | "name">): Target {
  if (domain === null) return SERVER;
  return name === null ? domainTarget(domain) : accountTarget({ domain, name });
}

export function cellOf({ cells }: Pick<LogRowOutput, "cells">, column: LogColumn): string {
  return cells.find((cell) => cell.column === column)?.text ?? "";
}

/** First and last second of what was given: a day alone is all of it. */
export function timesOf({ since, until }: { readonly since?: string; readonly until?: string }): {
  readonly since?: string;
  readonly until?: string;
} {
  return {
    ...(since === undefined ? {} : { since: filled(since, " 00:00:00") }),
    ...(until === undefined ? {} : { until: filled(until, " 23:59:59") }),
  };
}

function filled(time: string, rest: string): string {
  const text = time.replace("T", " ");
  if (text.length === 10) return text + rest;
  return text.length === 16 ? text + rest.slice(6) : text;
}
