import { hunksBetween, sha256Of } from "../changes/hunks.ts";
import { orNull } from "../storage/if-there.ts";
import { type Overlay, overlay, type Step } from "../storage/overlay.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { Hunk } from "../xmail/change-set.ts";
import { newBinFolder } from "./bin.ts";

/** One step of a change, with all that is needed to take it, and to take it back. */
export type PlannedStep =
  | {
      readonly do: "write";
      readonly path: StoragePath;
      /** SHA-256 of the whole file; `null`: there is none. */
      readonly before: string | null;
      readonly after: string | null;
      readonly hunks: readonly Hunk[];
      /** Permission bits of a file that is not there, before or after. */
      readonly mode?: number;
    }
  /** A file that XMail makes again by itself. */
  | { readonly do: "forget"; readonly path: StoragePath }
  | { readonly do: "makeFolder"; readonly path: StoragePath }
  | { readonly do: "move"; readonly from: StoragePath; readonly to: StoragePath }
  | { readonly do: "removeFolder"; readonly path: StoragePath };

export interface Plan {
  readonly steps: readonly PlannedStep[];
  /** New contents by path: what a journal need not hold, for it has the hunks. */
  readonly contents: ReadonlyMap<StoragePath, Uint8Array>;
}

const INDEXES = "tabindex/";

/** What an overlay did, as steps on the storage below it. A folder that goes is moved to the bin where that can be. */
export async function planOf(over: Overlay): Promise<Plan> {
  const bin = newBinFolder();
  const { move, folders } = over.below.can;
  /** How far the steps have come, for what is `before`. */
  const sofar = overlay(over.below);
  const steps: PlannedStep[] = [];
  const contents = new Map<StoragePath, Uint8Array>();
  for (const step of over.steps()) {
    const planned = await plannedAs(step);
    if (planned) steps.push(planned);
    await take(sofar, step);
  }
  return { steps, contents };

  async function plannedAs(step: Step): Promise<PlannedStep | null> {
    if (step.kind === "makeFolder") return { do: "makeFolder", path: step.path };
    if (step.kind === "move") return { do: "move", from: step.from, to: step.to };
    if (step.kind === "write") return fileStep(step.path, step.bytes, step.mode);
    if (step.path.startsWith(INDEXES)) return { do: "forget", path: step.path };
    if (step.was === "file") return fileStep(step.path, null);
    if (!move || !folders) return { do: "removeFolder", path: step.path };
    return { do: "move", from: step.path, to: storagePath(bin, `${steps.length}`, step.path) };
  }

  async function fileStep(
    path: StoragePath,
    bytes: Uint8Array | null,
    mode?: number,
  ): Promise<PlannedStep | null> {
    const old = await orNull(sofar.read(path));
    const [before, after] = [sha256Of(old), sha256Of(bytes)];
    if (before === after) return null;
    if (bytes) contents.set(path, bytes);
    const step = { do: "write", path, before, after, hunks: hunksBetween(old, bytes) } as const;
    const bits = bytes ? mode : (await sofar.stat(path))?.mode;
    return bits === undefined ? step : { ...step, mode: bits };
  }
}

/** One step of an overlay in another storage. */
export async function take(storage: Storage, step: Step): Promise<void> {
  switch (step.kind) {
    case "write":
      return storage.write(step.path, step.bytes, step.mode === undefined ? {} : { mode: step.mode });
    case "makeFolder":
      return storage.makeFolder(step.path);
    case "remove":
      return storage.remove(step.path);
    case "move":
      return storage.move(step.from, step.to);
  }
}
