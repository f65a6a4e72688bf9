import fc from "fast-check";

/** `XMAILCFG_FUZZ_SEED` makes other texts, and the same ones again; `XMAILCFG_FUZZ_RUNS` more of them. */
const SEED = Number(process.env["XMAILCFG_FUZZ_SEED"] ?? 20_261_130);
const RUNS = Number(process.env["XMAILCFG_FUZZ_RUNS"] ?? 4);

const piece: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom("\r", "\n", "\r\n", "\t", "\0", '"', "'", "\\", ".", " ", "#", ",", ";"),
  },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 8 }) },
  // Half of a letter, and what turns or hides the letters around it.
  { weight: 1, arbitrary: fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("\u202e", "\u2066", "\u200f", "\u2028", "\u0085", "\ufeff", "\u00ad"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("=", "+", "-", "@", "|", "$(x)", "`x`", "%0d%0a", "\u001b[2J", "花"),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("y", "花", '"', " "), fc.integer({ min: 200, max: 4000 }))
      .map(([letter, count]) => letter.repeat(count)),
  },
);

const text = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(""));

/** What stands between the two ends of a text: others for each place, the same in each run of the same seed. */
export function generatedTexts(where: string, count = RUNS): readonly string[] {
  const own = [...where].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2 ** 31, SEED % 2 ** 31);
  return fc.sample(text, { seed: own, numRuns: count });
}
