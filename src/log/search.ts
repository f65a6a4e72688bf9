import type { Storage } from "../storage/storage.ts";
import { LOG_KINDS, type LogKind } from "../xmail/log-kinds.ts";
import type { LogCall, LogFile, LogFound, LogPlace, LogRow, LogSearch } from "../xmail/logs.ts";
import { decodePlaces, encodePlaces } from "./cursor.ts";
import { filesWithin, logFiles } from "./files.ts";
import type { FileIndex } from "./index-file.ts";
import { matcherFor } from "./match.ts";
import { openStream, type RowStream } from "./stream.ts";

export type IndexOf = (file: LogFile, keys: readonly string[]) => Promise<FileIndex | null>;

/** Rows of all kinds that are asked for, by their time. */
export async function searchLogs(
  storage: Storage,
  search: LogSearch,
  call: LogCall,
  indexOf: IndexOf,
): Promise<LogFound> {
  const files = filesWithin(await logFiles(storage, call), search);
  const places = search.after === undefined ? null : decodePlaces(search.after);
  const streams = LOG_KINDS.flatMap((kind) => {
    const matcher = matcherFor(kind, search);
    const start = places?.get(kind) ?? null;
    if (!matcher || (places && !start)) return [];
    const own = files.filter((file) => file.kind === kind);
    return [
      {
        kind,
        stream: openStream({
          storage,
          kind,
          files: filesFrom(search.order === "newest" ? own : own.reverse(), start, search.order),
          matcher,
          search,
          start,
          indexOf,
          call,
        }),
      },
    ];
  });
  const { rows, looked } = await merge(streams, search, call);
  const ends: readonly (readonly [LogKind, LogPlace | null])[] = streams.map(({ kind, stream }) => [
    kind,
    stream.place(),
  ]);
  const left = new Map(ends.filter((end): end is readonly [LogKind, LogPlace] => end[1] !== null));
  return { rows, next: left.size > 0 ? encodePlaces(left) : null, looked };
}

/** A file that is gone meanwhile is passed over: its neighbours go on where it would have been. */
function filesFrom(files: readonly LogFile[], start: LogPlace | null, order: LogSearch["order"]): LogFile[] {
  if (!start) return [...files];
  return files.filter(({ name }) => (order === "newest" ? name <= start.file : name >= start.file));
}

async function merge(
  streams: readonly { readonly stream: RowStream }[],
  { order, limit, most = Number.POSITIVE_INFINITY }: LogSearch,
  { signal, progress }: LogCall,
): Promise<{ rows: LogRow[]; looked: number }> {
  const rows: LogRow[] = [];
  let looked = 0;
  while (rows.length < limit) {
    for (const { stream } of streams) {
      while (stream.peek() === undefined && looked < most) {
        signal?.throwIfAborted();
        looked += await stream.fill();
        progress?.(looked);
      }
    }
    // Of a kind that was not looked at far enough nobody knows whether its next row comes first.
    if (streams.some(({ stream }) => stream.peek() === undefined)) break;
    const best = firstOf(streams, order);
    if (!best) break;
    const row = best.peek();
    if (row) rows.push(row);
    best.take();
  }
  return { rows, looked };
}

function firstOf(
  streams: readonly { readonly stream: RowStream }[],
  order: LogSearch["order"],
): RowStream | null {
  let best: RowStream | null = null;
  for (const { stream } of streams) {
    const row = stream.peek();
    if (!row) continue;
    const than = best?.peek();
    if (!than || isBefore(row, than, order)) best = stream;
  }
  return best;
}

function isBefore(a: LogRow, b: LogRow, order: LogSearch["order"]): boolean {
  const [left, right] = [a.cells.time ?? "", b.cells.time ?? ""];
  return order === "newest" ? left > right : left < right;
}
