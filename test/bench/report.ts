/** One measured figure, ours divided by the reference, both of the same run. */
export interface Benchmark {
  readonly name: string;
  readonly ratio: number;
  readonly bound: number;
  /** `time`: the ratio may not be above the bound. `speed` (bytes or requests a second): not below it. */
  readonly of?: "time" | "speed";
  readonly reference: string;
}

export function isMet({ ratio, bound, of = "time" }: Benchmark): boolean {
  return of === "time" ? ratio <= bound : ratio >= bound;
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
