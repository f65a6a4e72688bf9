/**
 * RFC 2047 words for values above ASCII: a byte above 127 in a CTRL command drops the connection, and this is how
 * mail itself writes such text. What other programs left in a file as plain UTF-8 is read as it stands.
 */
const WORD = /=\?utf-8\?([bq])\?([^?\s]*)\?=/gi;
/** 75 characters a word is RFC 2047's limit; 45 bytes of UTF-8 make 60 of base64. */
const BYTES_PER_WORD = 45;

export function encodeWords(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : wordsOf(text).join(" ");
}

/** The words themselves, also of text that needs none. */
export function wordsOf(text: string, bytes = BYTES_PER_WORD): string[] {
  const words: string[] = [];
  let piece = "";
  for (const letter of text) {
    if (Buffer.byteLength(piece + letter) > bytes) {
      words.push(piece);
      piece = "";
    }
    piece += letter;
  }
  words.push(piece);
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString("base64")}?=`);
}

export function decodeWords(text: string): string {
  return text
    .replace(/(\?=)\s+(=\?utf-8\?)/gi, "$1$2")
    .replace(WORD, (_, kind: string, body: string) =>
      kind.toLowerCase() === "b" ? Buffer.from(body, "base64").toString() : decodeQ(body),
    );
}

function decodeQ(body: string): string {
  const bytes = body
    .replace(/_/g, " ")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
