import { spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logStoreOver } from "../../src/log/store.ts";
import { local } from "../../src/storage/local.ts";
import { stormLines } from "../support/log-storm.ts";
import { peakOf } from "./peak.ts";
import type { Benchmark } from "./report.ts";
import { median, timeOf } from "./timing.ts";

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
    const logs = logStoreOver(await local(folder));
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      theirs.push(await timeOf(async () => void spawnSync("mawk", [AWK, path])));
      ours.push(
        await timeOf(
          async () => void (await logs.tally({ kind: "smtp", groups: ["status", "ip", "account"] })),
        ),
      );
    }
    const rss = await peakOf(
      folder,
      `import { logStoreOver } from "./src/log/store.ts";
       import { local } from "./src/storage/local.ts";
       const logs = logStoreOver(await local(process.argv[2]));
       await logs.tally({ kind: "smtp", groups: ["status", "ip", "account"] });`,
    );
    // Somebody who wrote seldom: of who writes all the time the first block fills the page.
    const search = { order: "newest", limit: 50, address: "user4711@partner7.example.org" } as const;
    await logs.search(search);
    const again: number[] = [];
    for (let round = 0; round < 5; round++)
      again.push(await timeOf(async () => void (await logs.search(search))));
    const mb = Math.round(size / 1024 / 1024);
    return [
      {
        name: "log-tally",
        ratio: median(theirs) / median(ours),
        bound: 1,
        of: "speed",
        reference: `mawk, the same three aggregates of ${mb} MB: ${Math.round(median(theirs))} ms, ours ${Math.round(median(ours))} ms`,
      },
      {
        name: "log-tally-memory",
        ratio: rss / MOST_RSS,
        bound: 1,
        reference: `96 MiB, in all ${Math.round(rss / 1024 / 1024)} MiB`,
      },
      {
        name: "log-index",
        ratio: median(again) / 50,
        bound: 1,
        reference: `50 ms for a second search of ${mb} MB: ${median(again).toFixed(1)} ms`,
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
