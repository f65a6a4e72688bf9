import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { local } from "../../src/storage/local.ts";
import { writeLargeMailRoot } from "../support/large-mail-root.ts";
import type { Benchmark } from "./report.ts";
import { median } from "./timing.ts";

const SIZE = { accounts: 500_000, domains: 2_000, aliases: 200_000 };
const ROUNDS = 7;
/** Bound of the issue: 400 MB, whatever the machine. */
const MOST_KILOBYTES = 400_000;
const SEARCHES = ["search", "searchNothing", "aliasSearch"];

/** Every list page of a large MailRoot, warm, against reading and cutting `mailusers.tab` in the same run. */
export async function benchmarks(): Promise<Benchmark[]> {
  const folder = await mkdtemp(join(tmpdir(), "scale-"));
  try {
    await writeLargeMailRoot(local(folder), SIZE);
    // Tables younger than a moment are read again each time.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const reference = await cutting(join(folder, "mailusers.tab"));
    const { times, maxRssKilobytes } = await measured(folder);
    const slowest = (wanted: (name: string) => boolean) =>
      Math.max(...Object.entries(times).flatMap(([name, ms]) => (wanted(name) ? [ms] : [])));
    const what = `read + split("\\n") + split("\\t") of ${SIZE.accounts} rows: ${reference.toFixed(0)} ms`;
    const page = slowest((name) => !SEARCHES.includes(name));
    const search = slowest((name) => SEARCHES.includes(name));
    return [
      {
        name: "scale-list-page",
        ratio: page / reference,
        bound: 0.6,
        reference: `${what}; slowest page ${page.toFixed(0)} ms`,
      },
      {
        name: "scale-search",
        ratio: search / reference,
        bound: 1,
        reference: `${what}; slowest search ${search.toFixed(0)} ms`,
      },
      {
        name: "scale-memory",
        ratio: maxRssKilobytes / MOST_KILOBYTES,
        bound: 1,
        reference: `${MOST_KILOBYTES / 1000} MB; the process held ${(maxRssKilobytes / 1000).toFixed(0)} MB at most`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measured(folder: string): Promise<{ times: Record<string, number>; maxRssKilobytes: number }> {
  const child = join(import.meta.dirname, "scale-child.ts");
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["--import", "tsx", child, folder], { maxBuffer: 1e6 });
  return JSON.parse(stdout) as { times: Record<string, number>; maxRssKilobytes: number };
}

async function cutting(path: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    const rows = (await readFile(path))
      .toString("latin1")
      .split("\n")
      .map((line) => line.split("\t"));
    if (rows.length <= SIZE.accounts) throw new Error("the rows were not read");
    times.push(performance.now() - start);
  }
  return median(times);
}
