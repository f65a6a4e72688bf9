import { isStoragePath, nameOf, parentOf, ROOT, type StoragePath } from "../path.ts";
import { orNull, refusePlace, statusOf } from "./failures.ts";
import type { Turn } from "./line.ts";
import { type Attributes, STATUS } from "./wire.ts";

/** One name in a folder of the server, all of it bytes, one per letter. */
export interface Place {
  /** The folder, without links, inside the root. */
  readonly folder: string;
  /** Whether that folder was found. */
  readonly reached: boolean;
  readonly here: string;
  /** What is there; `null` for nothing. */
  readonly is: Attributes | null;
}

const KIND = 0o170000;
const KINDS: ReadonlyMap<number, "file" | "folder" | "link"> = new Map([
  [0o100000, "file"],
  [0o040000, "folder"],
  [0o120000, "link"],
]);

/** `null` for devices, pipes and what tells no kind. */
export function kindOf({ mode = 0 }: Attributes): "file" | "folder" | "link" | null {
  return KINDS.get(mode & KIND) ?? null;
}

function toWire(text: string): string {
  return Buffer.from(text).toString("latin1");
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A name as callers know it; `null` when no StoragePath can hold it. */
export function fromWire(name: string): string | null {
  try {
    const text = UTF8.decode(Buffer.from(name, "latin1"));
    return isStoragePath(text) && !text.includes("/") ? text : null;
  } catch {
    return null;
  }
}

export function join(folder: string, name: string): string {
  return folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(join(root, ""));
}

/** Finds places below one root, which never leads elsewhere once it was found. */
export interface Places {
  /** The root without links; `null` while there is none. */
  root(turn: Turn): Promise<string | null>;
  /** Where the root is to be made. */
  readonly asked: string;
  /**
   * With `follow`, a link at the end counts as what it leads to; otherwise it is the link itself. `STORAGE_DENIED`
   * outside of the root. A folder on the way that is missing makes `is` null.
   */
  at(turn: Turn, path: StoragePath, end: "follow" | "itself"): Promise<Place>;
}

export function placesBelow(root: string): Places {
  const asked = toWire(root);
  let known: string | null = null;
  /** Several calls in one folder that come at once ask where it is only once. */
  const asking = new Map<string, Promise<string>>();

  async function realRoot(turn: Turn): Promise<string | null> {
    if (known !== null) return known;
    const real = await orNull(turn.realpath(asked));
    // OpenSSH also tells where a missing folder would be.
    if (real !== null && (await orNull(turn.lstat(real))) !== null) known = real;
    return known;
  }

  function realOf(turn: Turn, path: string): Promise<string> {
    const under = asking.get(path);
    if (under) return under;
    const real = turn.realpath(path).finally(() => asking.delete(path));
    asking.set(path, real);
    return real;
  }

  return {
    asked,
    root: realRoot,
    async at(turn, path, end) {
      const top = await realRoot(turn);
      if (top === null) return { folder: asked, reached: false, here: join(asked, toWire(path)), is: null };
      if (path === ROOT) return { folder: top, reached: true, here: top, is: await orNull(turn.lstat(top)) };
      const asGiven = join(top, toWire(path));
      const parent = parentOf(path) === ROOT ? top : join(top, toWire(parentOf(path)));
      // In one step: where no link is on the way, which is nearly always, what is there is known at once.
      const [folder, seen] = await Promise.all([
        parent === top ? top : orNull(realOf(turn, parent)),
        orNull(turn.lstat(asGiven)),
      ]);
      if (folder === null) return { folder: top, reached: false, here: asGiven, is: null };
      if (!isInside(top, folder)) refusePlace(path);
      const here = join(folder, toWire(nameOf(path)));
      const is = here === asGiven ? seen : await orNull(turn.lstat(here));
      if (end === "itself" || is === null || kindOf(is) !== "link")
        return { folder, reached: true, here, is };
      return behindLink(turn, top, here);
    },
  };
}

/** `STORAGE_DENIED` for links that lead out of the root, or nowhere. */
export async function behindLink(turn: Turn, root: string, link: string): Promise<Place> {
  const here = await turn.realpath(link).catch((error: unknown) => {
    // A chain of links without an end, or into a folder that is closed to us.
    if (statusOf(error) === null || statusOf(error) === STATUS.OP_UNSUPPORTED) throw error;
    return refusePlace(link);
  });
  if (!isInside(root, here)) refusePlace(link);
  const is = await orNull(turn.lstat(here));
  if (is === null || kindOf(is) === "link") refusePlace(link);
  const folder = here === root ? root : here.slice(0, Math.max(1, here.lastIndexOf("/")));
  return { folder, reached: true, here, is };
}
