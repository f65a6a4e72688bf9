/** Runs at most so many of what it is given at once, in the order they came. */
export function atMost(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // The place goes to the next without being free in between.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
