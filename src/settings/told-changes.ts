import type { ChangeSet, FileChange, Finality, Hunk } from "../xmail/change-set.ts";
import { maskedLine } from "./masked-line.ts";

export interface ToldHunk {
  /** Number of the first line concerned, from 1, in the file as it was. */
  line: number | null;
  removed: string[];
  added: string[];
}

export interface ToldFile {
  kind: "file" | "folder";
  path: string;
  what: "added" | "changed" | "removed";
  hunks: ToldHunk[];
  /** Of a folder that goes: what is in it, where the way to XMail shows it. */
  files: number | null;
  bytes: number | null;
  /** Of a folder that goes: whether it is kept to be brought back. */
  kept: boolean | null;
}

/** A change as people and programs may see it: text, and no secret. */
export interface ToldChanges {
  commands: string[];
  files: ToldFile[];
  final: Finality[];
}

export function toldChanges({ commands, files, final }: ChangeSet): ToldChanges {
  return { commands: [...commands], files: files.map(toldFile), final: [...final] };
}

function toldFile(change: FileChange): ToldFile {
  const { path } = change;
  const none = { hunks: [], files: null, bytes: null, kept: null };
  if (change.kind === "folderMade") return { ...none, kind: "folder", path, what: "added" };
  if (change.kind === "folderRemoved") {
    const { files, bytes, kept } = change;
    return { kind: "folder", path, what: "removed", hunks: [], files, bytes, kept: kept !== null };
  }
  const what = change.before === null ? "added" : change.after === null ? "removed" : "changed";
  return { ...none, kind: "file", path, what, hunks: change.hunks.map((hunk) => toldHunk(path, hunk)) };
}

function toldHunk(path: string, { at, removed, added }: Hunk): ToldHunk {
  const told = (line: string) => maskedLine(path, line);
  return { line: at + 1, removed: removed.map(told), added: added.map(told) };
}
