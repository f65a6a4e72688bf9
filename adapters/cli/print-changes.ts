import type { DryRunAnswer, ToldFile } from "../../src/index.ts";
import { asText, forTerminal } from "./print.ts";

const FINAL = {
  mailbox: "mail that goes with an account or domain",
  program: "a program that is started",
  message: "a message that is sent",
  ours: "what xmailcfg itself keeps, such as people and keys",
} as const;

/** A dry run for eyes: the commands, and the files as a unified diff without context. */
export function dryRunAsText({ result, changes }: DryRunAnswer<unknown>): string {
  const { commands, files, final } = changes;
  if (commands.length + files.length + final.length === 0) return "Nothing would change.";
  return [
    "Nothing was changed. This would be done:",
    ...(commands.length > 0
      ? ["", "Commands to XMail:", ...commands.map((line) => `  ${forTerminal(line)}`)]
      : []),
    ...(files.length > 0 ? ["", ...files.flatMap(diffOf)] : []),
    ...(final.length > 0 ? ["", ...final.map((what) => `No undo brings back: ${FINAL[what]}.`)] : []),
    "",
    "Answer:",
    asText(result),
  ].join("\n");
}

function diffOf({ kind, path, what, hunks, files, bytes, kept }: ToldFile): string[] {
  const name = forTerminal(path);
  if (kind === "folder") {
    if (what === "added") return [`new folder ${name}`];
    const holds = files === null ? "" : ` (${files} files${bytes === null ? "" : `, ${bytes} bytes`})`;
    return [`removed folder ${name}${holds}, ${kept ? "kept in the bin" : "not kept"}`];
  }
  let shift = 0;
  return [
    what === "added" ? "--- /dev/null" : `--- a/${name}`,
    what === "removed" ? "+++ /dev/null" : `+++ b/${name}`,
    ...hunks.flatMap(({ line, removed, added }) => {
      const head =
        line === null ? "@@" : `@@ -${range(line, removed.length)} +${range(line + shift, added.length)} @@`;
      shift += added.length - removed.length;
      return [
        head,
        ...removed.map((text) => `-${forTerminal(text)}`),
        ...added.map((text) => `+${forTerminal(text)}`),
      ];
    }),
  ];
}

/** As `diff -U0` writes it: of no lines, the one before them is named. */
function range(line: number, count: number): string {
  return count === 1 ? String(line) : `${count === 0 ? line - 1 : line},${count}`;
}
