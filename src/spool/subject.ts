const WORD = /=\?([A-Za-z0-9_.:-]{1,40})(?:\*[^?\s]*)?\?([bq])\?([^?\s]*)\?=/gi;

/**
 * A header's value as people read it: RFC 2047 words of any charset that the machine knows, and raw UTF-8; everything
 * else stays as it stands. `raw` is Latin-1, one letter a byte.
 */
export function decodeHeader(raw: string): string {
  if (!raw.includes("=?")) return /[\x80-\xff]/.test(raw) ? rawText(raw) : raw;
  // Blanks between two words are no part of the text.
  const joined = raw.replace(/(\?=)\s+(?==\?)/g, "$1");
  let text = "";
  let end = 0;
  let pending: { charset: string; bytes: Buffer } | null = null;
  const flush = () => {
    if (pending) text += decoded(pending.charset, pending.bytes);
    pending = null;
  };
  for (const found of joined.matchAll(WORD)) {
    const [whole, charset = "", kind = "", body = ""] = found;
    const between = joined.slice(end, found.index);
    if (between !== "") {
      flush();
      text += rawText(between);
    }
    const bytes = kind.toLowerCase() === "b" ? Buffer.from(body, "base64") : quoted(body);
    // A letter of several bytes may be cut between two words; those with escapes begin and end in ASCII (RFC 1468).
    if (pending && pending.charset === charset.toLowerCase() && !pending.charset.startsWith("iso-2022"))
      pending = { charset: pending.charset, bytes: Buffer.concat([pending.bytes, bytes]) };
    else {
      flush();
      pending = { charset: charset.toLowerCase(), bytes };
    }
    end = found.index + whole.length;
  }
  flush();
  return text + rawText(joined.slice(end));
}

function quoted(body: string): Buffer {
  const bytes = body
    .replace(/_/g, " ")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1");
}

function decoded(charset: string, bytes: Buffer): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset that nobody knows.
    return bytes.toString("latin1");
  }
}

function rawText(raw: string): string {
  if (!/[\x80-\xff]/.test(raw)) return raw;
  const bytes = Buffer.from(raw, "latin1");
  const text = bytes.toString("utf8");
  return text.includes("\ufffd") ? raw : text;
}
