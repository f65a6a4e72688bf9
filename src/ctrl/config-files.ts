import { fail, hasCode } from "../errors/error.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { ConfigFileStore } from "../xmail/config-files.ts";
import { filesOver } from "./files.ts";
import type { CtrlLine } from "./line.ts";

/**
 * Settings by the file commands, which replace a file whole and not in one step, and keep no bytes but lines. What came
 * between reading and writing is noticed, but not excluded: XMail has no lock to lend.
 */
export function configFilesOver(line: CtrlLine): ConfigFileStore {
  const files = filesOver(line);

  async function read(path: string, call?: CallOptions): Promise<Uint8Array | null> {
    checkPath(path);
    const content = await ifThere(files.read(path, call));
    if (content && !content.whole) {
      fail("STORAGE_UNSUPPORTED", "A line of this file is too long for XMail's control port.", {
        internal: { path },
      });
    }
    // A missing file and an empty one answer differently; a folder reads as an empty file.
    return content ? content.bytes : null;
  }

  return {
    read,
    async list(folder, call) {
      if (folder !== "") checkPath(folder);
      const entries = (await ifThere(files.list(folder, { pattern: "*" }, call))) ?? [];
      return entries.map(({ name }) => name).sort();
    },
    // `filelist` shows plain files only.
    folders: async () => null,
    async edit(path, change, call) {
      const bytes = await read(path, call);
      const changed = change(bytes);
      if (changed === null) return bytes === null ? undefined : files.remove(path);
      if (bytes !== null && Buffer.compare(bytes, changed) === 0) return;
      await files.write(path, changed);
    },
  };
}

/** XMail takes a path in many spellings; ours has one, so that the same file is always the same path. */
function checkPath(path: string): void {
  const isPath = path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  if (!isPath || path.includes("\\")) fail("STORAGE_PATH", undefined, { internal: { path } });
}

async function ifThere<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
    throw error;
  }
}
