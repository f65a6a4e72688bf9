import { LOG_COLUMNS, type LogColumn, type LogKind } from "../xmail/log-kinds.ts";

const LF = 0x0a;
const TAB = 0x09;
const QUOTE = 0x22;
const AT = 0x40;
const COLON = 0x3a;
const MOST_CELLS = 64;

const KEYED: ReadonlySet<LogColumn> = new Set<LogColumn>([
  "ip",
  "sender",
  "recipient",
  "id",
  "user",
  "parameter",
  "spoolFile",
  "remoteUser",
]);

const BASIS = 0x811c9dc5 | 0;

/** FNV-1a over small letters; lines of both ends can be taken together by going on from `hash`. */
function hashOf(bytes: Uint8Array, from: number, to: number, hash = BASIS): number {
  let result = hash;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number;
    result = Math.imul(result ^ (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte), 0x01000193);
  }
  return result;
}

/** The same of a text that was folded already. */
export function hashOfKey(key: string): number {
  const bytes = Buffer.from(key);
  return hashOf(bytes, 0, bytes.length);
}

export interface Facts {
  /** Earliest and latest time of a line; empty when none has one. */
  readonly first: string;
  readonly last: string;
}

/** Calls `add` with the hash of whatever a line of the block can be asked for by; resolves what times there are. */
export function eachKey(kind: LogKind, bytes: Buffer, add: (hash: number) => void): Facts {
  const columns: readonly LogColumn[] = LOG_COLUMNS[kind];
  const keyed = columns.flatMap((column, i) => (KEYED.has(column) ? [i] : []));
  const time = columns.indexOf("time");
  const starts = new Int32Array(MOST_CELLS);
  const ends = new Int32Array(MOST_CELLS);
  let first = "";
  let last = "";
  const addCell = (from: number, to: number) => {
    if (to <= from) return;
    add(hashOf(bytes, from, to));
    // `@relay:user@domain` is found by `user@domain`, too.
    const colon = bytes.lastIndexOf(COLON, to - 1);
    if (colon > from) add(hashOf(bytes, colon + 1, to));
  };
  const note = (from: number, to: number) => {
    if (to - from !== 19) return;
    const text = bytes.toString("latin1", from, to);
    if (first === "" || text < first) first = text;
    if (text > last) last = text;
  };
  for (let begin = 0; begin < bytes.length; ) {
    let cells = 0;
    let from = bytes[begin] === QUOTE ? begin + 1 : begin;
    let at = begin;
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === LF) break;
      if (byte !== TAB || bytes[at - 1] !== QUOTE || bytes[at + 1] !== QUOTE || at - 1 < from) continue;
      if (cells < MOST_CELLS - 1) {
        starts[cells] = from;
        ends[cells++] = at - 1;
      }
      from = at + 2;
    }
    let end = at;
    if (end > begin && bytes[end - 1] === 0x0d) end--;
    if (end > from && bytes[end - 1] === QUOTE) end--;
    starts[cells] = from;
    ends[cells++] = Math.max(from, end);
    if (cells === columns.length) {
      for (const i of keyed) addCell(starts[i] as number, ends[i] as number);
      note(starts[time] as number, ends[time] as number);
    } else {
      // Which cell is which takes a closer look: all of them are kept.
      for (let i = 0; i < cells; i++) {
        addCell(starts[i] as number, ends[i] as number);
        note(starts[i] as number, ends[i] as number);
      }
    }
    if (kind === "pop3" || kind === "psync") {
      const domain = columns.indexOf("domain");
      const user = columns.indexOf("user");
      if (cells > Math.max(domain, user))
        add(
          nameHash(
            bytes,
            starts[user] as number,
            ends[user] as number,
            starts[domain] as number,
            ends[domain] as number,
          ),
        );
    }
    begin = at + 1;
  }
  return { first, last };
}

/** Of a user and his domain, which stand in two cells. */
function nameHash(bytes: Buffer, from: number, to: number, domainFrom: number, domainTo: number): number {
  const user = hashOf(bytes, from, to);
  for (let i = from; i < to; i++) if (bytes[i] === AT) return user;
  const at = Math.imul(user ^ AT, 0x01000193);
  return hashOf(bytes, bytes[domainFrom] === AT ? domainFrom + 1 : domainFrom, domainTo, at);
}
