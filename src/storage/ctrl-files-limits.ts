import { fail } from "../errors/error.ts";
import { isStoragePath, type StoragePath } from "./path.ts";

/** Longest line of an upload, its doubled dot included: a longer one would end the upload and run the rest as commands. */
const LONGEST_LINE = 2_044;
/**
 * XMail cuts paths at 255 bytes, MailRoot's own included, without a word, and would write a file of another name. This
 * leaves 94 bytes for MailRoot, whose length nobody tells us.
 */
const LONGEST_PATH = 160;
const [LF, CR, DOT] = [10, 13, 46];
/** Bytes to a folder or a file for XMail, and nothing else on any system. */
const PRINTABLE = /^[\x20-\x7e]*$/;

/** Refuses (`STORAGE_UNSUPPORTED`) what is not lines as XMail stores them: it would come back as something else. */
export function checkLines(bytes: Uint8Array): void {
  if (bytes.length === 0) refuse("It is empty, which XMail takes as an order to delete the file.");
  if (bytes.at(-1) !== LF) refuse("Its last line has no line end, which XMail would add.");
  let number = 1;
  for (let from = 0; from < bytes.length; number += 1) {
    const end = bytes.indexOf(LF, from);
    const length = end - from + (bytes[from] === DOT ? 1 : 0);
    if (length > LONGEST_LINE) refuse(`Line ${number} is longer than ${LONGEST_LINE} bytes.`);
    if (end > from && bytes[end - 1] === CR) {
      refuse(`Line ${number} ends in CR and LF; XMail keeps only LF.`);
    }
    from = end + 1;
  }
  if (bytes.includes(0)) refuse("It holds a zero byte, where XMail would cut the line.");
}

/** Refuses (`STORAGE_PATH`) what XMail's command line cannot carry, or would take for another path. */
export function checkPath(path: StoragePath, caseSensitive: boolean): void {
  const why = whyNot(path, caseSensitive);
  if (why !== null) fail("STORAGE_PATH", why, { internal: { path } });
}

/** Whether a path can be asked for at all; what cannot is neither found nor listed. */
export function isReachable(path: string, caseSensitive: boolean): path is StoragePath {
  return isStoragePath(path) && whyNot(path, caseSensitive) === null;
}

function whyNot(path: string, caseSensitive: boolean): string | null {
  if (!PRINTABLE.test(path)) return "XMail takes only file names of ASCII letters, digits and signs.";
  if (path.includes("..")) return "XMail takes no two dots in a row in file names.";
  if (path.length > LONGEST_PATH) return `XMail's control port takes no paths above ${LONGEST_PATH} bytes.`;
  // Only Windows folds letters, and there a colon opens a stream that no list shows.
  if (!caseSensitive && path.includes(":")) return "On Windows a file name has no colon.";
  return null;
}

function refuse(why: string): never {
  return fail("STORAGE_UNSUPPORTED", `XMail's control port cannot store this file as it is. ${why}`);
}
