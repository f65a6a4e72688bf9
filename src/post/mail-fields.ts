import { wordsOf } from "../settings/encoded-words.ts";

/** Between two pieces of one field. */
export const FOLD = "\r\n ";
/** Characters of a line (RFC 5322, section 2.1.1). */
const LINE = 78;
/** Bytes of UTF-8 in a word: a line with words has 76 characters (RFC 2047, section 2), and the first one the name, too. */
const BYTES_PER_WORD = 36;

export type MailField = readonly [name: string, value: string];

/** A mail of these fields and a text, whose lines may end in any way. */
export function mailOf(fields: readonly MailField[], text: string): string {
  const { encoding, body } = bodyOf(text);
  const all: readonly MailField[] = [
    ...fields,
    ["MIME-Version", "1.0"],
    ["Content-Type", "text/plain; charset=UTF-8"],
    ["Content-Transfer-Encoding", encoding],
  ];
  return `${all.map(([name, value]) => line(name, value)).join("")}\r\n${body}`;
}

/** RFC 5322's way of writing a moment. */
export function mailDate(at: Date): string {
  return at.toUTCString().replace("GMT", "+0000");
}

/** Plain where it can be read as nothing else, and RFC 2047 words where not; what would end the line becomes a blank. */
export function subjectText(text: string, most: number): string {
  const one = [
    ...text
      .toWellFormed()
      .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
      .trim(),
  ]
    .slice(0, most)
    .join("")
    .trim();
  const plain = /^[\x20-\x7e]*$/.test(one) && !one.includes("=?");
  return plain ? one : wordsOf(one, BYTES_PER_WORD).join(FOLD);
}

/** One field, folded at most where we folded it: the last gate before a line of somebody else's. */
function line(name: string, value: string): string {
  if (!/^[\x20-\x7e]*(?:\r\n [\x21-\x7e][\x20-\x7e]*)*$/.test(value)) {
    throw new Error(`${name} of the mail is more than one field`);
  }
  return `${name}: ${value}\r\n`;
}

function bodyOf(text: string): { readonly encoding: "7bit" | "base64"; readonly body: string } {
  const lines = `${text.toWellFormed().trimEnd()}\n`.replace(/\r\n?|\n/g, "\r\n");
  // XMail sends what it is given as it stands: a line with nothing but a dot would end the mail there.
  const isPlain = (line: string) => line.length <= LINE && !line.startsWith(".");
  const plain = /^[\t\r\n\x20-\x7e]*$/.test(lines) && lines.split("\r\n").every(isPlain);
  if (plain) return { encoding: "7bit", body: lines };
  const pieces =
    Buffer.from(lines)
      .toString("base64")
      .match(/.{1,76}/g) ?? [];
  return { encoding: "base64", body: `${pieces.join("\r\n")}\r\n` };
}
