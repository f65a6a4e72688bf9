import { type CheckPart, type Finding, finding } from "../xmail/check.ts";

/** What locks bear: two machines that write the same files may differ by so much. */
const TOLERATED_MS = 2_000;

/**
 * `theirs` was told by the other machine at some moment between `before` and `after` of ours, cut down to `grainMs`.
 * All in milliseconds since 1970.
 */
export function compareClocks(
  part: CheckPart,
  theirs: number,
  { before, after }: { readonly before: number; readonly after: number },
  grainMs = 0,
): Finding {
  const early = Math.max(0, before - (theirs + grainMs));
  const late = Math.max(0, theirs - after);
  const off = Math.max(early, late);
  if (off <= TOLERATED_MS) return finding(part, "clockEqual");
  return finding(part, "clockDiffers", { seconds: String(Math.round(off / 1000)) });
}
