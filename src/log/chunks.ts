/** Read at once; the next one is read while this one is looked at. */
const CHUNK = 512 * 1024;
const LF = 0x0a;

/** Bytes that a line may have: what is longer is no line of a log, and nobody has to keep it. */
export const LONGEST_LINE = 64 * 1024 - 2;
/** Before each chunk, for the beginning of its first line. A line that was shortened is still too long, without its CR, too. */
const KEPT = LONGEST_LINE + 2;

/** Bytes of one log. */
export interface Source {
  /** Resolves how many there were; 0 at the end. */
  read(into: Uint8Array, position: number): number | Promise<number>;
}

/** From the first byte to before the last one; begins where a line begins. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Whole lines in a buffer, each with its LF, from `from` to before `to`; they stay until the next ones are asked for. */
export interface Lines {
  readonly bytes: Buffer;
  /** The same, four bytes at a time. */
  readonly words: Int32Array;
  readonly from: number;
  readonly to: number;
}

/** The whole lines of a range, many at a time; what has no end in it is left out. */
export async function* wholeLines(source: Source, { from, to }: Range): AsyncGenerator<Lines> {
  let now = room();
  let next = room();
  const read = async ({ bytes: into }: Room, offset: number) => {
    const length = Math.min(CHUNK, to - offset);
    return length > 0 ? source.read(into.subarray(KEPT, KEPT + length), offset) : 0;
  };
  let ahead = read(now, from);
  let begin = KEPT;
  for (let offset = from; ; ) {
    const got = await ahead;
    if (got === 0) return;
    offset += got;
    ahead = read(next, offset);
    // Whoever stops here waits for it no more.
    ahead.catch(() => undefined);
    const { bytes } = now;
    const end = KEPT + got;
    const last = bytes.subarray(KEPT, end).lastIndexOf(LF);
    const whole = last === -1 ? begin : KEPT + last + 1;
    if (whole > begin) yield { ...now, from: begin, to: whole };
    const rest = Math.min(end - whole, KEPT);
    bytes.copy(next.bytes, KEPT - rest, end - rest, end);
    begin = KEPT - rest;
    [now, next] = [next, now];
  }
}

type Room = Pick<Lines, "bytes" | "words">;

function room(): Room {
  const all = new ArrayBuffer(KEPT + CHUNK);
  return { bytes: Buffer.from(all), words: new Int32Array(all) };
}

/** Cuts a range where the first line begins after each of `places`; not where no line begins near. */
export async function cutAtLines(
  source: Source,
  { from, to }: Range,
  places: readonly number[],
): Promise<Range[]> {
  const ranges: Range[] = [];
  let begin = from;
  const window = Buffer.alloc(KEPT);
  for (const place of places) {
    if (place < begin) continue;
    const length = Math.min(KEPT, to - place);
    const got = length > 0 ? await source.read(window.subarray(0, length), place) : 0;
    const lf = window.subarray(0, got).indexOf(LF);
    if (lf === -1 && length === KEPT) continue;
    const end = lf === -1 ? to : place + lf + 1;
    ranges.push({ from: begin, to: end });
    begin = end;
  }
  return [...ranges, { from: begin, to }];
}
