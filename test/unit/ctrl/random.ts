/** `bytes` cut at random places into at most about `most` pieces. */
export function slices(bytes: Buffer, random: () => number, most = 24): Buffer[] {
  const pieces: Buffer[] = [];
  const step = Math.max(1, Math.ceil((2 * bytes.length) / most));
  for (let from = 0; from < bytes.length; ) {
    const length = 1 + Math.floor(random() * step);
    pieces.push(bytes.subarray(from, from + length));
    from += length;
  }
  return pieces;
}

/** From `CTRL_SEED`, or new each run and printed, so that a failure can be played again. */
export function seedOfRun(what: string): number {
  const seed = Number(process.env["CTRL_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`${what}: CTRL_SEED=${seed}`);
  return seed;
}
