import { fail } from "../../src/errors/error.ts";
import { ROOT, type StoragePath, storagePath } from "../../src/storage/path.ts";
import type { Capabilities, Storage } from "../../src/storage/storage.ts";
import { through } from "../../src/storage/through.ts";

/** An honest storage that lacks one capability: what a driver over a poorer protocol looks like. */
export function lacking(storage: Storage, capability: keyof Capabilities): Storage {
  const can = { ...storage.can, [capability]: false };
  const refuse = () => fail("STORAGE_UNSUPPORTED");
  switch (capability) {
    case "exclusiveCreate":
      return through(storage, {
        can,
        write: async (path, bytes, how) => (how?.ifAbsent ? refuse() : storage.write(path, bytes, how)),
      });
    case "append":
      return through(storage, {
        can,
        write: async (path, bytes, how) => (how?.append ? refuse() : storage.write(path, bytes, how)),
      });
    case "rangedRead":
      return through(storage, {
        can,
        read: async (path, how) =>
          how?.offset === undefined && how?.length === undefined ? storage.read(path, how) : refuse(),
      });
    case "binary":
      return through(storage, {
        can,
        write: async (path, bytes, how) =>
          bytes.some((byte) => byte === 0 || byte > 127) ? refuse() : storage.write(path, bytes, how),
      });
    case "caseSensitive":
      return through(storage, {
        can,
        stat: async (path, how) => storage.stat(await asWritten(storage, path), how),
        read: async (path, how) => storage.read(await asWritten(storage, path), how),
        write: async (path, bytes, how) => storage.write(await asWritten(storage, path), bytes, how),
        list: async (path, how) => storage.list(await asWritten(storage, path), how),
        move: async (from, to, how) =>
          storage.move(await asWritten(storage, from), await asWritten(storage, to), how),
        remove: async (path, how) => storage.remove(await asWritten(storage, path), how),
        makeFolder: async (path, how) => storage.makeFolder(await asWritten(storage, path), how),
      });
    case "watch": {
      const { watch: _, ...rest } = through(storage, { can });
      return rest;
    }
    case "atomicReplace":
      return through(storage, {
        can,
        async write(path, bytes, how) {
          if (!how?.append && !how?.ifAbsent)
            await storage.write(path, bytes.slice(0, bytes.length / 2), how);
          await new Promise((resolve) => setImmediate(resolve));
          return storage.write(path, bytes, how);
        },
      });
    case "durableWrite":
      return through(storage, { can });
  }
}

/** The path with the letters its parts were first written with. */
async function asWritten(storage: Storage, path: StoragePath): Promise<StoragePath> {
  let found = ROOT;
  for (const part of path === ROOT ? [] : path.split("/")) {
    const entries = await storage.list(found).catch(() => []);
    const known = entries.find(({ name }) => name.toLowerCase() === part.toLowerCase());
    found = storagePath(...(found === ROOT ? [] : [found]), known?.name ?? part);
  }
  return found;
}
