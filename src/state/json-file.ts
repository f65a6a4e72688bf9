import { fail, hasCode } from "../errors/error.ts";
import { problemsOf, type Static, type TSchema } from "../kernel/schema.ts";
import { withLock } from "../storage/lock.ts";
import type { StoragePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";

/** One JSON file of a fixed shape. */
export interface JsonFile<T> {
  /** `STORAGE_FAILED` when what stands there is not ours: it is never overwritten then. */
  read(): Promise<T>;
  /** Reads, changes and writes under a lock; the old file or the new one, never half. Resolves what `change` gave back. */
  update<R>(change: (content: T) => { readonly content: T; readonly result: R }): Promise<R>;
}

/** `empty` is what an absent file means. Only the owner may read the file (mode 0600). */
export function jsonFile<S extends TSchema>(
  storage: Storage,
  path: StoragePath,
  schema: S,
  empty: Static<S>,
): JsonFile<Static<S>> {
  async function read(): Promise<Static<S>> {
    const bytes = await storage.read(path).catch((error: unknown) => {
      if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
      throw error;
    });
    return bytes === null ? empty : parse(bytes, path, schema);
  }
  return {
    read,
    update: (change) =>
      withLock(storage, "state", async (lease) => {
        const { content, result } = change(await read());
        const text = `${JSON.stringify(content, null, 2)}\n`;
        parse(Buffer.from(text), path, schema);
        await lease.storage.write(path, Buffer.from(text), { mode: 0o600 });
        return result;
      }),
  };
}

function parse<S extends TSchema>(bytes: Uint8Array, path: StoragePath, schema: S): Static<S> {
  const broken = (internal: Record<string, unknown>, cause?: unknown): never =>
    fail("STORAGE_FAILED", "A file in which xmailcfg remembers things is damaged. See the log.", {
      internal: { path, ...internal },
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString());
  } catch {
    // The parser's message would quote the file, which holds hashes.
    return broken({ reason: "not JSON" });
  }
  const [problem] = problemsOf(schema, value);
  return problem
    ? broken({ reason: "not the shape of this version", field: problem.field })
    : (value as Static<S>);
}
