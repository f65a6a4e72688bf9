import { hasCode } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Entry, Storage } from "../storage/storage.ts";

const FOLDER = storagePath("history");
const NAME = /^(\d{4}-\d\d-\d\d)(?:\.(\d{1,6}))?\.jsonl$/;
/** A day with more than this part of all that may be kept goes on in another file, so that the rest of it can go. */
const LARGEST_PART = 8;
const DAY_MS = 86_400_000;

/** A file of one day (UTC): `history/2026-11-24.jsonl`, on busy days `history/2026-11-24.2.jsonl` after it. */
export interface DayFile {
  readonly path: StoragePath;
  readonly day: string;
  readonly part: number;
  readonly size: number;
}

export interface Bounds {
  readonly days: number;
  readonly bytes: number;
}

export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

const ID = /^(\d{4}-\d\d-\d\d)T\d{9}-[0-9a-f]{8}$/;

/** The day whose files hold a change; `null` for what is no id. */
export function dayOfId(id: string): string | null {
  return ID.exec(id)?.[1] ?? null;
}

/** Newest first. */
export async function dayFiles(storage: Storage): Promise<readonly DayFile[]> {
  const entries = await storage.list(FOLDER).catch((error: unknown): readonly Entry[] => {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return [];
    throw error;
  });
  return entries
    .flatMap(({ name, size, kind }) => {
      const [, day, part = "1"] = NAME.exec(name) ?? [];
      if (kind !== "file" || day === undefined) return [];
      return [{ path: storagePath(FOLDER, name), day, part: Number(part), size }];
    })
    .sort((a, b) => (a.day === b.day ? b.part - a.part : a.day < b.day ? 1 : -1));
}

/** The file that takes the next line about a day; `isNew`: nothing was kept of it yet. */
export function fileFor(
  files: readonly DayFile[],
  day: string,
  { bytes }: Bounds,
): { readonly path: StoragePath; readonly isNew: boolean } {
  const newest = files.find((file) => file.day === day);
  if (newest && newest.size < bytes / LARGEST_PART) return { path: newest.path, isNew: false };
  const name = newest ? `${day}.${newest.part + 1}` : day;
  return { path: storagePath(FOLDER, `${name}.jsonl`), isNew: !newest };
}

/** Removes what is too old, and the oldest while all together is too much; the file in use stays. */
export async function prune(
  storage: Storage,
  files: readonly DayFile[],
  now: Date,
  { days, bytes }: Bounds,
): Promise<void> {
  const oldest = dayOf(new Date(now.getTime() - days * DAY_MS));
  let sum = 0;
  for (const [index, { path, day, size }] of files.entries()) {
    sum += size;
    if (index === 0 || (day >= oldest && sum <= bytes)) continue;
    await storage.remove(path).catch((error: unknown) => {
      // Another process was quicker.
      if (!hasCode(error, "STORAGE_NOT_FOUND")) throw error;
    });
  }
}
