import { hasCode } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { CallOptions, Storage } from "../storage/storage.ts";
import { LOG_KINDS, type LogKind } from "../xmail/log-kinds.ts";
import type { LogFile } from "../xmail/logs.ts";

const FOLDER = storagePath("logs");
const NAME = new RegExp(`^(${LOG_KINDS.join("|")})-(\\d{4})(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)$`);

export function pathOf(file: string): StoragePath {
  return storagePath(FOLDER, file);
}

/** The kind of a log by its file's name; `null` for a file that is none. */
export function kindOf(name: string): LogKind | null {
  return (NAME.exec(name)?.[1] as LogKind | undefined) ?? null;
}

/** All logs, the newest first. */
export async function logFiles(storage: Storage, call?: CallOptions): Promise<LogFile[]> {
  const files: LogFile[] = [];
  for (const { name, kind: what, size, mtimeMs } of await entries(storage, call)) {
    const [, kind, year, month, day, hour, minute] = NAME.exec(name) ?? [];
    if (kind === undefined || what !== "file") continue;
    const begins = `${year}-${month}-${day} ${hour}:${minute}`;
    files.push({ name, kind: kind as LogKind, begins, size, mtimeMs });
  }
  return files.sort((a, b) => compare(b.begins, a.begins) || compare(a.kind, b.kind));
}

async function entries(storage: Storage, call?: CallOptions) {
  try {
    return await storage.list(FOLDER, call);
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return [];
    throw error;
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Clocks are set back an hour once a year, and lines are written a little later than they say. */
const SLACK_MS = 2 * 3_600_000;

/** Files in which lines of that time may stand: a file ends where the next one of its kind begins. */
export function filesWithin(
  files: readonly LogFile[],
  { since, until }: { readonly since?: string | undefined; readonly until?: string | undefined },
): LogFile[] {
  const first = since === undefined ? null : shifted(since, -SLACK_MS);
  const last = until === undefined ? null : shifted(until, SLACK_MS);
  const next = new Map<LogKind, string>();
  return files.filter(({ kind, begins }) => {
    const ends = next.get(kind);
    next.set(kind, begins);
    return (
      (first === null || ends === undefined || ends >= first.slice(0, 16)) &&
      (last === null || begins <= last)
    );
  });
}

/** A time of a log, some milliseconds later or earlier. */
export function shifted(time: string, ms: number): string {
  const at = Date.parse(`${time.replace(" ", "T")}Z`);
  return Number.isNaN(at) ? time : new Date(at + ms).toISOString().slice(0, 19).replace("T", " ");
}

export { SLACK_MS };
