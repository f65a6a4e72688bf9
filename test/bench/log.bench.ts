import { spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logStoreOver } from "../../src/log/store.ts";
import { local } from "../../src/storage/local.ts";
import { stormLines } from "../support/log-storm.ts";
import { built } from "./built.ts";
import type { Benchmark } from "./report.ts";
import { timeOf } from "./timing.ts";

/** `XMAILCFG_LOG_MB=1024` for the size of the promise; less while others use the machine. */
const MB = Number(process.env["XMAILCFG_LOG_MB"] ?? "256");
const ROUNDS = 3;
const MOST_RSS = 96 * 1024 * 1024;
const AWK = `BEGIN { FS = "\\t" } { status[$10]++; bytes[$3] += $12 == "" ? 0 : substr($12, 2); messages[$11]++ } END { for (i in status) n++; for (i in bytes) n++; for (i in messages) n++; print n }`;

/** Status, bytes by client and lines by account of one SMTP log against mawk, and an account looked up a second time. */
export async function benchmarks(): Promise<Benchmark[]> {
  const folder = await mkdtemp(join(tmpdir(), "log-bench-"));
  try {
    const path = join(folder, "logs", "smtp-202611240000");
    await mkdir(join(folder, "logs"));
    await writeStorm(path);
    const { size } = await stat(path);
    const counting = await Promise.all(
      ["{}", "{ elsewhere: countInThread }"].map((how, i) =>
        built(
          folder,
          `tally-${i}`,
          `import { logStoreOver } from "./src/log/store.ts";
           import { countInThread } from "./src/log-threads.ts";
           import { local } from "./src/storage/local.ts";
           const logs = logStoreOver(local(process.argv[2]), ${how});
           const from = performance.now();
           await logs.tally({ kind: "smtp", groups: ["status", "ip", "account"] });
           const took = performance.now() - from;
           process.stdout.write(JSON.stringify([took, process.resourceUsage().maxRSS * 1024]));`,
        ),
      ),
    );
    const theirs: number[] = [];
    const ours: [number[], number[]] = [[], []];
    let rss = 0;
    for (let round = 0; round < ROUNDS; round++) {
      theirs.push(await timeOf(async () => void spawnSync("mawk", [AWK, path])));
      for (const [i, count] of counting.entries()) {
        const [took, peak] = JSON.parse(count()) as [number, number];
        ours[i as 0 | 1].push(took);
        rss = Math.max(rss, peak);
      }
    }
    const logs = logStoreOver(await local(folder));
    // Somebody who wrote seldom: of who writes all the time the first block fills the page.
    const search = { order: "newest", limit: 50, address: "user4711@partner7.example.org" } as const;
    await logs.search(search);
    const again: number[] = [];
    for (let round = 0; round < 5; round++)
      again.push(await timeOf(async () => void (await logs.search(search))));
    const mb = Math.round(size / 1024 / 1024);
    // The round that others disturbed least: with few processors what they do is more than what is measured.
    const mawk = Math.min(...theirs);
    const [one, two] = ours.map((rounds) => Math.min(...rounds)) as [number, number];
    const reference = (took: number) =>
      `mawk, the same three aggregates of ${mb} MB: ${Math.round(mawk)} ms, ours ${Math.round(took)} ms`;
    return [
      { name: "log-tally", ratio: mawk / one, bound: 1, of: "speed", reference: reference(one) },
      { name: "log-tally-threads", ratio: mawk / two, bound: 1.6, of: "speed", reference: reference(two) },
      {
        name: "log-tally-memory",
        ratio: rss / MOST_RSS,
        bound: 1,
        reference: `96 MiB, in all ${Math.round(rss / 1024 / 1024)} MiB`,
      },
      {
        name: "log-index",
        ratio: Math.min(...again) / 50,
        bound: 1,
        reference: `50 ms for a second search of ${mb} MB: ${Math.min(...again).toFixed(1)} ms`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeStorm(path: string): Promise<void> {
  const next = stormLines({ seed: 42, storm: 40 });
  const out = createWriteStream(path);
  for (let written = 0; written < MB * 1024 * 1024; ) {
    let text = "";
    while (text.length < 1024 * 1024) text += `${next()}\n`;
    written += text.length;
    if (!out.write(text)) await new Promise((resolve) => out.once("drain", () => resolve(undefined)));
  }
  await new Promise<void>((resolve) => out.end(() => resolve()));
}
