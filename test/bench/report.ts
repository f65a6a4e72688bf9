/** One measured figure: how many times the reference's time ours takes. */
export interface Benchmark {
  readonly name: string;
  readonly ratio: number;
  readonly bound: number;
  readonly reference: string;
}

export function isMet({ ratio, bound }: Benchmark): boolean {
  return ratio <= bound;
}

/** What `--json` writes: one entry per name. Two of one name would hide each other. */
export function report(benchmarks: readonly Benchmark[]): Record<string, object> {
  const names = new Set(benchmarks.map(({ name }) => name));
  if (names.size !== benchmarks.length) throw new Error("two benchmarks have one name");
  return Object.fromEntries(
    benchmarks.map((one) => {
      const { name, ratio, bound, reference } = one;
      return [name, { ratio, bound, met: isMet(one), reference }];
    }),
  );
}
