import { encodePassword } from "../../src/crypto/password-code.ts";
import { tableAt } from "../../src/settings/table-at.ts";
import { cellOf } from "../../src/tab/codec.ts";
import { roomFor } from "../../src/tab/lines.ts";
import type { Bytes } from "../support/whole-storage.ts";
import { HEAD, TAIL } from "./hostile-text.ts";

/**
 * What is wrong with the files after a hostile text was stored, seen beside what a harmless text of the same form does:
 * as many files, lines and cells, and no other line differs. XMail splits on line feed and TAB before it unquotes.
 */
export function splitFaults(harmless: Bytes, hostile: Bytes, text: string): string[] {
  // An address stands in two cells, so only its middle is sought.
  const forms = [HEAD + TAIL, encodePassword(cellOf(text))];
  const bears = (line: string) => forms.some((form) => line.toLowerCase().includes(form));
  const [expected, found] = [filesOf(harmless), filesOf(hostile)];
  if (expected.length !== found.length) return [`${found.length} files instead of ${expected.length}`];
  return expected.flatMap(([path, content], at) => {
    const [otherPath = "", otherContent = ""] = found[at] ?? [];
    if (path !== otherPath && !bears(path)) return [`${otherPath} instead of ${path}`];
    const [lines, others] = [content.split("\n"), otherContent.split("\n")];
    if (lines.length !== others.length) return [`${path}: ${others.length} lines instead of ${lines.length}`];
    return lines.flatMap((line, n) => {
      const other = others[n] ?? "";
      if (line === other) return [];
      if (!bears(line))
        return [`${path}:${n + 1}: ${JSON.stringify(other)} instead of ${JSON.stringify(line)}`];
      return [...cellFaults(line, other), ...lengthFaults(path, other)].map(
        (fault) => `${path}:${n + 1}: ${fault} in ${JSON.stringify(other)}`,
      );
    });
  });
}

function cellFaults(line: string, other: string): string[] {
  const [cells, others] = [line.split("\t"), other.split("\t")];
  return [
    ...(cells.length === others.length ? [] : [`${others.length} cells instead of ${cells.length}`]),
    ...(/[\0\r]/.test(other.replace(/\r$/, "")) ? ["a NUL or CR"] : []),
    ...(!isQuoted(line) || isQuoted(other) ? [] : ["quotes do not match"]),
  ];
}

/** XMail reads what does not fit its buffer as one more line. */
function lengthFaults(path: string, line: string): string[] {
  const table = tableAt(path);
  return table && line.length >= roomFor(table.file) ? ["more than XMail reads"] : [];
}

/** Every cell is one quoted text, or a plain one without quotes. */
function isQuoted(line: string): boolean {
  return line.split("\t").every((cell) => /^(?:"(?:[^"\\]|\\.)*"|[^"]*)\r?$/s.test(cell));
}

/** In the order of their paths where the text of the tail sorts alike; what is kept for speed and undo is left out. */
function filesOf(files: Bytes): [path: string, content: string][] {
  return Object.entries(files)
    .filter(([path]) => !/^(?:\.xmailcfg|tabindex)\//.test(path))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What is wrong with lines sent to XMail's control port: commands, and files between them, whole lines each. */
export function commandFaults(sent: string): string[] {
  return sent.split(/\r?\n/).flatMap((line) => {
    const ends = line
      .toLowerCase()
      .split("\t")
      .filter((cell) => cell.includes(TAIL) !== cell.includes(HEAD));
    const isCommand = /^[a-z0-9]+(?:\t|$)/.test(line);
    return [
      ...(ends.length === 0 ? [] : ["split"]),
      ...(/[\r\0]/.test(line) ? ["NUL or CR"] : []),
      ...(isCommand && /[^\t -~]/.test(line) ? ["a byte that drops the connection"] : []),
      ...(isCommand && !isQuoted(line) ? ["quotes do not match"] : []),
    ].map((fault) => `${fault}: ${JSON.stringify(line)}`);
  });
}
