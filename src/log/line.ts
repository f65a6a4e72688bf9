import { isUtf8 } from "node:buffer";
import { LOG_COLUMNS, type LogColumn, type LogKind, SECRET_COLUMNS } from "../xmail/log-kinds.ts";
import type { LogCells } from "../xmail/logs.ts";

const MASK = "***";
const QUOTE = 0x22;
const TAB = 0x09;

/**
 * Where text of strangers stands that could hold what looks like an end of a cell: quotes are not escaped. Cells before
 * it are counted from the left, those after it from the right.
 */
const LOOSE: Readonly<Record<LogKind, LogColumn>> = {
  smtp: "helo",
  pop3: "password",
  smail: "parameter",
  lmail: "spoolFile",
  finger: "query",
  psync: "remoteUser",
  ctrl: "password",
  filters: "command",
};

export interface ParsedLine {
  readonly cells: LogCells;
  readonly broken: boolean;
}

/** One line without its end. Never refuses: what is no line of this log is broken, and shows what of it is sure. */
export function parseLine(kind: LogKind, bytes: Buffer, whole = true): ParsedLine {
  const found = cellsOf(bytes);
  const columns = columnsFor(kind, found);
  const quoted = bytes.length > 1 && bytes[0] === QUOTE && bytes[bytes.length - 1] === QUOTE;
  const broken = !whole || !quoted || found.length < columns.length;
  return { cells: masked(kind, placed(kind, columns, found), broken), broken };
}

/** Of a sign-in that failed the POP3 log has two columns less. */
function columnsFor(kind: LogKind, found: readonly string[]): readonly LogColumn[] {
  const columns: readonly LogColumn[] = LOG_COLUMNS[kind];
  return kind === "pop3" && found.at(-1) === "ELOGIN" ? columns.slice(0, 7) : columns;
}

function placed(
  kind: LogKind,
  columns: readonly LogColumn[],
  found: readonly string[],
): Partial<Record<LogColumn, string>> {
  const surplus = found.length - columns.length;
  const cells: Partial<Record<LogColumn, string>> = {};
  const loose = surplus > 0 ? columns.indexOf(LOOSE[kind]) : -1;
  let at = 0;
  for (const [i, column] of columns.entries()) {
    if (at >= found.length) break;
    const many = i === loose ? surplus + 1 : 1;
    cells[column] = found.slice(at, at + many).join("\t");
    at += many;
  }
  return cells;
}

const SURE: Partial<Readonly<Record<LogColumn, RegExp>>> = {
  ip: /^[\dA-Fa-f.:]{3,45}$/,
  time: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
};

/** In a line that was cut, what a person typed may stand in any column. */
function masked(kind: LogKind, cells: Partial<Record<LogColumn, string>>, broken: boolean): LogCells {
  const secret = (LOG_COLUMNS[kind] as readonly LogColumn[]).some((column) => SECRET_COLUMNS.has(column));
  if (!secret) return cells;
  for (const [column, text] of Object.entries(cells) as [LogColumn, string][]) {
    const unsure = broken && !SURE[column]?.test(text);
    if (text !== "" && (SECRET_COLUMNS.has(column) || unsure)) cells[column] = MASK;
  }
  return cells;
}

function cellsOf(bytes: Buffer): string[] {
  const cells: string[] = [];
  const end = bytes.length > 1 && bytes[bytes.length - 1] === QUOTE ? bytes.length - 1 : bytes.length;
  const plain = isUtf8(bytes);
  let from = bytes[0] === QUOTE ? 1 : 0;
  for (let at = bytes.indexOf(TAB, from); at !== -1; at = bytes.indexOf(TAB, at + 1)) {
    // A TAB that no quotes surround is text of a stranger.
    if (bytes[at - 1] !== QUOTE || bytes[at + 1] !== QUOTE || at - 1 < from) continue;
    cells.push(textOf(bytes, from, at - 1, plain));
    from = at + 2;
  }
  cells.push(textOf(bytes, from, Math.max(from, end), plain));
  return cells;
}

/** Text of a cell; `plain` when all bytes are known to be UTF-8. */
export function textOf(bytes: Buffer, from: number, to: number, plain = false): string {
  if (plain) return bytes.toString("utf8", from, to);
  const cell = bytes.subarray(from, to);
  if (isUtf8(cell)) return cell.toString("utf8");
  // Nobody knows in which code it was written; a guess would hide what stands there.
  return cell
    .toString("latin1")
    .replace(/[\x80-\xff]/g, (c) => `\\x${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
