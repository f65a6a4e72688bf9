/** Random numbers that can be had again by their seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

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
