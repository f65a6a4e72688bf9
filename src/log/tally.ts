import type { Storage } from "../storage/storage.ts";
import { statusOf } from "../xmail/log-status.ts";
import type { LogCall, LogCount, LogGroup, LogTally, LogTallyRequest } from "../xmail/logs.ts";
import type { Counts, Tables } from "./counts.ts";
import { filesWithin, logFiles } from "./files.ts";
import { NO_DESCRIPTOR, type OpenedLog, openLogs } from "./opened.ts";
import { addPacked, type CountElsewhere, countingFor, type Packed } from "./part.ts";
import { cutInParts } from "./parts.ts";

export interface TallyOptions {
  /** Counts in threads of their own where files can be read there. */
  readonly elsewhere?: CountElsewhere | null;
  /** Bytes from which that is worth it, and how many threads. */
  readonly threadsFrom?: number;
  readonly threads?: number;
}

/** Below, threads need as long to begin as they save. */
const THREADS_FROM = 64 * 1024 * 1024;
/** More would need more memory, and processors that others wait for. */
const THREADS = 2;
/** Files that are open at the same time. */
const MOST_OPEN = 64;

/** Counts what the lines of one kind tell, in one go through its files. */
export async function tallyLogs(
  storage: Storage,
  request: LogTallyRequest,
  call: LogCall,
  { elsewhere, threadsFrom = THREADS_FROM, threads = THREADS }: TallyOptions = {},
): Promise<LogTally> {
  const files = filesWithin(await logFiles(storage, call), request).filter(
    ({ kind }) => kind === request.kind,
  );
  files.reverse();
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const { tables, add } = countingFor(request);
  let done = 0;
  const read = (bytes: number) => {
    call.signal?.throwIfAborted();
    done += bytes;
    call.progress?.(done, total);
  };
  const here = async (logs: readonly OpenedLog[]) => {
    for (const { source, range } of logs) await add(source, range, read);
  };
  for (let i = 0; i < files.length; i += MOST_OPEN) {
    const logs = await openLogs(storage, files.slice(i, i + MOST_OPEN), call);
    try {
      const bytes = logs.reduce((sum, { range }) => sum + range.to, 0);
      const open = logs.every(({ descriptor }) => descriptor !== NO_DESCRIPTOR);
      if (!elsewhere || !open || bytes < threadsFrom || threads < 2) await here(logs);
      else
        for (const part of await inThreads(elsewhere, request, await cutInParts(logs, threads), call, read)) {
          if (part.counted && addPacked(tables, part.counted)) continue;
          // Whatever was the matter there, here it goes well or says what it is.
          done -= part.bytes;
          await here(part.logs);
        }
    } finally {
      for (const { close } of logs) await close();
    }
  }
  return tallyOf(tables, request);
}

interface CountedPart {
  readonly logs: readonly OpenedLog[];
  readonly counted: Packed | null;
  /** That were told as read. */
  readonly bytes: number;
}

/** The parts in their order, once no thread is at work on any of them. */
async function inThreads(
  elsewhere: CountElsewhere,
  request: LogTallyRequest,
  parts: readonly (readonly OpenedLog[])[],
  { signal }: LogCall,
  read: (bytes: number) => void,
): Promise<CountedPart[]> {
  const counted = await Promise.all(
    parts.map(async (logs): Promise<CountedPart> => {
      let bytes = 0;
      const pieces = logs.map(({ descriptor, range }) => ({ descriptor, ...range }));
      const told = (more: number) => {
        bytes += more;
        read(more);
      };
      return { logs, counted: await elsewhere({ request, pieces }, told, signal).catch(() => null), bytes };
    }),
  );
  signal?.throwIfAborted();
  return counted;
}

function tallyOf({ groups, total, broken }: Tables, request: LogTallyRequest): LogTally {
  const entries = Object.entries(groups) as [LogGroup, Counts][];
  return {
    groups: Object.fromEntries(
      entries.map(([group, counts]) => [
        group,
        group === "status"
          ? byStatus(request.kind, counts.list())
          : counts.list().filter(({ key }) => key !== ""),
      ]),
    ),
    total: { key: "", ...total },
    broken,
    cut: entries.filter(([, { cut }]) => cut).map(([group]) => group),
  };
}

/** `AUTH=EFAIL:TYPE=PLAIN` and `AUTH=EFAIL:TYPE=LOGIN` are one. */
function byStatus(kind: LogTallyRequest["kind"], counts: readonly LogCount[]): LogCount[] {
  const merged = new Map<string, LogCount>();
  for (const count of counts) {
    const key = statusOf(kind, { status: count.key }) ?? count.key;
    const was = merged.get(key) ?? { key, lines: 0, messages: 0, bytes: 0, refused: 0 };
    merged.set(key, {
      key,
      lines: was.lines + count.lines,
      messages: was.messages + count.messages,
      bytes: was.bytes + count.bytes,
      refused: was.refused + count.refused,
    });
  }
  return [...merged.values()];
}
