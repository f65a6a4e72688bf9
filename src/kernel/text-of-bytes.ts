/** How the letters of a file are coded; `utf-16le` is what Excel calls Unicode text. */
export type TextCoding = "utf-8" | "utf-16le" | "shift_jis";

/**
 * Text of a file from somebody's computer, without byte order mark; `null` when it is none of these. Excel for Japan
 * writes CSV in Shift_JIS, which Node decodes only when it was built with all of ICU, as the usual builds are.
 */
export function textOfBytes(
  bytes: Uint8Array,
): { readonly text: string; readonly coding: TextCoding } | null {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  for (const coding of isUtf16 ? (["utf-16le"] as const) : (["utf-8", "shift_jis"] as const)) {
    const text = decoded(bytes, coding);
    // NUL stands in no text, and in every picture and spreadsheet.
    if (text !== null && !text.includes("\0")) return { text, coding };
  }
  return null;
}

function decoded(bytes: Uint8Array, coding: TextCoding): string | null {
  try {
    return new TextDecoder(coding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
