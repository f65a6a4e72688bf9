import { hasCode } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";

const SHUTDOWN = storagePath(".shutdown");
const SYNC = storagePath(".psync-trigger");
const EVERY_MS = 500;

/**
 * Looks after the two files that order something: `.shutdown` stops the server, `.psync-trigger` would start a fetch
 * of POP3 mail and is only taken away here. Returns how to stop watching. A `.shutdown` left behind is removed first.
 */
export async function watchMagicFiles(storage: Storage, onShutdown: () => void): Promise<() => void> {
  await removeIfThere(storage, SHUTDOWN);
  let stopped = false;
  const look = async () => {
    await removeIfThere(storage, SYNC);
    if ((await storage.stat(SHUTDOWN)) === null) return;
    await removeIfThere(storage, SHUTDOWN);
    if (!stopped) onShutdown();
  };
  // A storage that fails for a moment must not end the watch.
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS);
  timer.unref();
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

async function removeIfThere(storage: Storage, path: StoragePath): Promise<void> {
  try {
    if ((await storage.stat(path)) !== null) await storage.remove(path);
  } catch (error) {
    if (!hasCode(error, "STORAGE_NOT_FOUND")) throw error;
  }
}
