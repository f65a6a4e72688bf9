import { LOG_COLUMNS } from "../xmail/log-kinds.ts";
import type { LogGroup } from "../xmail/logs.ts";
import type { Counts, Tables } from "./counts.ts";

const LF = 0x0a;
const TAB = 0x09;
const QUOTE = 0x22;
const TIME = 19;
const COLUMNS = LOG_COLUMNS.smtp;
const column = (name: (typeof COLUMNS)[number]) => COLUMNS.indexOf(name);
const STATUS = column("status");
const SIZE = column("size");
const TIME_COLUMN = column("time");
const IP = column("ip");
/** Where the text of a stranger may hold what looks like an end of a cell: counted from the left before, from the right after. */
const LOOSE = column("helo");

const COLUMN_OF: Partial<Readonly<Record<LogGroup, number>>> = {
  domain: column("destination"),
  account: column("user"),
  ip: IP,
  status: STATUS,
  sender: column("sender"),
  statusIp: STATUS,
  accountIp: column("user"),
};
const TAB_BYTE = Buffer.from([TAB]);

/**
 * Counts lines of the SMTP log on their bytes: only the cells that are asked for are looked at, and no text is made.
 * What of a line counts is the same as where lines are parsed; a test compares both.
 */
export function countSmtpLines(
  tables: Tables,
  { since, until }: { readonly since?: string; readonly until?: string },
): (lines: Buffer) => void {
  const first = since === undefined ? null : Buffer.from(since);
  const last = until === undefined ? null : Buffer.from(until);
  const groups = Object.entries(tables.groups) as [LogGroup, Counts][];
  const leftmost = Math.min(STATUS, ...groups.flatMap(([group]) => rightColumn(group)));
  const starts = new Int32Array(COLUMNS.length);
  const ends = new Int32Array(COLUMNS.length);
  const plan = groups.map(([group, counts]) => ({ counts, ...cellOf(group) }));
  return (lines) => {
    const { total } = tables;
    for (let begin = 0; begin < lines.length; ) {
      const lf = lines.indexOf(LF, begin);
      const end = lf > begin && lines[lf - 1] === 0x0d ? lf - 1 : lf;
      if (!cut(lines, begin, end, leftmost, starts, ends)) {
        tables.broken += 1;
        begin = lf + 1;
        continue;
      }
      begin = lf + 1;
      const time = starts[TIME_COLUMN] as number;
      if (first && isBefore(lines, time, first)) continue;
      if (last && isAfter(lines, time, last)) continue;
      const status = starts[STATUS] as number;
      const ok = isOk(lines, status, ends[STATUS] as number);
      // `RCPT=OK` and `RECV=OK` differ in the second letter.
      const messages = ok && lines[status + 1] === 0x45 ? 1 : 0;
      const bytes = messages === 1 ? numberIn(lines, starts[SIZE] as number, ends[SIZE] as number) : 0;
      const refused = ok ? 0 : 1;
      total.lines += 1;
      total.messages += messages;
      total.bytes += bytes;
      total.refused += refused;
      for (let i = 0; i < plan.length; i++) {
        const { counts, cell, length, pair } = plan[i] as (typeof plan)[number];
        if (pair !== null) {
          const skip = pair === "statusIp" ? ok : starts[cell] === ends[cell];
          if (skip) continue;
          const key = joined(lines, starts, ends, cell);
          counts.add(counts.at(key, 0, key.length), messages, bytes, refused);
          continue;
        }
        const from = starts[cell] as number;
        const to = length === 0 ? (ends[cell] as number) : from + length;
        counts.add(counts.at(lines, from, to), messages, bytes, refused);
      }
    }
  };
}

function rightColumn(group: LogGroup): number[] {
  const cell = COLUMN_OF[group];
  return cell !== undefined && cell > LOOSE ? [cell] : [];
}

interface KeyPlace {
  readonly cell: number;
  /** Bytes of the cell; 0 for all of it. */
  readonly length: number;
  /** The client's address belongs to it, too. */
  readonly pair: "statusIp" | "accountIp" | null;
}

function cellOf(group: LogGroup): KeyPlace {
  if (group === "hour") return { cell: TIME_COLUMN, length: 13, pair: null };
  if (group === "day") return { cell: TIME_COLUMN, length: 10, pair: null };
  const pair = group === "statusIp" || group === "accountIp" ? group : null;
  return { cell: COLUMN_OF[group] as number, length: 0, pair };
}

function joined(lines: Buffer, starts: Int32Array, ends: Int32Array, cell: number): Buffer {
  return Buffer.concat([
    lines.subarray(starts[cell], ends[cell]),
    TAB_BYTE,
    lines.subarray(starts[IP], ends[IP]),
  ]);
}

/** Finds the cells before the loose one from the left, those from `leftmost` on from the right; `false` for no line of it. */
function cut(
  lines: Buffer,
  begin: number,
  end: number,
  leftmost: number,
  starts: Int32Array,
  ends: Int32Array,
): boolean {
  if (lines[begin] !== QUOTE || lines[end - 1] !== QUOTE || end - begin < 40) return false;
  let at = begin + 1;
  for (let cell = 0; cell < LOOSE; cell++) {
    starts[cell] = at;
    while (at < end && (lines[at] !== TAB || lines[at - 1] !== QUOTE || lines[at + 1] !== QUOTE)) at += 1;
    if (at >= end) return false;
    ends[cell] = at - 1;
    at += 2;
  }
  const left = at;
  at = end - 2;
  for (let cell = COLUMNS.length - 1; cell >= leftmost; cell--) {
    ends[cell] = at + 1;
    while (at > left && (lines[at] !== TAB || lines[at - 1] !== QUOTE || lines[at + 1] !== QUOTE)) at -= 1;
    if (at <= left) return false;
    starts[cell] = at + 2;
    at -= 2;
  }
  const time = starts[TIME_COLUMN] as number;
  return (
    (ends[TIME_COLUMN] as number) - time === TIME &&
    lines[time + 4] === 0x2d &&
    lines[time + 13] === 0x3a &&
    isDigits(lines, starts[SIZE] as number, ends[SIZE] as number)
  );
}

function isDigits(lines: Buffer, from: number, to: number): boolean {
  if (to <= from || to - from > 15) return false;
  for (let i = from; i < to; i++)
    if ((lines[i] as number) < 0x30 || (lines[i] as number) > 0x39) return false;
  return true;
}

function numberIn(lines: Buffer, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + ((lines[i] as number) - 0x30);
  return value;
}

/** `RCPT=OK` or `RECV=OK` */
function isOk(lines: Buffer, from: number, to: number): boolean {
  return to - from === 7 && lines[from] === 0x52 && lines[from + 5] === 0x4f && lines[from + 6] === 0x4b;
}

function isBefore(lines: Buffer, from: number, time: Buffer): boolean {
  for (let i = 0; i < TIME; i++) {
    const difference = (lines[from + i] as number) - (time[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function isAfter(lines: Buffer, from: number, time: Buffer): boolean {
  for (let i = 0; i < TIME; i++) {
    const difference = (lines[from + i] as number) - (time[i] as number);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
