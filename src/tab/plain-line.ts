const TAB = 0x09;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The cells of `text` from `start` to `end` (a line without its end), read in one pass; `null` when the line is not
 * as XMail writes lines and `splitRecord` must look at it. This is what makes large tables fast, and nothing else: a
 * test holds it against `splitRecord`.
 */
export function readPlainLine(text: string, start: number, end: number): string[] | null {
  const cells: string[] = [];
  let at = start;
  while (at < end) {
    const quoted = text.charCodeAt(at) === QUOTE;
    const from = quoted ? at + 1 : at;
    let to = from;
    for (; to < end; to += 1) {
      const code = text.charCodeAt(to);
      if (code === TAB || code === 0) break;
      if (quoted && (code === QUOTE || code === BACKSLASH)) break;
    }
    const next = quoted ? to + 1 : to;
    if (quoted && (to === end || text.charCodeAt(to) !== QUOTE)) return null;
    if (next < end && text.charCodeAt(next) !== TAB) return null;
    if (quoted || to > from) cells.push(text.slice(from, to));
    at = next + 1;
  }
  return cells;
}
