import { orNull, statusOf } from "./failures.ts";
import type { Requests } from "./requests.ts";
import type { Session } from "./session.ts";
import { FLAG } from "./wire.ts";

/** Which additions of OpenSSH to SFTP a server has. */
export interface Skills {
  /** A file takes the place of another in one step. */
  readonly replaces: boolean;
  /** A finished file gets a further name, unless that is taken. */
  readonly links: boolean;
  /** Bytes and names survive a power cut. */
  readonly syncs: boolean;
}

export async function skillsOf(session: Session, requests: Requests, root: string): Promise<Skills> {
  return {
    replaces: session.has("posix-rename@openssh.com"),
    links: session.has("hardlink@openssh.com"),
    syncs: session.has("fsync@openssh.com") && (await syncsFolders(requests, root)),
  };
}

/** Names are in folders: where those cannot be synced, nothing is certain to be found again. */
async function syncsFolders(requests: Requests, folder: string): Promise<boolean> {
  try {
    await syncFolder(requests, folder);
    return true;
  } catch (error) {
    if (statusOf(error) === null) throw error;
    // The root may not be there yet; then its parent tells.
    const parent = folder.slice(0, Math.max(1, folder.lastIndexOf("/")));
    if (parent !== folder && (await orNull(requests.lstat(folder).catch(refused))) === null)
      return syncsFolders(requests, parent);
    return false;
  }
}

function refused(error: unknown): null {
  if (statusOf(error) === null) throw error;
  return null;
}

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(requests: Requests, folder: string): Promise<void> {
  const handle = await requests.open(folder, FLAG.READ);
  await Promise.all([requests.fsync(handle), requests.close(handle)]);
}
