import { fail } from "../errors/error.ts";
import { ROOT, type StoragePath, storagePath } from "./path.ts";
import type { Scanned, ScanOptions, Storage } from "./storage.ts";
import { through } from "./through.ts";

/** The part of a storage below `path`, as if that were its root. */
export function prefixed(storage: Storage, path: StoragePath): Storage {
  if (path === ROOT) return storage;
  const inner = (below: StoragePath) => (below === ROOT ? path : storagePath(path, below));
  const { watch, scan, moveAll } = storage;
  return through(storage, {
    stat: (at, how) => storage.stat(inner(at), how),
    read: (at, how) => storage.read(inner(at), how),
    write: (at, bytes, how) => storage.write(inner(at), bytes, how),
    list: (at, how) => storage.list(inner(at), how),
    async move(from, to, how) {
      if (from === ROOT) fail("STORAGE_PATH", "A folder cannot be moved into itself.");
      return storage.move(inner(from), inner(to), how);
    },
    async remove(at, how) {
      if (at === ROOT) fail("STORAGE_DENIED", "The root of a storage cannot be removed.");
      return storage.remove(inner(at), how);
    },
    makeFolder: (at, how) => storage.makeFolder(inner(at), how),
    ...(moveAll
      ? {
          moveAll: (moves, how) =>
            moveAll.call(
              storage,
              moves.map(([from, to]) => [inner(from), inner(to)] as const),
              how,
            ),
        }
      : {}),
    ...(watch ? { watch: (at, changed) => watch.call(storage, inner(at), changed) } : {}),
    ...(scan
      ? {
          async *scan(folders: readonly StoragePath[], how?: ScanOptions): AsyncIterable<Scanned> {
            for await (const found of scan.call(storage, folders.map(inner), how)) {
              yield { ...found, path: storagePath(found.path.slice(path.length + 1)) };
            }
          },
        }
      : {}),
  });
}

/** Every change is `STORAGE_DENIED`. */
export function readOnly(storage: Storage): Storage {
  const refuse = async () => fail("STORAGE_DENIED", "This storage is open for reading only.");
  return through(storage, {
    write: refuse,
    move: refuse,
    remove: refuse,
    makeFolder: refuse,
    ...(storage.moveAll ? { moveAll: refuse } : {}),
  });
}

export type Verb = "stat" | "read" | "write" | "list" | "move" | "remove" | "makeFolder";

/** Which call goes wrong, and how. */
export interface FaultPlan {
  /** Counted from 1 over the calls of `verbs`. */
  readonly call: number;
  /** Those that count; all seven if absent. */
  readonly verbs?: readonly Verb[];
  /** Whether the call still does its work before it goes wrong. */
  readonly effect: "done" | "none";
  /** Rejects with `STORAGE_FAILED`, or never settles. */
  readonly outcome: "fails" | "hangs";
  /** As after a kill: from then on no call does anything, and each goes wrong in the same way. */
  readonly forGood?: boolean;
}

export interface FaultyStorage extends Storage {
  /** The verbs called so far, in their order: how many there are to fail. */
  readonly calls: readonly Verb[];
}

/** A storage with one planned fault, to prove what becomes of work that is cut off in the middle. */
export function faulty(storage: Storage, plan: FaultPlan): FaultyStorage {
  const calls: Verb[] = [];
  let counted = 0;
  let dead = false;

  async function goWrong(): Promise<never> {
    if (plan.outcome === "hangs") await new Promise<never>(() => {});
    return fail("STORAGE_FAILED", "A planned fault.");
  }

  function planned<A extends unknown[], T>(verb: Verb, run: (...args: A) => Promise<T>) {
    return async (...args: A): Promise<T> => {
      calls.push(verb);
      if (dead) return goWrong();
      if (plan.verbs && !plan.verbs.includes(verb)) return run(...args);
      counted += 1;
      if (counted !== plan.call) return run(...args);
      dead = plan.forGood === true;
      if (plan.effect === "done") await run(...args);
      return goWrong();
    };
  }

  // Whoever moves many at once goes by single moves, each of which can be planned to fail.
  const { moveAll: _, ...single } = storage;
  return {
    ...through(single, {
      stat: planned("stat", storage.stat.bind(storage)),
      read: planned("read", storage.read.bind(storage)),
      write: planned("write", storage.write.bind(storage)),
      list: planned("list", storage.list.bind(storage)),
      move: planned("move", storage.move.bind(storage)),
      remove: planned("remove", storage.remove.bind(storage)),
      makeFolder: planned("makeFolder", storage.makeFolder.bind(storage)),
    }),
    calls,
  };
}
