/**
 * Cuts a text where the server's reader cuts it: after each LF, and where its buffer of `lineBuffer` bytes is full (two
 * below its size). The pieces joined are the text.
 */
export function cutLines(text: string, lineBuffer: number): string[] {
  const room = lineBuffer - 2;
  const lines: string[] = [];
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline + 1;
    for (; end - start > room; start += room) lines.push(text.slice(start, start + room));
    lines.push(text.slice(start, end));
    start = end;
  }
  return lines;
}

/** What the server sees of a line: up to a NUL, without LF and the CRs before it. */
export function bodyOf(line: string): string {
  const nul = line.indexOf("\0");
  let end = nul === -1 ? line.length : nul;
  while (end > 0 && (line[end - 1] === "\n" || line[end - 1] === "\r")) end -= 1;
  return line.slice(0, end);
}
