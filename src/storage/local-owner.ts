import { lchownSync, promises, type Stats, statSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { errnoOf } from "./local-errors.ts";
import type { OpenFolder } from "./local-folder.ts";

/** Only root may give files away; Windows keeps owners in access lists that folders hand down. */
const IS_ROOT = process.geteuid?.() === 0;

/**
 * Gives a fresh file the owner and the mode it shall have. As root it gets the owner of the file it replaces or, new,
 * that of the folder, so that a server that runs as somebody else can read what the administrator made. Others can only
 * keep the group, where they are in it.
 */
export async function settleOwner(
  file: FileHandle,
  folder: OpenFolder,
  old: Stats | null,
  mode: number,
): Promise<void> {
  const is = await file.stat();
  if (IS_ROOT) {
    const owner = old ?? (await promises.stat(folder.self));
    if (owner.uid !== is.uid || owner.gid !== is.gid) await file.chown(owner.uid, owner.gid);
  } else if (old && old.gid !== is.gid) {
    await file.chown(is.uid, old.gid).catch(unlessRefused);
  }
  // After chown, which takes away some bits; and exactly, whatever the umask.
  await file.chmod(mode);
}

/** As root, a fresh folder gets the owner of the folder it stands in. */
export function settleFolderOwner(folder: Pick<OpenFolder, "self">, here: string): void {
  if (!IS_ROOT) return;
  const { uid, gid } = statSync(folder.self);
  if (uid !== 0 || gid !== 0) lchownSync(here, uid, gid);
}

function unlessRefused(error: unknown): void {
  if (errnoOf(error) !== "EPERM") throw error;
}
