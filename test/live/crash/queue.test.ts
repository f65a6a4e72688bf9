import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { seedStorm } from "../../../src/simulator/demo-storm.ts";
import { openSpool } from "../../../src/spool/open.ts";
import { local } from "../../../src/storage/local.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { SpoolJob } from "../../../src/xmail/spool.ts";
import { endChildren, startChild } from "../../conformance/child-process.ts";
import { randomFrom } from "../../support/random.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

const CHILD = "../live/crash/queue-child.ts";
const KILLS = 3;
const STORM = { account: "carol@example.com", spam: 400, innocent: 20, others: 30, split: 5 } as const;
const SPAM = "auth:=carol@example.com ip:^203.0.113.";
const aWhile = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let home = "";
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "xmailcfg-queue-"));
});
afterEach(endChildren);
afterAll(() => rm(home, { recursive: true, force: true }));

async function stormIn(name: string, seed: number) {
  const root = join(home, name);
  const now = new Date();
  const messages = await seedStorm(local(root), { ...STORM, seed, now });
  return { root, names: messages.map(({ id }) => id.replace(/^\d+_\d+_/, "")).sort() };
}

/** Names of messages by where they stand; one that stands at two places is there twice. */
async function standing(root: string) {
  const found = { queue: [] as string[], held: [] as string[], bin: [] as string[] };
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(root.length + 1);
    if (!entry.isFile() || !/\/(?:mess|rsnd|froz)\/[^/]+\.mx1$/.test(path)) continue;
    const where = path.startsWith("spool/") ? "queue" : path.includes("/spool/held/") ? "held" : "bin";
    found[where].push(entry.name);
  }
  return found;
}

async function all(root: string): Promise<string[]> {
  return Object.values(await standing(root))
    .flat()
    .sort();
}

async function toTheEnd(root: string, job: SpoolJob): Promise<SpoolJob> {
  // The lock of the dead is waited out by others; here it is taken away.
  await local(root)
    .remove(storagePath(".xmailcfg/locks"))
    .catch(() => undefined);
  const spool = openSpool(local(root), null);
  let now = job;
  for (let n = 0; n < 2000; n += 1) {
    now = await spool.work(job.id, 1000, new Date());
    if (now.finished) return now;
  }
  throw new Error("the job does not end");
}

describe("a process that moves the queue, killed with SIGKILL at any moment", () => {
  for (const action of ["remove", "hold", "release", "putBack"] as const) {
    test(`${action}: no message is lost or doubled, and the next process ends it`, async () => {
      const random = randomFrom(action.length);
      const counts: number[] = [];
      for (let n = 0; n < KILLS; n += 1) {
        const { root, names } = await stormIn(`${action}${n}`, n);
        const spool = openSpool(local(root), null);
        const begin = (what: "remove" | "hold" | "release", filter: string) =>
          spool.begin({ action: what, filter, by: "boss", now: new Date() });
        if (action === "release") await toTheEnd(root, await begin("hold", SPAM));
        const removed = action === "putBack" ? await toTheEnd(root, await begin("remove", SPAM)) : null;
        const job = removed
          ? await spool.undo(removed.id, "boss", new Date())
          : await begin(action as "remove", action === "release" ? "status:held" : SPAM);
        const child = startChild(CHILD, root, job.id);
        await child.says("working");
        await aWhile(random() * 120);
        await child.kill();
        expect(await all(root), `${action} ${n}`).toEqual(names);
        const half = await spool.jobs();
        counts.push(half.find(({ id }) => id === job.id)?.looked ?? 0);
        const done = await toTheEnd(root, job);
        expect(done, `${action} ${n}`).toMatchObject({ finished: true, done: STORM.spam, gone: 0 });
        expect(await all(root), `${action} ${n} ended`).toEqual(names);
        const { bin, held } = await standing(root);
        expect([bin.length, held.length]).toEqual([
          action === "remove" ? STORM.spam : 0,
          action === "hold" ? STORM.spam : 0,
        ]);
      }
      // Some were killed in the middle, or the test proves nothing.
      expect(counts.some((looked) => looked > 0 && looked < 25)).toBe(true);
    });
  }
});

describe("while XMail works on the same files", () => {
  test("each message is either delivered or in the bin, and none is both", async () => {
    const { root, names } = await stormIn("writer", 99);
    const delivered = new Set<string>();
    let works = true;
    const xmail = (async () => {
      const random = randomFrom(3);
      while (works) {
        for (const entry of await readdir(join(root, "spool"), { recursive: true, withFileTypes: true })) {
          if (!works) break;
          const stage = entry.parentPath.split("/").at(-1) ?? "";
          if (!entry.isFile() || (stage !== "mess" && stage !== "rsnd")) continue;
          const path = join(entry.parentPath, entry.name);
          // XMail tries, and moves it to the retries, or sends it and removes it; what is gone meanwhile it leaves.
          const isSent = stage === "rsnd" || random() < 0.5;
          try {
            if (isSent) {
              await rename(path, join(root, "sent-now"));
              await rm(join(root, "sent-now"));
              delivered.add(entry.name);
            } else {
              const { mkdir } = await import("node:fs/promises");
              const to = join(entry.parentPath, "..", "rsnd");
              await mkdir(to, { recursive: true });
              await rename(path, join(to, entry.name));
            }
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
          }
        }
      }
    })();
    const spool = openSpool(local(root), null);
    const job = await spool.begin({ action: "remove", filter: SPAM, by: "boss", now: new Date() });
    let done = job;
    while (!done.finished) done = await spool.work(job.id, 20, new Date());
    works = false;
    await xmail;
    const { queue, bin } = await standing(root);
    expect([...queue, ...bin, ...delivered].sort()).toEqual(names);
    expect(new Set([...bin, ...delivered]).size).toBe(bin.length + delivered.size);
    // What it says is what it did; what had gone it counted.
    expect(done.done).toBe(bin.length);
    expect(delivered.size).toBeGreaterThan(0);
    expect(bin.length).toBeGreaterThan(0);
  });
});
