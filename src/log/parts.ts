import { cutAtLines, type Range, type Source } from "./chunks.ts";

/** Cuts logs, one behind the other, into parts of about as many bytes, each of whole lines; at times into fewer. */
export async function cutInParts<L extends { readonly source: Source; readonly range: Range }>(
  logs: readonly L[],
  count: number,
): Promise<L[][]> {
  const total = logs.reduce((sum, { range }) => sum + range.to - range.from, 0);
  const parts: L[][] = [[]];
  let before = 0;
  for (const log of logs) {
    const size = log.range.to - log.range.from;
    const places = Array.from({ length: count - 1 }, (_, i) => Math.floor((total * (i + 1)) / count) - before)
      .filter((place) => place > 0 && place <= size)
      .map((place) => log.range.from + place);
    before += size;
    for (const [i, range] of (await cutAtLines(log.source, log.range, places)).entries()) {
      if (i > 0) parts.push([]);
      if (range.to > range.from) parts.at(-1)?.push({ ...log, range });
    }
  }
  return parts.filter((part) => part.length > 0);
}
