import { createHash } from "node:crypto";
import { fail } from "../errors/error.ts";
import { orNull } from "./if-there.ts";
import type { StoragePath } from "./path.ts";
import type { CallOptions, Entry, Stat, Storage } from "./storage.ts";

/** What was seen of a storage, the first time. */
interface Seen {
  readonly stat: Stat | null;
  sha?: string;
  names?: string;
}

export interface Watcher {
  /** Reads of the storage below that are remembered. */
  readonly below: Pick<Storage, "stat" | "read" | "list">;
  /** `FILE_CHANGED` unless all that was read is still so. */
  check(): Promise<void>;
}

/** A file touched so lately may be touched again without another time or size. */
const RESTLESS_MS = 2_000;
const AT_ONCE = 16;

/** Remembers what is read, so that what follows from it is only done while it holds. */
export function watching(storage: Storage): Watcher {
  const seen = new Map<StoragePath, Seen>();

  function note(path: StoragePath, stat: Stat | null): Seen {
    const known = seen.get(path);
    if (known) return known;
    const first: Seen = { stat };
    seen.set(path, first);
    return first;
  }

  async function stat(path: StoragePath, call?: CallOptions): Promise<Stat | null> {
    const found = await storage.stat(path, call);
    note(path, found);
    return found;
  }

  async function isAsSeen(path: StoragePath, { stat: before, sha, names }: Seen): Promise<boolean> {
    if (!isSame(before, await storage.stat(path))) return false;
    if (sha !== undefined && shaOf(await storage.read(path)) !== sha) return false;
    return names === undefined || namesOf(await storage.list(path)) === names;
  }

  return {
    below: {
      stat,
      async read(path, how) {
        // Before the bytes: what comes between shows.
        const first = seen.get(path) ?? note(path, await storage.stat(path, how));
        const bytes = await storage.read(path, how);
        const isWhole = how?.offset === undefined && how?.length === undefined;
        if (isWhole && first.stat && isRestless(first.stat)) first.sha ??= shaOf(bytes);
        return bytes;
      },
      async list(path, call) {
        const first = seen.get(path) ?? note(path, await storage.stat(path, call));
        const entries = await storage.list(path, call);
        first.names ??= namesOf(entries);
        return entries;
      },
    },
    async check() {
      const all = [...seen];
      for (let from = 0; from < all.length; from += AT_ONCE) {
        const group = all.slice(from, from + AT_ONCE);
        const same = await Promise.all(group.map(([path, one]) => orNull(isAsSeen(path, one))));
        const [path] = group[same.findIndex((is) => is !== true)] ?? [];
        if (path !== undefined) {
          fail("FILE_CHANGED", "Somebody changed a file of XMail meanwhile. Look again, then try again.", {
            internal: { path },
          });
        }
      }
    },
  };
}

/** Of a folder only that it is one: files that come and go in it change its time. */
function isSame(a: Stat | null, b: Stat | null): boolean {
  if (a?.kind !== b?.kind || a?.kind === "folder") return a?.kind === b?.kind;
  return a?.size === b?.size && a?.mtimeMs === b?.mtimeMs;
}

function isRestless({ mtimeMs }: Stat): boolean {
  return Date.now() - mtimeMs < RESTLESS_MS || mtimeMs === 0;
}

function shaOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function namesOf(entries: readonly Entry[]): string {
  return entries
    .map(({ name, kind }) => `${kind}/${name}`)
    .sort()
    .join("\n");
}
