import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { logStoreOver } from "../../../src/log/store.ts";
import { local } from "../../../src/storage/local.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { LogSearch, LogStore } from "../../../src/xmail/logs.ts";
import { stormLines, stormLog } from "../../support/log-storm.ts";

const NAME = "smtp-202611240000";
const PATH = storagePath("logs", NAME);
const SEARCHES: readonly Omit<LogSearch, "limit">[] = [
  { order: "newest", account: "alice@example.com", since: "2026-11-24 00:05:00" },
  { order: "newest", address: "user7@example.com" },
  { order: "oldest", address: "user211@example.jp" },
  { order: "newest", ip: "203.0.113.9" },
  { order: "newest", id: "S1100" },
  { order: "oldest", account: "nobody@example.com" },
];

const found = async (logs: LogStore, search: Omit<LogSearch, "limit">) => {
  const places: string[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const page = await logs.search({ ...search, limit: 5000, ...(after === "" ? {} : { after }) });
    places.push(...page.rows.map(({ offset, cells }) => `${offset} ${cells.sender} ${cells.time}`));
    after = page.next;
  }
  return places;
};

const step = fc.oneof(
  fc.record({
    kind: fc.constant("grow" as const),
    seed: fc.integer(),
    size: fc.integer({ min: 1, max: 700_000 }),
  }),
  fc.record({
    kind: fc.constant("replace" as const),
    seed: fc.integer(),
    size: fc.integer({ min: 0, max: 1_500_000 }),
  }),
  fc.record({ kind: fc.constant("truncate" as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant("rotate" as const) }),
  fc.record({ kind: fc.constant("broken" as const), seed: fc.integer() }),
);

const top = mkdtempSync(join(tmpdir(), "log-index-"));
afterAll(() => rmSync(top, { recursive: true }));
let roots = 0;

/** Of a file on this machine only what is asked for is read of an index. */
function inFolder() {
  const root = join(top, String(roots++));
  mkdirSync(root);
  return local(root);
}

describe.each([
  ["in memory", memory],
  ["in a folder", inFolder],
])("%s", (_, empty) => {
  test("with and without index every search finds the same, whatever becomes of the log", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
        const storage = empty();
        let log: Buffer = stormLog({ seed: 1, bytes: 900_000 });
        await storage.write(PATH, log);
        const indexed = logStoreOver(storage, { indexFrom: 0 });
        const plain = logStoreOver(storage, { indexFrom: Number.POSITIVE_INFINITY });
        for (const [i, change] of [{ kind: "none" as const }, ...steps].entries()) {
          if (change.kind === "grow")
            log = Buffer.concat([log, stormLog({ seed: change.seed, bytes: change.size })]);
          if (change.kind === "replace") log = stormLog({ seed: change.seed, bytes: change.size });
          if (change.kind === "truncate") log = log.subarray(0, Math.floor(log.length * change.share));
          if (change.kind === "broken")
            log = Buffer.concat([log, Buffer.from(stormLines({ seed: change.seed })().slice(0, 50))]);
          if (change.kind === "rotate") {
            await storage.write(
              storagePath("logs", `smtp-2026112500${String(i).padStart(2, "0")}`),
              log.subarray(0, 300_000),
            );
          } else if (change.kind !== "none") {
            await storage.write(PATH, log);
          }
          for (const search of SEARCHES)
            expect(await found(indexed, search)).toEqual(await found(plain, search));
        }
      }),
      { numRuns: 6 },
    );
  }, 120_000);

  test("the second search by account leaves most of the log unread", async () => {
    const storage = empty();
    const quiet = stormLog({ seed: 2, bytes: 6_000_000, storm: 0 });
    const storm = stormLog({ seed: 3, bytes: 300_000, storm: 90, begins: "2026-11-24 03:00:00" });
    await storage.write(PATH, Buffer.concat([quiet, storm, quiet]));
    const logs = logStoreOver(storage, { indexFrom: 0 });
    const search = { order: "newest", limit: 100_000, account: "alice@example.com" } as const;
    const first = await logs.search(search);
    const second = await logs.search(search);
    expect(first.rows.length).toBeGreaterThan(500);
    expect(second.rows).toEqual(first.rows);
    expect(first.looked).toBeGreaterThan(12_000_000);
    expect(second.looked).toBeLessThan(1_300_000);
  });

  test("what is known of a log that is gone is forgotten, and damage is no more than time lost", async () => {
    const storage = empty();
    await storage.write(PATH, stormLog({ seed: 5, bytes: 600_000 }));
    const logs = logStoreOver(storage, { indexFrom: 0 });
    const search = { order: "newest", limit: 20, ip: "203.0.113.9" } as const;
    const { rows } = await logs.search(search);
    const folder = storagePath(".xmailcfg/log-index", NAME);
    const names = (await storage.list(folder)).map(({ name }) => name);
    expect(names).toContain("seen.json");
    for (const name of names) await storage.write(storagePath(folder, name), Buffer.from("{"));
    await expect(logs.search(search)).resolves.toMatchObject({ rows });
    await storage.move(PATH, storagePath("logs/smtp-202611230000"));
    await logs.search(search);
    await expect(storage.stat(folder)).resolves.toBeNull();
  });
});
