import type { Storage } from "../storage/storage.ts";
import type { LogCall, LogFile } from "../xmail/logs.ts";
import type { Range, Source } from "./chunks.ts";
import { pathOf } from "./files.ts";

export const NO_DESCRIPTOR = -1;

/** One log while it is read. */
export interface OpenedLog {
  readonly source: Source;
  readonly range: Range;
  /** By which other threads read it, where they can. */
  readonly descriptor: number;
  close(): Promise<void>;
}

/** Opens all of them, or none. */
export async function openLogs(
  storage: Storage,
  files: readonly LogFile[],
  call: LogCall,
): Promise<OpenedLog[]> {
  const opened: OpenedLog[] = [];
  try {
    for (const file of files) opened.push(await openLog(storage, file, call));
    return opened;
  } catch (error) {
    for (const { close } of opened) await close();
    throw error;
  }
}

async function openLog(storage: Storage, { name, size }: LogFile, { signal }: LogCall): Promise<OpenedLog> {
  const path = pathOf(name);
  const how = signal ? { signal } : {};
  const range = { from: 0, to: size };
  if (storage.open) {
    const file = await storage.open(path, how);
    return { source: file, range, descriptor: file.descriptor, close: () => file.close() };
  }
  return {
    source: {
      async read(into, offset) {
        const bytes = await storage.read(path, { offset, length: into.length, ...how });
        into.set(bytes);
        return bytes.length;
      },
    },
    range,
    descriptor: NO_DESCRIPTOR,
    async close() {},
  };
}
