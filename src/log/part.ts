import type { LogGroup, LogTallyRequest } from "../xmail/logs.ts";
import { type Range, type Source, wholeLines } from "./chunks.ts";
import { type Counts, openTables, type PackedCounts, type Tables } from "./counts.ts";
import { countParsedLines } from "./parsed-count.ts";
import { countSmtpLines } from "./smtp-count.ts";

/** Lines of one file, read where it is open. */
export interface Piece extends Range {
  /** Number of the file in this process. */
  readonly descriptor: number;
}

/** What a thread of its own counts, in this order. */
export interface Part {
  readonly request: LogTallyRequest;
  readonly pieces: readonly Piece[];
}

export type Packed = Tables<PackedCounts>;

/** Counts a part in another thread; `read` hears how many bytes it has done. Rejects when it could not. */
export type CountElsewhere = (
  part: Part,
  read: (bytes: number) => void,
  signal: AbortSignal | undefined,
) => Promise<Packed>;

/** Otherwise four bytes at a time would stand in another order. */
const LOW_BYTE_FIRST = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Counts the lines of one range after another into the same tables; what every thread does, and where there is but one. */
export function countingFor(request: LogTallyRequest) {
  const tables = openTables(request.groups);
  const count =
    request.kind === "smtp" && request.domain === undefined && LOW_BYTE_FIRST
      ? countSmtpLines(tables, request)
      : countParsedLines(tables, request);
  return {
    tables,
    /** `read` hears of each so many bytes, and may throw to end it. */
    async add(source: Source, range: Range, read: (bytes: number) => void): Promise<void> {
      for await (const lines of wholeLines(source, range)) {
        count(lines);
        read(lines.to - lines.from);
      }
    },
  };
}

/** What the other thread does; `open` gives the file of a number. */
export async function countPart(
  { request, pieces }: Part,
  open: (descriptor: number) => Source,
  read: (bytes: number) => void,
): Promise<Packed> {
  const { tables, add } = countingFor(request);
  for (const { descriptor, ...range } of pieces) await add(open(descriptor), range, read);
  return packed(tables);
}

function packed({ groups, total, broken }: Tables): Packed {
  return {
    groups: Object.fromEntries(Object.entries(groups).map(([group, counts]) => [group, counts.packed()])),
    total,
    broken,
  };
}

/**
 * Adds what was counted of the lines that follow. `false`, and nothing is added, where only counting them again in their
 * turn says which keys are told apart.
 */
export function addPacked(tables: Tables, later: Packed): boolean {
  const own = Object.entries(tables.groups) as [LogGroup, Counts][];
  const first = tables.total.lines === 0;
  if (!first && own.some(([group]) => later.groups[group]?.rest !== -1)) return false;
  for (const [group, counts] of own) {
    const more = later.groups[group];
    if (more) counts.merge(more);
  }
  tables.total.lines += later.total.lines;
  tables.total.messages += later.total.messages;
  tables.total.bytes += later.total.bytes;
  tables.total.refused += later.total.refused;
  tables.broken += later.broken;
  return true;
}
