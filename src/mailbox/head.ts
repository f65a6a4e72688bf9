import { decodeHeader } from "../spool/subject.ts";

export interface Header {
  readonly name: string;
  readonly value: string;
}

/** Headers of a message, decoded and in order, at most so many. Line ends may be mixed, as XMail writes them. */
export function headersIn(bytes: Uint8Array, most = 200): Header[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const found: Header[] = [];
  for (const line of text
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon < 1 || found.length >= most) continue;
    found.push({ name: line.slice(0, colon).trim(), value: decoded(line.slice(colon + 1).trim()) });
  }
  return found;
}

/** The first of the name; empty where there is none. */
export function headerNamed(headers: readonly Header[], name: string): string {
  return headers.find((one) => one.name.toLowerCase() === name)?.value ?? "";
}

/** Old Japanese programs write JIS without saying so; its escapes give it away. */
function decoded(raw: string): string {
  if (!/\x1b[$(][@B]/.test(raw)) return decodeHeader(raw);
  return new TextDecoder("iso-2022-jp").decode(Buffer.from(raw, "latin1"));
}
