import { fail } from "../../src/errors/error.ts";
import { parentOf, ROOT, type StoragePath, storagePath } from "../../src/storage/path.ts";
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
          isLines(bytes) && /^(?!.*[^/]{101})[\x20-\x7e]*$/.test(path)
            ? storage.write(path, bytes, how)
            : refuse(),
      });
    case "folders":
      return through(storage, {
        can,
        async write(path, bytes, how) {
          if ((await storage.stat(parentOf(path), how)) || (await isBelowFile(storage, path)))
            return storage.write(path, bytes, how);
          return refuse();
        },
        makeFolder: async (_, how) => (how?.signal?.aborted ? fail("ABORTED") : refuse()),
      });
    case "move":
      return through(storage, { can, move: async () => refuse() });
    case "times":
      return through(storage, {
        can,
        async stat(path, how) {
          const found = await storage.stat(path, how);
          return found && { ...found, mtimeMs: 0 };
        },
        list: async (path, how) => (await storage.list(path, how)).map((entry) => ({ ...entry, mtimeMs: 0 })),
        async *scan(folders, how) {
          for await (const found of storage.scan?.(folders, how) ?? []) yield { ...found, mtimeMs: 0 };
        },
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

function isLines(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString("latin1");
  return /^(?:[^\0\n]*\n)+$/.test(text) && !text.includes("\r\n");
}

async function isBelowFile(storage: Storage, path: StoragePath): Promise<boolean> {
  for (let above = parentOf(path); above !== ROOT; above = parentOf(above)) {
    if ((await storage.stat(above))?.kind === "file") return true;
  }
  return false;
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
