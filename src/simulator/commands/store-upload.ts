import type { MailRoot } from "../root.ts";

/** Puts an upload into place under the lock of the file; nothing uploaded removes the file, if there is one. */
export function storeUpload(root: MailRoot, path: string, text: string | null): Promise<void> {
  return root.locks.exclusive(path, async () => {
    if (text !== null) return root.write(path, text);
    if ((await root.stat(path))?.kind === "file") await root.remove(path);
  });
}
