import { hasCode } from "../errors/error.ts";
import type { StoragePath } from "../storage/path.ts";
import type { CallOptions, Storage } from "../storage/storage.ts";
import { HEAD, type PartView, ROW, rowsOf, viewFrom } from "./index-part.ts";

/**
 * Reads of a part what tells of some keys: 8 KB of 0.8 MB. All from the file that was opened, because another process may
 * put a part in its place that knows of fewer blocks. `null` where there is none.
 */
export async function openView(
  open: NonNullable<Storage["open"]>,
  path: StoragePath,
  keys: readonly string[],
  call: CallOptions,
): Promise<PartView | null> {
  const file = await open(path, call.signal ? { signal: call.signal } : {}).catch((error: unknown) => {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
    throw error;
  });
  if (!file) return null;
  try {
    const bytesAt = async (position: number, length: number) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, await file.read(bytes, position));
    };
    const rows = keys.map(
      async (key) => [key, await Promise.all(rowsOf(key).map((at) => bytesAt(at, ROW)))] as const,
    );
    const [head, ...found] = await Promise.all([bytesAt(0, HEAD), ...rows]);
    return viewFrom(head, new Map(found));
  } finally {
    await file.close();
  }
}
