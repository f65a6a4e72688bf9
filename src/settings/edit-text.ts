import { cellOf } from "../tab/codec.ts";
import { MASK, maskedLine } from "./masked-line.ts";

export type EditedText =
  | {
      readonly bytes: Uint8Array /** Numbers of lines that are new, from 1. */;
      readonly changed: readonly number[];
    }
  /** A line has a mask that no line of the file had: nobody knows what stood there. */
  | { readonly maskedAt: number };

/** The whole file as people may see and edit it: text, secrets masked. */
export function shownText(path: string, bytes: Uint8Array): string {
  return linesOf(bytes)
    .map((line) => maskedLine(path, line))
    .join("\n");
}

/**
 * The file after `text` was typed in place of what `shownText` gave. A line that was shown so keeps its bytes, secrets and
 * line end included; what is new is UTF-8 with the line end of the file.
 */
export function editText(path: string, bytes: Uint8Array | null, text: string): EditedText {
  const raw = linesOf(bytes ?? new Uint8Array());
  const known = new Map<string, string[]>();
  for (const line of raw) {
    const shown = maskedLine(path, line);
    known.set(shown, [...(known.get(shown) ?? []), line]);
  }
  const end = raw.findLast((line) => line.endsWith("\n"))?.endsWith("\r\n") ? "\r\n" : "\n";
  const wanted = text.replace(/\r\n?/g, "\n").split("\n");
  if (wanted.at(-1) === "") wanted.pop();
  const changed: number[] = [];
  const out: string[] = [];
  for (const [index, line] of wanted.entries()) {
    const was = known.get(line);
    // Equal lines were all shown alike: each is taken once, the last for what was copied.
    const kept = was && (was.length > 1 ? was.shift() : was[0]);
    if (kept === undefined && line.includes(`"${MASK}"`)) return { maskedAt: index + 1 };
    if (kept === undefined) changed.push(index + 1);
    const isLast = index === wanted.length - 1;
    const body = kept ?? `${cellOf(line)}${end}`;
    out.push(isLast || body.endsWith("\n") ? body : `${body}${end}`);
  }
  return { bytes: Buffer.from(out.join(""), "latin1"), changed };
}

function linesOf(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
