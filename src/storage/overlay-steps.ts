import { ROOT, type StoragePath } from "./path.ts";

/** One change of a storage, as it can be made again. */
export type Step =
  | { readonly kind: "write"; readonly path: StoragePath; readonly bytes: Uint8Array; readonly mode?: number }
  | { readonly kind: "makeFolder"; readonly path: StoragePath }
  | { readonly kind: "remove"; readonly path: StoragePath; readonly was: "file" | "folder" }
  | { readonly kind: "move"; readonly from: StoragePath; readonly to: StoragePath };

export interface StepLog {
  /** What was done, in its order, without what was undone or done over later. */
  steps(): readonly Step[];
  wrote(path: StoragePath, bytes: Uint8Array, newMode: number | null): void;
  madeFolder(path: StoragePath): void;
  removed(path: StoragePath, was: "file" | "folder"): void;
  moved(from: StoragePath, to: StoragePath): void;
}

type Write = Extract<Step, { kind: "write" }>;
type Recent = Exclude<Step, { kind: "move" }>;

/** Keeps of each file only the last content, so that 10,000 new accounts are not 10,000 tables. */
export function stepLog(): StepLog {
  // Behind a move, paths mean something else: what came before it stays as it is.
  const settled: Step[] = [];
  const recent = new Set<Recent>();
  const last = new Map<StoragePath, Recent>();

  function add(step: Recent): void {
    recent.add(step);
    last.set(step.path, step);
  }

  return {
    steps: () => [...settled, ...recent],
    wrote(path, bytes, newMode) {
      const before = last.get(path);
      const isOver = before?.kind === "write" || (before?.kind === "remove" && before.was === "file");
      if (isOver) recent.delete(before);
      const mode = before?.kind === "write" ? before.mode : isOver ? undefined : (newMode ?? undefined);
      const step: Write = { kind: "write", path, bytes };
      add(mode === undefined ? step : { ...step, mode });
    },
    madeFolder: (path) => add({ kind: "makeFolder", path }),
    removed(path, was) {
      let wasThere = true;
      for (const step of recent) {
        if (step.path === path) {
          // What stood there before; what came in its place was new.
          if (step.kind === "remove") continue;
          if (step.kind === "makeFolder" || step.mode !== undefined) wasThere = false;
        } else if (!isBelow(path, step.path)) continue;
        recent.delete(step);
        last.delete(step.path);
      }
      if (wasThere) add({ kind: "remove", path, was });
    },
    moved(from, to) {
      settled.push(...recent, { kind: "move", from, to });
      recent.clear();
      last.clear();
    },
  };
}

export function isBelow(folder: StoragePath, path: StoragePath): boolean {
  return folder === ROOT ? path !== ROOT : path.startsWith(`${folder}/`);
}
