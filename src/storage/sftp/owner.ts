import { statusOf } from "./failures.ts";
import type { Requests } from "./requests.ts";
import { type Attributes, STATUS } from "./wire.ts";

/**
 * Gives a new file the mode, and the owner it should have: as root that of the file it replaces, or of the folder it stands
 * in, so that a mail server that runs as somebody else can read it. Else the group is kept where that is permitted.
 */
export async function settleOwner(
  requests: Requests,
  handle: string,
  folder: string,
  old: Attributes | null,
  mode: number,
): Promise<void> {
  const is = await requests.fstat(handle);
  if (is.uid === 0) {
    const { uid, gid } = old ?? (await requests.lstat(folder));
    if (uid !== undefined && gid !== undefined && (uid !== 0 || gid !== is.gid))
      await requests.fsetstat(handle, { uid, gid });
  } else if (old && is.uid !== undefined && old.gid !== is.gid) {
    await requests.fsetstat(handle, { uid: is.uid, gid: old.gid ?? is.gid ?? 0 }).catch(unlessRefused);
  }
  // After the owner, whose change takes away some bits; and exactly, whatever the umask.
  await requests.fsetstat(handle, { mode });
}

/** As root, a fresh folder gets the owner of the folder it stands in. */
export async function settleFolderOwner(requests: Requests, folder: string, here: string): Promise<void> {
  const [is, { uid, gid }] = await Promise.all([requests.lstat(here), requests.lstat(folder)]);
  if (is.uid !== 0 || uid === undefined || gid === undefined) return;
  if (uid !== 0 || gid !== is.gid) await requests.setstat(here, { uid, gid });
}

function unlessRefused(error: unknown): void {
  if (statusOf(error) !== STATUS.PERMISSION_DENIED) throw error;
}
