import type { LineSource } from "./line-source.ts";

const ROOM = 2046;
const SILENCE_MS = 90_000;

/**
 * The lines that a client uploads, each with LF; `null` when there is none. A lone dot ends them, and so do a line
 * that is too long, silence and the end of the connection: what came before is stored all the same.
 */
export async function takeUpload(lines: LineSource): Promise<string | null> {
  let text: string | null = null;
  for (;;) {
    const taken = await lines.take(ROOM, SILENCE_MS);
    if (taken.kind !== "line" || taken.bytes === ".") return text;
    const line = taken.bytes.startsWith(".") ? taken.bytes.slice(1) : taken.bytes;
    text = `${text ?? ""}${line}\n`;
  }
}
