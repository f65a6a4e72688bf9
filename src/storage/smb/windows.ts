/** Requests of a large file that are under way at once. */
const AT_ONCE = 8;

/** Cuts `length` bytes into pieces and works on some of them at a time; after a failure no further piece is begun. */
export async function inWindows(
  length: number,
  pieceBytes: number,
  work: (start: number, stop: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < length) {
      const start = next;
      next = Math.min(length, start + pieceBytes);
      try {
        await work(start, next);
      } catch (error) {
        next = length;
        throw error;
      }
    }
  };
  await allSettled(Array.from({ length: AT_ONCE }, worker));
}

/** As `Promise.all`, but waits for the others: what they use must not be closed under their feet. */
async function allSettled(works: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(works)) {
    if (outcome.status === "rejected") throw outcome.reason;
  }
}
