import { decodeHeader } from "./subject.ts";

/** How much of a file is enough: XMail's own lines, and the headers that matter. */
export const HEAD_BYTES = 2048;

export interface MessageHead {
  readonly from: string;
  readonly to: string;
  readonly auth: string;
  readonly ip: string;
  readonly subject: string;
  readonly number: string;
}

const DATA = "<<MAIL-DATA>>";
const NULL_ADDRESS = "0.0.0.0";

/**
 * Reads the beginning of a spool file: XMail's own lines, the envelope as the client typed it, and the headers as far as
 * they are at hand. `null` for what is no message file, such as one that is still being written.
 */
export function readHead(head: Uint8Array): MessageHead | null {
  const text = latin1(head);
  const data = text.indexOf(DATA);
  if (data === -1) return null;
  const from = addressAfter(text, "mail from", data);
  const to = addressAfter(text, "rcpt to", data);
  if (from === null || to === null) return null;
  const lines = text.indexOf("\n");
  const start = text.indexOf("\n", data) + 1;
  const { subject, auth } = start === 0 ? NO_HEADERS : headersOf(text, start);
  return { from, to, auth, ip: clientIn(text, lines), subject, number: numberIn(text, lines) };
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** What stands between the first brackets of the line, without a source route. */
function addressAfter(text: string, command: string, end: number): string | null {
  for (let at = 0; at < end; ) {
    const stop = text.indexOf("\n", at);
    if (stop === -1) return null;
    // Compared by letters first: most lines are others, and hundreds of thousands of files are read.
    if ((text.charCodeAt(at) | 32) === command.charCodeAt(0) && isCommand(text, at, command)) {
      const open = text.indexOf("<", at + command.length);
      const close = text.indexOf(">", open);
      if (open === -1 || close === -1 || close > stop) return null;
      const address = text.slice(open + 1, close);
      return address.startsWith("@") ? address.slice(address.indexOf(":") + 1) : address;
    }
    at = stop + 1;
  }
  return null;
}

function isCommand(text: string, at: number, command: string): boolean {
  return text.slice(at, at + command.length).toLowerCase() === command && text[at + command.length] === ":";
}

/** `[192.0.2.10]:60439;…`; what XMail made itself has no client. */
function clientIn(text: string, end: number): string {
  const semicolon = text.indexOf(";");
  const open = text.indexOf("[");
  const close = text.indexOf("]", open);
  if (open === -1 || close === -1 || close > end || (semicolon !== -1 && open > semicolon)) return "";
  const address = text.slice(open + 1, close);
  return address === NULL_ADDRESS || address === "::" ? "" : address;
}

/** Third line: `S2C`. */
function numberIn(text: string, first: number): string {
  const second = text.indexOf("\n", first + 1);
  const third = text.indexOf("\n", second + 1);
  if (first === -1 || second === -1 || third === -1) return "";
  const number = text.slice(second + 1, third).trim();
  return /^[A-Z][0-9A-Fa-f]{1,20}$/.test(number) ? number : "";
}

const NO_HEADERS = { subject: "", auth: "" };

/** Line ends may be mixed. */
function headersOf(text: string, start: number): { subject: string; auth: string } {
  let subject: string | null = null;
  let auth: string | null = null;
  for (let at = start; at < text.length; ) {
    const stop = text.indexOf("\n", at);
    const end = stop === -1 ? text.length : stop;
    const letter = text.charCodeAt(at) | 32;
    // s, x
    if (letter === 115 && subject === null && isCommand(text, at, "subject"))
      subject = decodeHeader(unfolded(text, at + 8));
    else if (letter === 120 && auth === null && isCommand(text, at, "x-authuser"))
      auth = unfolded(text, at + 11);
    else if (end - at <= 1 && text.slice(at, end).trim() === "") break;
    if (subject !== null && auth !== null) break;
    at = end + 1;
  }
  return { subject: subject ?? "", auth: auth ?? "" };
}

/** The value that begins at `at`, with its continuation lines. */
function unfolded(text: string, at: number): string {
  let end = text.indexOf("\n", at);
  while (end !== -1 && (text[end + 1] === " " || text[end + 1] === "\t")) end = text.indexOf("\n", end + 1);
  const value = end === -1 ? text.slice(at) : text.slice(at, end);
  return (value.includes("\n") ? value.replace(/\r?\n[ \t]+/g, " ") : value).trim();
}

/** All headers, decoded, from the beginning of a whole message file; at most so many. */
export function allHeaders(bytes: Uint8Array, most = 200): { name: string; value: string }[] {
  const text = latin1(bytes);
  const start = mailStart(text);
  const end = text.slice(start).search(/\r?\n\r?\n/);
  const head = end === -1 ? text.slice(start) : text.slice(start, start + end);
  const found: { name: string; value: string }[] = [];
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon < 1 || found.length >= most) continue;
    found.push({
      name: decodeHeader(line.slice(0, colon)),
      value: decodeHeader(line.slice(colon + 1).trim()),
    });
  }
  return found;
}

/** Where the mail itself begins, behind XMail's own lines. */
export function mailStart(text: string): number {
  const data = text.indexOf(DATA);
  return data === -1 ? 0 : text.indexOf("\n", data) + 1 || text.length;
}
