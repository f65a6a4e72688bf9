import { type Dirent, lstatSync, readdirSync, rmdirSync, unlinkSync } from "node:fs";
import { errnoOf } from "./local-errors.ts";
import { enterFolder } from "./local-folder.ts";
import { inSlices } from "./local-slices.ts";

/**
 * Removes a file, or a folder with everything in it; links go, what they lead to stays. Nothing there is no error: two
 * processes may sweep at once. Paths are bytes, because names that are no UTF-8 must go too.
 */
export async function removeTree(path: string): Promise<void> {
  const breathe = inSlices();
  await remove(Buffer.from(path), () => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true);

  async function remove(path: Buffer, isFolder: () => boolean): Promise<void> {
    await breathe();
    if (!isFolder()) return unlessGone(() => unlinkSync(path));
    const { self, leave } = enterFolder(path);
    const here = Buffer.isBuffer(self) ? self : Buffer.from(self);
    try {
      for (const entry of entriesOf(here)) {
        await remove(Buffer.concat([here, SLASH, entry.name]), () => entry.isDirectory());
      }
    } finally {
      leave();
    }
    unlessGone(() => rmdirSync(path));
  }
}

const SLASH = Buffer.from("/");

function entriesOf(folder: Buffer): Dirent<Buffer>[] {
  return readdirSync(folder, { withFileTypes: true, encoding: "buffer" });
}

function unlessGone(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error;
  }
}
