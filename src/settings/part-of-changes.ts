import { FILES } from "../tab/files.ts";
import { splitRecord } from "../tab/lines.ts";
import type { ChangeSet, FileChange, Hunk } from "../xmail/change-set.ts";
import { foldName } from "../xmail/names.ts";

/** In which cell of a line the tables of all domains say whose it is. */
const WHOSE: ReadonlyMap<string, number> = new Map([
  [FILES.accounts.path, 0],
  [FILES.aliases.path, 0],
  [FILES.popLinks.path, 0],
  [FILES.domains.path, 0],
  [FILES.domainAliases.path, 1],
  [FILES.externalAliases.path, 2],
]);

export interface PartOfChanges {
  readonly changes: ChangeSet;
  /** Whether something was left out. */
  readonly cut: boolean;
}

/**
 * What of a change one domain may see: what lies in its folder, its own lines of the tables that all domains share, and
 * commands that name it. Whatever cannot be told apart is left out.
 */
export function partOfChanges({ commands, files, final }: ChangeSet, domain: string): PartOfChanges {
  const own = foldName(domain);
  const ownCommands = commands.filter((command) => isOwnCommand(command, own));
  const parts = files.map((file) => partOfFile(file, own));
  return {
    changes: { commands: ownCommands, files: parts.flatMap(({ file }) => file ?? []), final },
    cut: ownCommands.length < commands.length || parts.some(({ cut }) => cut),
  };
}

/** Whether a file or folder is that of the domain, or a table in which it has lines. */
export function isPathOf(path: string, domain: string): boolean {
  return isInFolder(path, foldName(domain)) || WHOSE.has(path);
}

function isInFolder(path: string, own: string): boolean {
  const folded = foldName(path);
  return folded === `domains/${own}` || folded.startsWith(`domains/${own}/`);
}

function partOfFile(
  change: FileChange,
  own: string,
): { readonly file: FileChange | null; readonly cut: boolean } {
  if (isInFolder(change.path, own)) return { file: change, cut: false };
  const cell = WHOSE.get(change.path);
  if (change.kind !== "file" || cell === undefined) return { file: null, cut: true };
  const ownLine = (line: string) => foldName(splitRecord(line)[cell] ?? "") === own;
  let cut = false;
  const hunks = change.hunks.flatMap((hunk): Hunk[] => {
    const removed = hunk.removed.filter(ownLine);
    const added = hunk.added.filter(ownLine);
    if (removed.length < hunk.removed.length || added.length < hunk.added.length) cut = true;
    return removed.length + added.length > 0 ? [{ at: hunk.at, removed, added }] : [];
  });
  return { file: hunks.length > 0 ? { ...change, hunks } : null, cut };
}

/** The word, then the arguments in quotes: the domain comes first, or a file of it. */
function isOwnCommand(command: string, own: string): boolean {
  const [, first = ""] = /^\S+ "([^"]*)"/.exec(command) ?? [];
  return foldName(first) === own || isInFolder(first.replace(/^\.?\//, ""), own);
}
