import { memory } from "../../src/storage/memory.ts";
import { ROOT, type StoragePath, storagePath } from "../../src/storage/path.ts";
import type { Storage } from "../../src/storage/storage.ts";

/** Every byte by its path, as Latin-1; folders end in `/`. */
export type Bytes = Readonly<Record<string, string>>;

/** Every byte of a storage by its path; locks come and go. */
export async function everything(storage: Storage, folder: StoragePath = ROOT): Promise<Bytes> {
  const found: Record<string, string> = {};
  for (const { name, kind } of await storage.list(folder)) {
    const path = storagePath(folder === ROOT ? name : `${folder}/${name}`);
    if (path.startsWith(".xmailcfg") && /lock/.test(path)) continue;
    if (kind === "folder") Object.assign(found, { [`${path}/`]: "" }, await everything(storage, path));
    else found[path] = Buffer.from(await storage.read(path)).toString("latin1");
  }
  return found;
}

export async function copyOf(files: Bytes): Promise<Storage> {
  const storage = memory();
  for (const [path, text] of Object.entries(files)) {
    if (path.endsWith("/")) await storage.makeFolder(storagePath(path.slice(0, -1)));
    else await storage.write(storagePath(path), Buffer.from(text, "latin1"));
  }
  return storage;
}

/** Paths of files that differ, what xmailcfg and XMail keep for their own speed left out. */
export function differing(a: Bytes, b: Bytes): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((path) => a[path] !== b[path] && !/(?:\/$|^\.xmailcfg|^tabindex\/)/.test(path))
    .sort();
}
