import { spawnSync } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeLargeSpool } from "../support/large-spool.ts";
import { built } from "./built.ts";
import type { Benchmark } from "./report.ts";
import { median, timeOf } from "./timing.ts";

/** `XMAILCFG_SPOOL=500000` for the size of the promise; less while others use the machine. */
const MESSAGES = Number(process.env["XMAILCFG_SPOOL"] ?? "20000");
const ROUNDS = 3;
/** As the page of the queue asks. */
const FIRST_LOOK_MS = 1_000;
const FIRST_PAGE = 50;
const FIRST_PARTIAL_MS = 2_000;
const MOST_RSS = 200 * 1024 * 1024;
const SPAM = "auth:=carol@example.com";
const HEADS = ["spool", "-type", "f", "-exec", "head", "-c", "2048", "{}", "+"];

/** The queue grouped, its first look, and spam taken out of it, against what a shell does with the same files. */
export async function benchmarks(): Promise<Benchmark[]> {
  const folder = await mkdtemp(join(tmpdir(), "spool-bench-"));
  const now = new Date();
  try {
    const root = join(folder, "root");
    const spam = await writeLargeSpool(root, { messages: MESSAGES, seed: 7, now });
    const grouping = `await spool.shape({ filter: "", by: "auth", most: 20, now });`;
    const [shape, shapeAlone, firstLook] = await Promise.all([
      child(folder, "shape", grouping),
      child(folder, "shape-alone", grouping, "null"),
      child(
        folder,
        "first-look",
        `await spool.shape({ filter: "", by: "auth", most: 20, now, within: ${FIRST_LOOK_MS} });
         await spool.page({ filter: "", now, limit: ${FIRST_PAGE} });`,
      ),
    ]);
    // Of forged senders there is one for each message: nothing wants more memory.
    const largest = await child(
      folder,
      "memory",
      `await spool.shape({ filter: "", by: "from", most: 20, now });`,
    );
    const heads: number[] = [];
    const ours: number[] = [];
    const alone: number[] = [];
    const first: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      heads.push(await timeOf(async () => void spawnSync("find", HEADS, { cwd: root, stdio: "ignore" })));
      ours.push(shape().took);
      alone.push(shapeAlone().took);
      first.push(firstLook().took);
    }
    const { rss } = largest();
    const removed = await removal(folder, root, spam);
    const files = `${MESSAGES} messages`;
    return [
      {
        name: "spool-shape",
        ratio: median(ours) / median(heads),
        bound: 1,
        reference: `find -exec head -c 2048 {} + of ${files}: ${Math.round(median(heads))} ms, ours ${Math.round(median(ours))} ms, without threads ${Math.round(median(alone))} ms`,
      },
      {
        name: "spool-first-look",
        ratio: median(first) / FIRST_PARTIAL_MS,
        bound: 1,
        reference: `2 s until a part of ${files} is counted and the first page listed: ${Math.round(median(first))} ms`,
      },
      {
        name: "spool-memory",
        ratio: rss / MOST_RSS,
        bound: 1,
        reference: `200 MiB, in all ${Math.round(rss / 1024 / 1024)} MiB`,
      },
      {
        name: "spool-remove",
        ratio: removed.ours / removed.theirs,
        bound: 2,
        reference: `one xargs mv of the same ${spam.length} files: ${Math.round(removed.theirs)} ms, ours ${Math.round(removed.ours)} ms`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Once each, on copies: what was moved cannot be moved again. */
async function removal(
  folder: string,
  root: string,
  spam: readonly string[],
): Promise<{ readonly ours: number; readonly theirs: number }> {
  const copy = join(folder, "copy");
  await cp(root, copy, { recursive: true });
  spawnSync("sync");
  const theirs = await timeOf(async () => {
    const input = spam.join("\n");
    spawnSync("sh", ["-c", "mkdir bin && xargs mv -t bin && sync"], { cwd: copy, input });
  });
  const remove = await child(
    folder,
    "remove",
    `const job = await spool.begin({ action: "remove", filter: "${SPAM}", by: "bench", now });
     const { done } = await spool.work(job.id, 3_600_000, now);
     if (done !== ${Math.floor(MESSAGES * 0.6)}) throw new Error("removed " + done + " of ${MESSAGES} messages");`,
  );
  const { took } = remove();
  const ours = took + (await timeOf(async () => void spawnSync("sync")));
  return { ours, theirs };
}

/** Something done with the queue by a process of its own, as it is built: how long it took, milliseconds, and its peak memory. */
async function child(folder: string, name: string, work: string, threads = "startThreads") {
  const run = await built(
    folder,
    name,
    `import { openSpool } from "./src/spool/open.ts";
     import { startThreads } from "./src/spool-threads.ts";
     import { local } from "./src/storage/local.ts";
     const now = new Date();
     const spool = openSpool(local(process.argv[2] + "/root"), null, { threads: ${threads} });
     const from = performance.now();
     ${work}
     const took = performance.now() - from;
     process.stdout.write(JSON.stringify({ took, rss: process.resourceUsage().maxRSS * 1024 }));`,
  );
  return () => JSON.parse(run()) as { readonly took: number; readonly rss: number };
}
