import { parseTable } from "../../src/tab/codec.ts";
import type { Benchmark } from "./report.ts";
import { median } from "./timing.ts";

const ROWS = 100_000;
const ROUNDS = 15;
const FORMAT = { comments: false, lineBuffer: 2048 };

/** Parsing `mailusers.tab` against cutting the same bytes at LF and TAB, measured in turns in one process. */
export async function benchmarks(): Promise<Benchmark[]> {
  const bytes = mailusers();
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    reference.push(timeOf(() => cut(bytes)));
    ours.push(timeOf(() => parse(bytes)));
  }
  return [
    {
      name: "tab-parse",
      ratio: median(ours) / median(reference),
      bound: 2,
      reference: `latin1 decode + split("\\n") + split("\\t") of ${ROWS} rows of mailusers.tab`,
    },
  ];
}

function mailusers(): Buffer {
  const lines: string[] = [];
  for (let id = 1; id <= ROWS; id += 1) {
    const name = `first.last${id}`;
    lines.push(`"domain${id % 50}.example"\t"${name}"\t"1d08040c091d0804"\t${id}\t"${name}"\t"U"\n`);
  }
  return Buffer.from(lines.join(""), "latin1");
}

/** Both touch every cell, so that nobody gains by leaving work for later. */
function parse(bytes: Uint8Array): void {
  check(parseTable(bytes, FORMAT).rows.map((row) => row.cells));
}

function cut(bytes: Buffer): void {
  const lines = bytes.toString("latin1").split("\n");
  lines.pop();
  check(lines.map((line) => line.split("\t")));
}

function check(rows: readonly (readonly string[])[]): void {
  let length = 0;
  for (const row of rows) for (const cell of row) length += cell.length;
  if (rows.length !== ROWS || length < ROWS * 50) throw new Error("the rows were not read");
}

function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
