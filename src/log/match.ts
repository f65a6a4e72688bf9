import { type LogColumn, type LogKind, SECRET_COLUMNS } from "../xmail/log-kinds.ts";
import { statusOf } from "../xmail/log-status.ts";
import type { LogCells, LogFilter } from "../xmail/logs.ts";

/** What a line must have, tested on its bytes before any of it becomes text. */
export interface Matcher {
  /** In small letters. Where none of its bytes stand, no line fits; absent: look at each. */
  readonly needle?: Buffer;
  /** Small letters, as they stand in a cell: lets an index leave out blocks. */
  readonly keys: readonly string[];
  fits(cells: LogCells): boolean;
}

/** `null` when no line of this kind can fit. */
export function matcherFor(kind: LogKind, filter: LogFilter): Matcher | null {
  if (filter.kinds && filter.kinds.length > 0 && !filter.kinds.includes(kind)) return null;
  const tests: ((cells: LogCells) => boolean)[] = [];
  const needles: string[] = [];
  const keys: string[] = [];
  for (const part of [addressTest, accountTest, ipTest, idTest, statusTest, textTest, timeTest]) {
    const made = part(kind, filter);
    if (made === null) continue;
    if (made === "never") return null;
    tests.push(made.test);
    if (made.needle !== undefined && made.needle.length > 0) needles.push(made.needle);
    if (made.key !== undefined) keys.push(made.key);
  }
  // The longest is the rarest, as a rule.
  const needle = needles.sort((a, b) => b.length - a.length)[0];
  return {
    ...(needle === undefined ? {} : { needle: Buffer.from(needle) }),
    keys,
    fits: (cells) => tests.every((test) => test(cells)),
  };
}

interface Part {
  test(cells: LogCells): boolean;
  readonly needle?: string;
  readonly key?: string;
}
type Made = Part | "never" | null;

const HALVES: ReadonlySet<LogKind> = new Set(["pop3", "psync"]);

function addressTest(kind: LogKind, { address }: LogFilter): Made {
  if (address === undefined) return null;
  const wanted = foldLetters(address.trim());
  if (kind === "lmail" || kind === "ctrl") return "never";
  const wholeDomain = wanted.startsWith("@");
  const is = (text: string) => {
    const found = foldLetters(text);
    return wholeDomain ? found.endsWith(wanted) : found === wanted || found.endsWith(`:${wanted}`);
  };
  const local = HALVES.has(kind) ? wanted.slice(0, Math.max(0, wanted.indexOf("@"))) : wanted;
  return {
    test: (cells) => addressesIn(kind, cells).some(is),
    ...(wholeDomain && HALVES.has(kind) ? {} : { needle: local }),
    ...(wholeDomain || HALVES.has(kind) || kind === "finger" ? {} : { key: wanted }),
  };
}

/** Every address of a line. */
function addressesIn(kind: LogKind, cells: LogCells): readonly string[] {
  const { sender = "", recipient = "", parameter = "", user = "", domain = "", query = "" } = cells;
  if (HALVES.has(kind)) return [fullName(user, domain), cells.remoteUser ?? ""];
  if (kind === "finger") return [query];
  return [sender, recipient, parameter, user].filter((text) => text.includes("@"));
}

function accountTest(kind: LogKind, { account }: LogFilter): Made {
  if (account === undefined) return null;
  if (kind === "smail" || kind === "lmail" || kind === "finger" || kind === "filters") return "never";
  const wanted = foldLetters(account.trim());
  const at = wanted.indexOf("@");
  return {
    test: ({ user = "", domain = "" }) => {
      const found = foldLetters(user);
      return found === wanted || (HALVES.has(kind) && foldLetters(fullName(user, domain)) === wanted);
    },
    needle: HALVES.has(kind) && at > 0 ? wanted.slice(0, at) : wanted,
    ...(HALVES.has(kind) ? {} : { key: wanted }),
  };
}

function fullName(user: string, domain: string): string {
  return user.includes("@") || user === "" ? user : `${user}@${domain.replace(/^@/, "")}`;
}

function ipTest(_: LogKind, { ip }: LogFilter): Made {
  if (ip === undefined) return null;
  const wanted = foldLetters(ip.trim());
  const begin = /[.:]$/.test(wanted);
  return {
    test: ({ ip: found }) =>
      found !== undefined && (begin ? foldLetters(found).startsWith(wanted) : foldLetters(found) === wanted),
    needle: wanted,
    ...(begin ? {} : { key: wanted }),
  };
}

function idTest(kind: LogKind, { id }: LogFilter): Made {
  if (id === undefined) return null;
  if (kind === "pop3" || kind === "finger" || kind === "psync" || kind === "ctrl") return "never";
  const wanted = foldLetters(id.trim());
  return {
    test: (cells) =>
      foldLetters(cells.id ?? "") === wanted ||
      foldLetters(cells.spoolFile ?? "") === wanted ||
      (cells.command !== undefined && foldLetters(cells.command).split(";").includes(wanted)),
    needle: wanted,
    ...(kind === "filters" ? {} : { key: wanted }),
  };
}

function statusTest(kind: LogKind, { status }: LogFilter): Made {
  if (status === undefined) return null;
  const wanted = status.trim().toUpperCase();
  const derived = kind === "filters" || kind === "lmail" || kind === "finger";
  return {
    test: (cells) =>
      (statusOf(kind, cells) ?? "").startsWith(wanted) ||
      (cells.status ?? cells.medium ?? "").toUpperCase().startsWith(wanted),
    ...(derived ? {} : { needle: `"${foldLetters(wanted)}` }),
  };
}

function textTest(_: LogKind, { text }: LogFilter): Made {
  if (text === undefined || text.trim() === "") return null;
  const wanted = foldLetters(text.trim());
  return {
    test: (cells) =>
      (Object.entries(cells) as [LogColumn, string][]).some(
        ([column, cell]) => !SECRET_COLUMNS.has(column) && foldLetters(cell).includes(wanted),
      ),
    // In bytes that are no UTF-8, `\xE9` stands for what is not those four letters.
    ...(wanted.includes("\\") || wanted.includes("\t") ? {} : { needle: wanted }),
  };
}

function timeTest(_: LogKind, { since, until }: LogFilter): Made {
  if (since === undefined && until === undefined) return null;
  return {
    test: ({ time }) =>
      time !== undefined && (since === undefined || time >= since) && (until === undefined || time <= until),
  };
}

/** The letters A to Z as small ones; all other bytes stay, so that text and bytes are folded alike. */
function foldLetters(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
