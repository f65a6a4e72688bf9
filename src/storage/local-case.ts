import { lstatSync, opendirSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether `A` and `a` are two names below `root`: looks whether some file there is also found with its letters turned.
 * An empty or missing root tells nothing; then it is what is usual on this system.
 */
export function isCaseSensitive(root: string): boolean {
  return probe(root) ?? !["darwin", "win32"].includes(process.platform);
}

function probe(root: string): boolean | null {
  const name = nameWithLetters(root);
  if (name === null) return null;
  const is = lstatSync(join(root, name), { throwIfNoEntry: false });
  const turned = lstatSync(join(root, turnLetters(name)), { throwIfNoEntry: false });
  if (!is) return null;
  return turned === undefined || turned.ino !== is.ino || turned.dev !== is.dev;
}

function nameWithLetters(root: string): string | null {
  try {
    const folder = opendirSync(root);
    try {
      for (let entry = folder.readSync(); entry; entry = folder.readSync()) {
        if (/[a-z]/i.test(entry.name)) return entry.name;
      }
      return null;
    } finally {
      folder.closeSync();
    }
  } catch {
    return null;
  }
}

function turnLetters(name: string): string {
  return name.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}
