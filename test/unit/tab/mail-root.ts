import { hasCode } from "../../../src/errors/error.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { openTabBackend, type TabBackendOptions } from "../../../src/tab/backend.ts";
import type { Backend } from "../../../src/xmail/backend.ts";

/** A MailRoot in memory whose files are read and written as Latin-1 text. */
export interface TestRoot {
  readonly storage: Storage;
  readonly backend: Backend;
  file(path: string): Promise<string | null>;
  put(path: string, text: string): Promise<void>;
  /** Names in a folder, sorted; `null` when there is none. */
  names(path: string): Promise<string[] | null>;
}

export async function testRoot(
  files: Readonly<Record<string, string>> = {},
  options: Partial<TabBackendOptions> & { domain?: string } = {},
): Promise<TestRoot> {
  const storage = options.storage ?? memory();
  await writeMailRoot(storage, options.domain === undefined ? {} : { domain: options.domain });
  const root = rootOver(storage);
  for (const [path, text] of Object.entries(files)) await root.put(path, text);
  return { ...root, storage, backend: await openTabBackend({ ...options, storage }) };
}

export function rootOver(storage: Storage): Pick<TestRoot, "file" | "put" | "names"> {
  return {
    file: (path) => orNull(async () => Buffer.from(await storage.read(storagePath(path))).toString("latin1")),
    put: (path, text) => storage.write(storagePath(path), Buffer.from(text, "latin1")),
    names: (path) =>
      orNull(async () => (await storage.list(storagePath(path))).map(({ name }) => name).toSorted()),
  };
}

async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
    throw error;
  }
}

/** Every file and folder below the root, with its bytes: what a refusal must leave as it was. */
export async function contentsOf(storage: Storage, folder = ""): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for (const { name, kind } of await storage.list(storagePath(folder))) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (path.startsWith(".xmailcfg")) continue;
    if (kind === "file") {
      contents[path] = Buffer.from(await storage.read(storagePath(path))).toString("latin1");
    } else {
      contents[`${path}/`] = "";
      Object.assign(contents, await contentsOf(storage, path));
    }
  }
  return contents;
}
