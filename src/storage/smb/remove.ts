import { fail } from "../../errors/error.ts";
import type { Fate } from "./calls.ts";
import type { Listed } from "./entries.ts";
import { expectOk, hasStatus } from "./errors.ts";
import { BUSY, IN_THE_WAY, openAndClose, orNull, patiently, renameTo, withFile } from "./files.ts";
import type { Link } from "./link.ts";
import { type Listing, listFolder } from "./list.ts";
import { below, parentName, temporaryName } from "./names.ts";
import { ACCESS, ATTRIBUTE, attributesRequest, DISPOSITION, deleteRequest, OPTION } from "./requests.ts";
import { STATUS } from "./status.ts";
import { inWindows } from "./windows.ts";
import type { Decide } from "./write.ts";

const REMOVING = { access: ACCESS.delete | ACCESS.readAttributes, options: OPTION.linkItself };

/** A folder goes in one step, by a rename; its contents follow, also when a killed process left them to the sweep. */
export async function removePlace(link: Link, name: string, fate: Fate, decide: Decide): Promise<void> {
  const found = await openAndClose(link, name, REMOVING);
  const isLink = (found.attributes & ATTRIBUTE.reparse) !== 0;
  if (!found.isFolder || isLink) {
    return patiently(BUSY, fate.signal, () => decide(() => fate.deciding(() => removeOne(link, name))));
  }
  await refuseLinks(link, name, fate.signal);
  const temporary = temporaryName(parentName(name));
  await patiently(IN_THE_WAY, fate.signal, () =>
    decide(() =>
      withFile(link, name, REMOVING, (folder) =>
        fate.deciding(() => renameTo(link, folder, temporary, false)),
      ),
    ),
  );
  await removeTree(link, temporary, true);
}

/** Removes a file, or a folder with everything in it. Nothing there is no error: two processes may sweep at once. */
export async function removeTree(link: Link, name: string, isFolder: boolean): Promise<void> {
  if (isFolder) {
    const { entries } = (await orNull(listFolder(link, name))) ?? { entries: [] };
    const work = async (start: number, stop: number) => {
      for (const entry of entries.slice(start, stop)) {
        await removeTree(link, below(name, entry.name), entry.isFolder && !entry.isLink);
      }
    };
    await inWindows(entries.length, 1, work);
  }
  await orNull(patiently([...BUSY, STATUS.DIRECTORY_NOT_EMPTY], undefined, () => removeOne(link, name)));
}

async function removeOne(link: Link, name: string): Promise<void> {
  try {
    await deleteOpened(link, name);
  } catch (error) {
    if (!hasStatus(error, STATUS.CANNOT_DELETE)) throw error;
    // Marked read-only. Unix asks the folder only, and so do our other drivers.
    const how = { access: ACCESS.writeAttributes, options: OPTION.linkItself };
    await withFile(link, name, how, async ({ handle }) => {
      expectOk((await link.ask(attributesRequest(handle, ATTRIBUTE.normal)))[0]);
    });
    await deleteOpened(link, name);
  }
}

function deleteOpened(link: Link, name: string): Promise<void> {
  return withFile(link, name, REMOVING, async ({ handle }) => {
    expectOk((await link.ask(deleteRequest(handle)))[0]);
  });
}

/**
 * Samba follows symbolic links and shows what they lead to as folders like any other: removing one would empty another
 * part of the share. A folder reached by a link has another parent than the one we came from.
 */
async function refuseLinks(link: Link, top: string, signal: AbortSignal | undefined): Promise<void> {
  const holder = await listFolder(link, parentName(top), signal);
  await look(top, holder);

  async function look(name: string, holding: Listing): Promise<void> {
    const here = await listFolder(link, name, signal);
    if (isElsewhere(holding, here) && (await tellsParents(link, parentName(top)))) {
      fail(
        "STORAGE_DENIED",
        "There is a link to another folder in it. Remove that on the file server first.",
        {
          internal: { name },
        },
      );
    }
    const folders = here.entries.filter((entry: Listed) => entry.isFolder && !entry.isLink);
    await inWindows(folders.length, 1, async (start) => {
      const folder = folders[start];
      if (folder) await look(below(name, folder.name), here);
    });
  }
}

function isElsewhere(holder: Listing, folder: Listing): boolean {
  return holder.ownId !== 0n && folder.parentId !== 0n && holder.ownId !== folder.parentId;
}

/** Whether this server's numbers mean anything: those of a folder that we just made must fit. */
async function tellsParents(link: Link, holder: string): Promise<boolean> {
  const probe = {
    access: ACCESS.readAttributes | ACCESS.delete,
    disposition: DISPOSITION.create,
    options: OPTION.folder | OPTION.deleteOnClose,
  };
  const name = temporaryName(holder);
  return withFile(link, name, probe, async () => {
    const made = await listFolder(link, name);
    const around = await listFolder(link, holder);
    return !isElsewhere(around, made);
  });
}
