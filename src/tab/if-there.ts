import { orNull } from "../storage/if-there.ts";
import type { StoragePath } from "../storage/path.ts";
import type { Entry, Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";

/** `null` when there is no such file. */
export function readIfThere(
  storage: Storage,
  path: StoragePath,
  options?: CallOptions,
): Promise<Uint8Array | null> {
  return orNull(storage.read(path, options));
}

/** Nothing when there is no such folder. */
export async function listIfThere(
  storage: Storage,
  folder: StoragePath,
  options?: CallOptions,
): Promise<readonly Entry[]> {
  return (await orNull(storage.list(folder, options))) ?? [];
}

export async function removeIfThere(storage: Storage, path: StoragePath): Promise<void> {
  await orNull(storage.remove(path));
}
