import { fail } from "../../errors/error.ts";
import { rangeOf, stopIfAborted } from "../call-checks.ts";
import type { Entry, ReadOptions, Stat } from "../storage.ts";
import { isLineLost, refusePlace } from "./failures.ts";
import { entriesOf, type Found, forEach } from "./folder.ts";
import type { Turn } from "./line.ts";
import { behindLink, fromWire, join, kindOf, type Place } from "./place.ts";
import { isTemporary } from "./temp.ts";
import { type Attributes, FLAG } from "./wire.ts";

const PERMISSIONS = 0o7777;
/** Pieces of a file under way at once; 8 of 255 KiB fill the window of an SSH channel. */
const PIECES_AT_ONCE = 8;
const LINKS_AT_ONCE = 16;

export function asStat(is: Attributes): Stat | null {
  const kind = kindOf(is);
  if (kind !== "file" && kind !== "folder") return null;
  const size = kind === "file" ? (is.size ?? 0) : 0;
  return { kind, size, mtimeMs: (is.mtime ?? 0) * 1000, mode: (is.mode ?? 0) & PERMISSIONS };
}

export function statOf({ is, here }: Place): Stat | null {
  return is && (asStat(is) ?? refusePlace(here));
}

/** The bytes that are there when it is opened; of a file that shrinks meanwhile, fewer. */
export async function readPlace(turn: Turn, place: Place, how: ReadOptions): Promise<Uint8Array> {
  if (place.is === null || statOf(place)?.kind !== "file") return fail("STORAGE_NOT_FOUND");
  const { from, to } = rangeOf(how, place.is.size ?? 0);
  const { offset = 0, length = Number.MAX_SAFE_INTEGER } = how;
  return readFile(turn, place.here, { offset, length, guess: to - from });
}

/** Up to `length` bytes; when there are as many as guessed, or fewer, a small file takes two steps. */
export async function readFile(
  turn: Turn,
  here: string,
  { offset, length, guess }: { readonly offset: number; readonly length: number; readonly guess: number },
): Promise<Uint8Array> {
  const handle = await turn.open(here, FLAG.READ);
  try {
    // Less than was asked for comes only at the end of a file: one more than guessed tells that it was not too little.
    const wanted = Math.min(guess + 1, length, turn.session.readBytes);
    const first = wanted > 0 ? await turn.read(handle, offset, wanted) : null;
    if (first === null) return new Uint8Array();
    if (first.length < wanted || first.length === length) return new Uint8Array(first);
    const { size = 0 } = await turn.fstat(handle);
    const bytes = new Uint8Array(Math.max(first.length, Math.min(size - offset, length)));
    bytes.set(first);
    return await fill(turn, handle, bytes, offset, first.length);
  } finally {
    void turn.close(handle).catch(() => undefined);
  }
}

/** Fills `bytes` from place `done` on with what the file holds from `offset + done` on. */
async function fill(
  turn: Turn,
  handle: string,
  bytes: Uint8Array,
  offset: number,
  done: number,
): Promise<Uint8Array> {
  const step = turn.session.readBytes;
  const count = Math.ceil((bytes.length - done) / step);
  const starts = Array.from({ length: count }, (_, piece) => done + piece * step);
  let end = bytes.length;
  await forEach(starts, PIECES_AT_ONCE, async (start) => {
    const to = Math.min(start + step, bytes.length);
    for (let at = start; at < Math.min(to, end); ) {
      stopIfAborted(turn.signal);
      const got = await turn.read(handle, offset + at, to - at);
      if (got === null || got.length === 0) {
        end = Math.min(end, at);
        return;
      }
      bytes.set(got, at);
      at += got.length;
    }
  });
  return end < bytes.length ? bytes.slice(0, end) : bytes;
}

/** What can be reached by a StoragePath: links that lead out or nowhere, devices and unspeakable names are left out. */
export async function listPlace(turn: Turn, root: string, folder: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  const links: { readonly name: string; readonly here: string }[] = [];
  for (const { name: bytes, attributes } of await entriesOf(turn, folder)) {
    const name = nameOf({ name: bytes, attributes });
    if (name === null) continue;
    const stat = asStat(attributes);
    if (stat) entries.push({ name, ...stat });
    else if (kindOf(attributes) === "link") links.push({ name, here: join(folder, bytes) });
  }
  await forEach(links, LINKS_AT_ONCE, async ({ name, here }) => {
    const behind = await behindLink(turn, root, here).catch((error: unknown) => {
      if (isLineLost(error)) throw error;
      return null;
    });
    const stat = behind?.is && asStat(behind.is);
    if (stat) entries.push({ name, ...stat });
  });
  return entries;
}

/** As callers know it; `null` for what they never see. */
export function nameOf({ name }: Found): string | null {
  return isTemporary(name) ? null : fromWire(name);
}
