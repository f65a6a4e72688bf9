import { fail, hasCode } from "../errors/error.ts";

declare const PATH: unique symbol;

/**
 * A path inside a storage root: parts joined by `/`, never absolute, never upward. `""` is the root itself.
 * Made only by `storagePath()`, so a driver need not check again.
 */
export type StoragePath = string & { readonly [PATH]: true };

export const ROOT = "" as StoragePath;

const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i;
/** What most parts are, and what no rule below refuses: a page asks for hundreds of paths. */
const PLAIN =
  /^(?![a-z]:|(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[\w,:=+@~-](?:[\w,:=+@~. -]{0,198}[\w,:=+@~-])?$/i;
const MAX_BYTES = 4096;
const MAX_PART_BYTES = 255;

/**
 * Joins and checks. Each argument may itself hold `/`. Refuses (`STORAGE_PATH`) absolute paths, empty parts, `.` and
 * `..`, NUL and other control characters, backslash, drive letters, Windows device names, trailing dots and blanks,
 * parts over 255 bytes.
 */
export function storagePath(...pieces: readonly string[]): StoragePath {
  const joined = pieces.join("/");
  if (joined === "") return ROOT;
  if (Buffer.byteLength(joined) > MAX_BYTES) refuse(joined, "it is too long");
  for (const part of joined.split("/")) checkPart(joined, part);
  return joined as StoragePath;
}

/** Whether `storagePath` takes it: drivers leave names out of lists that nobody could ask for. */
export function isStoragePath(text: string): text is StoragePath {
  try {
    storagePath(text);
    return true;
  } catch (error) {
    if (hasCode(error, "STORAGE_PATH")) return false;
    throw error;
  }
}

/** The folder that holds `path`; the root's parent is the root. */
export function parentOf(path: StoragePath): StoragePath {
  return path.slice(0, Math.max(0, path.lastIndexOf("/"))) as StoragePath;
}

export function nameOf(path: StoragePath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function checkPart(whole: string, part: string): void {
  if (PLAIN.test(part)) return;
  if (part === "") refuse(whole, "it is absolute or has an empty part");
  if (part === "." || part === "..") refuse(whole, "it has a part . or ..");
  if (/[\0-\x1f\x7f]/.test(part)) refuse(whole, "it has a control character");
  if (part.includes("\\")) refuse(whole, "it has a backslash");
  // Other colons stand in Maildir names (`…:2,S`); drivers on Windows refuse them, where they open alternate streams.
  if (/^[A-Za-z]:/.test(part)) refuse(whole, "it begins with a drive letter");
  if (/[. ]$/.test(part)) refuse(whole, "a part ends in a dot or blank");
  if (DEVICE.test(part)) refuse(whole, "a part is a device name of Windows");
  if (Buffer.byteLength(part) > MAX_PART_BYTES) refuse(whole, "a part is longer than 255 bytes");
  // A lone surrogate has no UTF-8 form: two names would become one.
  if (!part.isWellFormed()) refuse(whole, "it is not well-formed Unicode");
}

function refuse(path: string, why: string): never {
  return fail("STORAGE_PATH", `This path is refused: ${why}.`, { internal: { path } });
}
