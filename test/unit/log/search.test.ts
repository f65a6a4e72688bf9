import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { logStoreOver } from "../../../src/log/store.ts";
import { local } from "../../../src/storage/local.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import type { LogRow, LogSearch, LogStore } from "../../../src/xmail/logs.ts";
import { stormLines, stormLog } from "../../support/log-storm.ts";

const FOLDER = fileURLToPath(new URL("../../fixtures/xmail/samples/logs/", import.meta.url));
const temp = await mkdtemp(join(tmpdir(), "logs-"));
afterAll(() => rm(temp, { recursive: true }));

async function withSamples(storage: Storage): Promise<LogStore> {
  for (const name of readdirSync(FOLDER)) {
    await storage.write(storagePath("logs", name), readFileSync(`${FOLDER}${name}`));
  }
  return logStoreOver(storage);
}

const everything = async (logs: LogStore, search: Omit<LogSearch, "limit" | "order">, limit = 7) => {
  const pages = async (order: "newest" | "oldest") => {
    const rows: LogRow[] = [];
    let after: string | null = null;
    do {
      const found = await logs.search({ ...search, order, limit, ...(after === null ? {} : { after }) });
      rows.push(...found.rows);
      after = found.next;
    } while (after !== null);
    return rows;
  };
  return { newest: await pages("newest"), oldest: await pages("oldest") };
};
const keyOf = ({ file, offset }: LogRow) => `${file}:${offset}`;

describe.each([
  ["memory", async () => memory()],
  ["local", async () => local(temp)],
])("over %s", (_, open) => {
  test("all lines of all logs come once, in both orders, by their time", async () => {
    const logs = await withSamples(await open());
    const { newest, oldest } = await everything(logs, {});
    const lines = readdirSync(FOLDER).reduce(
      (sum, name) => sum + readFileSync(`${FOLDER}${name}`, "latin1").split("\n").length - 1,
      0,
    );
    expect(new Set(newest.map(keyOf)).size).toBe(lines);
    expect(newest).toHaveLength(lines);
    expect(oldest.map(keyOf).sort()).toEqual(newest.map(keyOf).sort());
    const times = oldest.map(({ cells }) => cells.time ?? "");
    expect(times[0]).toBe([...times].sort()[0]);
    await expect(logs.files()).resolves.toHaveLength(8);
  });

  test("each filter finds what a plain look at all rows finds", async () => {
    const logs = await withSamples(await open());
    const all = (await everything(logs, {})).newest;
    const cases: readonly [Omit<LogSearch, "limit" | "order">, (row: LogRow) => boolean][] = [
      [
        { kinds: ["smtp"], address: "ALICE@example.com" },
        ({ kind, cells }) =>
          kind === "smtp" && [cells.sender, cells.recipient, cells.user].includes("alice@example.com"),
      ],
      [
        { kinds: ["pop3"], account: "hana@example.jp" },
        ({ kind, cells }) => kind === "pop3" && cells.user === "hana" && cells.domain === "example.jp",
      ],
      [{ ip: "198.51.100.7" }, ({ cells }) => cells.ip === "198.51.100.7"],
      [{ ip: "198.51." }, ({ cells }) => (cells.ip ?? "").startsWith("198.51.")],
      [{ kinds: ["smail"], status: "FWD" }, ({ kind, cells }) => kind === "smail" && cells.medium === "FWD"],
      [{ status: "AUTH=EFAIL" }, ({ cells }) => (cells.status ?? "").startsWith("AUTH=EFAIL")],
      [
        { since: "2026-11-24 08:34:00", until: "2026-11-24 08:34:05" },
        ({ cells }) =>
          (cells.time ?? "") >= "2026-11-24 08:34:00" && (cells.time ?? "") <= "2026-11-24 08:34:05",
      ],
      [
        { kinds: ["smail", "smtp", "lmail"], id: "s3" },
        ({ kind, cells }) => ["smail", "smtp", "lmail"].includes(kind) && cells.id === "S3",
      ],
    ];
    for (const [search, fits] of cases) {
      const wanted = all.filter(fits).map(keyOf).sort();
      expect(wanted.length, JSON.stringify(search)).toBeGreaterThan(0);
      const { newest, oldest } = await everything(logs, search, 3);
      expect(newest.map(keyOf).sort(), JSON.stringify(search)).toEqual(wanted);
      expect(oldest.map(keyOf).sort(), JSON.stringify(search)).toEqual(wanted);
    }
  });
});

test("a password cannot be found by searching for it", async () => {
  const logs = await withSamples(memory());
  for (const text of ["Adm1n-Secret", "frank-Pw1"]) {
    await expect(logs.search({ order: "newest", limit: 50, text })).resolves.toMatchObject({ rows: [] });
  }
});

test("pages stay as they are while the log grows, and a line that is being written is told as such", async () => {
  const storage = memory();
  const path = storagePath("logs/smtp-202611240000");
  const next = stormLines({ seed: 4 });
  const lines = (count: number) => Buffer.from(Array.from({ length: count }, () => `${next()}\n`).join(""));
  await storage.write(path, lines(5000));
  const logs = logStoreOver(storage);
  const before = (await everything(logs, {}, 1000)).newest.map(keyOf);
  const first = await logs.search({ order: "newest", limit: 1000 });
  const seen = first.rows.map(keyOf);
  let after = first.next;
  while (after !== null) {
    await storage.write(path, lines(40), { append: true });
    const page = await logs.search({ order: "newest", limit: 1000, after });
    seen.push(...page.rows.map(keyOf));
    after = page.next;
  }
  expect(seen).toEqual(before);
  await storage.write(path, Buffer.from('"mx1.example.com"\t"exam'), { append: true });
  const [row] = (await logs.search({ order: "newest", limit: 1 })).rows;
  expect(row).toMatchObject({ broken: true, cells: { host: "mx1.example.com", serverDomain: "exam" } });
});

test("looks through as much as it may and goes on there, finding the same", async () => {
  const storage = memory();
  await storage.write(storagePath("logs/smtp-202611240000"), stormLog({ seed: 9, bytes: 3_000_000 }));
  const logs = logStoreOver(storage);
  const { newest, oldest } = await everything(logs, { address: "user7@example.com", most: 1 }, 5);
  const whole = await everything(logs, { address: "user7@example.com" }, 5);
  expect(whole.newest.length).toBeGreaterThan(3);
  expect(newest.map(keyOf)).toEqual(whole.newest.map(keyOf));
  expect(oldest.map(keyOf)).toEqual(whole.oldest.map(keyOf));
});

test("a cursor of nobody is refused at its field", async () => {
  const logs = logStoreOver(memory());
  const bad = logs.search({ order: "newest", limit: 1, after: "bm90IG9uZQ" });
  await expect(bad).rejects.toMatchObject({ code: "INVALID_INPUT" });
  await expect(logs.search({ order: "newest", limit: 1 })).resolves.toEqual({
    rows: [],
    next: null,
    looked: 0,
  });
});
