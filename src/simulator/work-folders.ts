import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";

const STAGES = ["mess", "rsnd", "info", "temp", "slog", "cust", "mprc", "froz"] as const;

/** As many cells each way as XMail has with `-Mx 3`; a tree of its default 23 would be 4,232 folders for a demo. */
const LEVELS = [0, 1, 2] as const;

/** The folders of the queue and of temporary files, made where they are missing, as XMail does when it starts. */
export async function makeWorkFolders(storage: Storage): Promise<void> {
  const cells = LEVELS.flatMap((first) => LEVELS.map((second) => `spool/${first}/${second}`));
  const folders = cells.flatMap((cell) => STAGES.map((stage) => storagePath(cell, stage)));
  await storage.makeFolder(storagePath("tmp"));
  await Promise.all(folders.map((folder) => storage.makeFolder(folder)));
}
