import type { Conflict } from "../errors/error.ts";
import { isSecret } from "../errors/secret.ts";
import { maskedLine } from "./masked-line.ts";

/** Lines before the rest is only counted in. */
const MOST_LINES = 20;

/** The versions that a refused undo names in `internal`, as people may see them; `null` when it names none. */
export function toldConflict(internal: Readonly<Record<string, unknown>>): Conflict | null {
  const { path, expected, found, wanted } = internal;
  if (typeof path !== "string" || !isSecret(expected) || !isSecret(found)) return null;
  const told = (text: unknown) =>
    linesIn(isSecret(text) ? text.reveal() : "").map((line) => maskedLine(path, line));
  const [left, now] = [told(expected), told(found)];
  const inSecrets = left.join("\n") === now.join("\n") && expected.reveal() !== found.reveal();
  return { file: path, left, now, wanted: told(wanted), inSecrets };
}

function linesIn(text: string): string[] {
  return text.split("\n", MOST_LINES).filter((line) => line !== "");
}
