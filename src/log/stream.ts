import type { Storage } from "../storage/storage.ts";
import type { LogKind } from "../xmail/log-kinds.ts";
import type { LogCall, LogFile, LogPlace, LogRow, LogSearch } from "../xmail/logs.ts";
import { BLOCK, type Block, blocksIn, readBlock } from "./blocks.ts";
import { pathOf, SLACK_MS, shifted } from "./files.ts";
import type { FileIndex } from "./index-file.ts";
import type { Matcher } from "./match.ts";
import { rowsIn } from "./scan.ts";

/** The rows of one kind, out of all its files, a block at a time. */
export interface RowStream {
  /** The next row; `null` at the end, `undefined` when `fill` must be asked first. */
  peek(): LogRow | null | undefined;
  take(): void;
  /** Reads one more block; resolves the bytes that were looked at. */
  fill(): Promise<number>;
  /** Where to go on with what was not taken. */
  place(): LogPlace | null;
}

export interface StreamOptions {
  readonly storage: Storage;
  readonly kind: LogKind;
  /** In the order in which they are read. */
  readonly files: readonly LogFile[];
  readonly matcher: Matcher;
  readonly search: LogSearch;
  readonly start: LogPlace | null;
  readonly indexOf: (file: LogFile, keys: readonly string[]) => Promise<FileIndex | null>;
  readonly call: LogCall;
}

interface Ground {
  readonly file: LogFile;
  readonly index: FileIndex | null;
  number: number;
  readonly from: number;
  readonly before: number;
}

export function openStream(options: StreamOptions): RowStream {
  const { storage, kind, files, matcher, search, start, call } = options;
  const newest = search.order === "newest";
  const left = [...files];
  let ground: Ground | null = null;
  let ahead: { readonly number: number; readonly block: Promise<Block | null> } | null = null;
  let rows: LogRow[] = [];
  let ended = false;

  async function enter(): Promise<Ground | null> {
    const file = left.shift();
    if (!file) return null;
    const here = start?.file === file.name ? start.offset : null;
    const from = newest ? 0 : (here ?? 0);
    const before = newest ? Math.min(here ?? file.size, file.size) : file.size;
    if (before <= from) return enter();
    const number = Math.floor((newest ? before - 1 : from) / BLOCK);
    return { file, index: await options.indexOf(file, matcher.keys), number, from, before };
  }

  const inside = ({ file, number }: Ground) => number >= 0 && number < blocksIn(file.size);
  const step = (number: number) => (newest ? number - 1 : number + 1);

  /** Blocks in which nothing can fit are passed over unread. */
  async function pass(at: Ground): Promise<void> {
    if (!at.index) return;
    while (inside(at)) {
      const part = await at.index.part(at.number);
      if (!part.has(at.number) || !part.leavesOut(at.number, matcher.keys, search)) return;
      at.number = step(at.number);
    }
  }

  function load(at: Ground): Promise<Block | null> {
    const { number } = at;
    const held = ahead?.number === number ? ahead.block : null;
    ahead = null;
    return held ?? readBlock(storage, { path: pathOf(at.file.name), size: at.file.size }, number, call);
  }

  function readAhead(at: Ground): void {
    if (!inside(at)) return;
    const block = readBlock(storage, { path: pathOf(at.file.name), size: at.file.size }, at.number, call);
    // Whoever asks for it is told; an answer that nobody waits for any more must not end the process.
    block.catch(() => undefined);
    ahead = { number: at.number, block };
  }

  return {
    peek: () => (newest ? rows.at(-1) : rows[0]) ?? (ended ? null : undefined),
    take: () => void (newest ? rows.pop() : rows.shift()),
    async fill() {
      ground ??= await enter();
      if (!ground) {
        ended = true;
        return 0;
      }
      await pass(ground);
      if (!inside(ground)) {
        ground = null;
        ahead = null;
        return 0;
      }
      const at = ground;
      const { number } = at;
      const block = await load(at);
      at.number = step(number);
      if (!block) {
        // It went away, or was cut: what is left of it begins anew with the next look.
        at.number = -1;
        return 0;
      }
      if (block.whole) await at.index?.learn(block);
      await pass(at);
      readAhead(at);
      rows = rowsIn(at.file.name, kind, block, matcher, at);
      if (search.visible) rows = rows.filter((row) => search.visible?.(row));
      if (isPast(block, search)) at.number = -1;
      return block.raw.length;
    },
    place() {
      const head = newest ? rows.at(-1) : rows[0];
      if (head) return { file: head.file, offset: newest ? head.offset + 1 : head.offset };
      if (ground && inside(ground)) {
        const border = newest ? (ground.number + 1) * BLOCK : ground.number * BLOCK;
        return {
          file: ground.file.name,
          offset: newest ? Math.min(border, ground.before) : Math.max(border, ground.from),
        };
      }
      const [next] = left;
      if (!next) return null;
      if (start?.file === next.name) return start;
      return { file: next.name, offset: newest ? next.size : 0 };
    },
  };
}

/** Whether all that comes after this block is before, or after, the time that is asked for. */
function isPast({ bytes }: Block, { order, since, until }: LogSearch): boolean {
  const border = order === "newest" ? since : until;
  if (border === undefined) return false;
  const text = order === "newest" ? bytes.subarray(0, 2000) : bytes.subarray(-2000);
  const [time] = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.exec(text.toString("latin1")) ?? [];
  if (time === undefined) return false;
  return order === "newest" ? time < shifted(border, -SLACK_MS) : time > shifted(border, SLACK_MS);
}
