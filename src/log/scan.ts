import type { LogKind } from "../xmail/log-kinds.ts";
import type { LogRow } from "../xmail/logs.ts";
import type { Block } from "./blocks.ts";
import { parseLine } from "./line.ts";
import type { Matcher } from "./match.ts";

const LF = 0x0a;
const CR = 0x0d;

/** Which lines of a block: `from` and `before` are bytes of the file. */
export interface Range {
  readonly from: number;
  readonly before: number;
}

/** The lines of a block that fit, in their order. */
export function rowsIn(
  file: string,
  kind: LogKind,
  { bytes, offset, whole }: Block,
  { needle, fits }: Matcher,
  { from, before }: Range,
): LogRow[] {
  const rows: LogRow[] = [];
  const folded = needle && foldBytes(bytes);
  for (let begin = Math.max(0, from - offset); begin < bytes.length && offset + begin < before; ) {
    if (needle && folded) {
      const hit = folded.indexOf(needle, begin);
      if (hit === -1) break;
      begin = hit === 0 ? 0 : folded.lastIndexOf(LF, hit - 1) + 1;
      if (offset + begin >= before) break;
    }
    const found = bytes.indexOf(LF, begin);
    const end = found === -1 ? bytes.length : found;
    const length = end > begin && bytes[end - 1] === CR ? end - 1 : end;
    if (length > begin) {
      const { cells, broken } = parseLine(kind, bytes.subarray(begin, length), found !== -1 || whole);
      if (fits(cells)) rows.push({ file, offset: offset + begin, kind, cells, broken });
    }
    begin = end + 1;
  }
  return rows;
}

/** A copy with small letters in place of A to Z. */
function foldBytes(bytes: Buffer): Buffer {
  const folded = Buffer.allocUnsafe(bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    folded[i] = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
  }
  return folded;
}
