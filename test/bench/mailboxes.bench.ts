import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mailboxesOver } from "../../src/mailbox/mailboxes-over.ts";
import { local } from "../../src/storage/local.ts";
import { openTabBackend } from "../../src/tab/backend.ts";
import { writeMailboxes } from "../support/mailboxes.ts";
import type { Benchmark } from "./report.ts";
import { median, timeOf } from "./timing.ts";

/** `XMAILCFG_MAILBOXES=10000 XMAILCFG_MESSAGES=1000000` for the size of the promise; less while others use the machine. */
const ACCOUNTS = Number(process.env["XMAILCFG_MAILBOXES"] ?? "500");
const MESSAGES = Number(process.env["XMAILCFG_MESSAGES"] ?? "50000");
const ROUNDS = 3;

/** The usage of all accounts, with limits, newest and largest messages, against `du -s` of each account. */
export async function benchmarks(): Promise<Benchmark[]> {
  const folder = await mkdtemp(join(tmpdir(), "mailbox-bench-"));
  try {
    const storage = local(folder);
    const people = await writeMailboxes(storage, { accounts: ACCOUNTS, messages: MESSAGES });
    const folders = people.map(({ domain, name }) => join("domains", domain, name));
    const store = mailboxesOver(storage, (await openTabBackend({ storage })).accounts);
    const du = (...more: string[]) =>
      timeOf(async () => {
        spawnSync("xargs", [...more, "du", "-s"], { cwd: folder, input: folders.join("\n") });
      });
    const [ours, each, atOnce]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round++) {
      each.push(await du("-n", "1"));
      atOnce.push(await du());
      ours.push(await timeOf(() => store.count({ again: true, forMs: 3_600_000, now: new Date() })));
    }
    const found = (await store.counted()).reduce((sum, { messages }) => sum + messages, 0);
    if (found !== MESSAGES) throw new Error(`counted ${found} of ${MESSAGES} messages`);
    return [
      {
        name: "mailboxes",
        ratio: median(ours) / median(each),
        bound: 1,
        reference: `du -s of each of ${ACCOUNTS} accounts with ${MESSAGES} messages in all: ${Math.round(median(each))} ms, ours ${Math.round(median(ours))} ms; one du -s of all of them: ${Math.round(median(atOnce))} ms`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
