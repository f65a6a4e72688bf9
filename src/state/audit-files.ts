import { hasCode } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Entry, Storage } from "../storage/storage.ts";

const FOLDER = storagePath("audit");
const NAME = /^(\d{4}-\d\d-\d\d)\.jsonl$/;

/**
 * A file of one day (UTC): `audit/2026-11-24.jsonl`. A record never goes to an earlier day than the one before it, so
 * the order of the lines is that of the chain, whatever the clocks say.
 */
export interface AuditFile {
  readonly path: StoragePath;
  readonly day: string;
  readonly size: number;
}

export function auditPath(day: string): StoragePath {
  return storagePath(FOLDER, `${day}.jsonl`);
}

export function nameOfDay(day: string): string {
  return `${day}.jsonl`;
}

/** Oldest first. */
export async function auditFiles(storage: Storage): Promise<readonly AuditFile[]> {
  const entries = await storage.list(FOLDER).catch((error: unknown): readonly Entry[] => {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return [];
    throw error;
  });
  return entries
    .flatMap(({ name, size, kind }) => {
      const [, day] = NAME.exec(name) ?? [];
      return kind !== "file" || day === undefined ? [] : [{ path: auditPath(day), day, size }];
    })
    .sort((one, two) => (one.day < two.day ? -1 : 1));
}

/** Names a record by where its line begins: `2026-11-24.18231`. */
export interface Place {
  readonly day: string;
  readonly offset: number;
}

const ID = /^(\d{4}-\d\d-\d\d)\.(\d{1,15})$/;

export function idOf({ day, offset }: Place): string {
  return `${day}.${offset}`;
}

/** `null` for what is no id. */
export function placeOf(id: string): Place | null {
  const [, day, offset] = ID.exec(id) ?? [];
  return day === undefined ? null : { day, offset: Number(offset) };
}
