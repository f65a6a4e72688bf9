import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mailboxesOver } from "../../../src/mailbox/mailboxes-over.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import { writeMailboxes } from "../../support/mailboxes.ts";

const NOW = new Date("2026-11-24T09:00:00Z");
const ALL = { again: false, forMs: 60_000, now: NOW };

async function storeOver(storage: Storage) {
  return mailboxesOver(storage, (await openTabBackend({ storage })).accounts);
}

describe("counting mailboxes", () => {
  test("generated ones are counted as they were written, as XMail would count them", async () => {
    const storage = memory();
    const written = await writeMailboxes(storage, { accounts: 60, messages: 2000 });
    const store = await storeOver(storage);
    expect(await store.counted()).toEqual([]);
    const steps: number[] = [];
    await store.count(ALL, { progress: (done) => void steps.push(done) });
    const found = await store.counted();
    expect(
      found.map(({ domain, name, bytes, messages, limit, newest }) => ({
        ...{ domain, name, bytes, messages, newest: newest ?? 0, limit: limit ?? 0 },
      })),
    ).toEqual(written.map(({ format: _, ...rest }) => rest));
    expect(steps).toEqual([60]);
    expect(found.every(({ waits, countedAt }) => !waits && countedAt === NOW.getTime())).toBe(true);
    const large = found.flatMap(({ largest }) => largest);
    expect(large).toHaveLength(4);
    expect(large.every(({ size }) => size >= 150_000)).toBe(true);
    const { accounts } = await openTabBackend({ storage });
    const usage = await accounts.usage(written);
    expect(usage.map(({ bytes }) => bytes)).toEqual(found.map(({ bytes }) => bytes));
  });

  test("is done in parts, each of which is kept, and a new count shows what it has not come to", async () => {
    const storage = memory();
    await writeMailboxes(storage, { accounts: 450, messages: 900 });
    const part = { again: false, forMs: -1, now: NOW };
    await (await storeOver(storage)).count(part);
    const waiting = async () =>
      (await (await storeOver(storage)).counted()).filter(({ waits }) => waits).length;
    expect(await waiting()).toBe(250);
    await (await storeOver(storage)).count(part);
    await (await storeOver(storage)).count(part);
    expect(await waiting()).toBe(0);
    const later = new Date(NOW.getTime() + 86_400_000);
    await (await storeOver(storage)).count({ ...part, again: true, now: later });
    expect(await waiting()).toBe(250);
    const rows = await (await storeOver(storage)).counted();
    // What waits still tells what was counted the day before.
    expect(new Set(rows.map(({ countedAt }) => countedAt))).toEqual(
      new Set([NOW.getTime(), later.getTime()]),
    );
    expect(rows.filter(({ before }) => before?.at === NOW.getTime())).toHaveLength(200);
  });

  test("a domain alone, accounts that come and go, and a file that is damaged", async () => {
    const storage = memory();
    await writeMailboxes(storage, { accounts: 10, messages: 50 });
    const store = await storeOver(storage);
    await store.count({ ...ALL, domain: "OFFICE1.example.com" });
    expect(new Set((await store.counted()).map(({ domain }) => domain))).toEqual(
      new Set(["office1.example.com"]),
    );
    await store.count({ ...ALL, again: true });
    expect(await store.counted()).toHaveLength(10);
    const { accounts } = await openTabBackend({ storage });
    await accounts.remove({ domain: "office0.example.com", name: "user2" });
    await store.count({ ...ALL, again: true });
    expect((await store.counted()).map(({ name }) => name)).not.toContain("user2");
    await storage.write(
      storagePath(".xmailcfg/mailboxes/counted.json"),
      Buffer.from('{"version":1,"rows":['),
    );
    expect(await store.counted()).toEqual([]);
    await store.count(ALL);
    expect(await store.counted()).toHaveLength(9);
  });

  test("is done anew although the clock was put back", async () => {
    const storage = memory();
    await writeMailboxes(storage, { accounts: 4, messages: 10 });
    const store = await storeOver(storage);
    await store.count(ALL);
    const place = storagePath("domains/office0.example.com/user0/Maildir/new/1795509200001.x");
    await storage.write(place, Buffer.alloc(5_000_000));
    await store.count({ ...ALL, again: true, now: new Date(NOW.getTime() - 3_600_000) });
    const [row] = await store.counted();
    expect(row?.bytes).toBeGreaterThan(5_000_000);
    expect(row?.waits).toBe(false);
  });

  test("a domain that nobody has leaves nothing behind, whatever it is called", async () => {
    const storage = memory();
    await writeMailboxes(storage, { accounts: 4, messages: 10 });
    const store = await storeOver(storage);
    for (const domain of ["nobody.example", "__proto__", "constructor"])
      await store.count({ ...ALL, domain });
    expect(await storage.stat(storagePath(".xmailcfg/mailboxes"))).toBeNull();
  });

  test("an account that goes while it is counted is left out", async () => {
    const storage = memory();
    await writeMailboxes(storage, { accounts: 400, messages: 100 });
    const store = await storeOver(storage);
    await store.count({ ...ALL, forMs: -1 });
    const { accounts } = await openTabBackend({ storage });
    await accounts.remove({ domain: "office1.example.com", name: "user399" });
    await store.count(ALL);
    const rows = await store.counted();
    expect(rows).toHaveLength(399);
    expect(rows.every(({ waits }) => !waits)).toBe(true);
  });

  test("what XMail 1.27 wrote: Maildir, a flat mailbox, the last sign-in", async () => {
    const storage = await realMailboxes();
    const store = await storeOver(storage);
    await store.count(ALL);
    const rows = await store.counted();
    const row = (name: string) => rows.find((one) => one.name === name);
    expect(row("hana")).toMatchObject({ messages: 2, newest: 1795509242132 });
    expect(row("hana")?.lastLogin).toBeGreaterThan(0);
    expect(row("taro")).toMatchObject({ messages: 2, lastLogin: null });
    expect(row("flat")).toMatchObject({ messages: 1, newest: 1795509289014 });
  });
});

const SAMPLES = join(import.meta.dirname, "../../fixtures/xmail/samples/mailboxes");

/** The sample mailboxes, put where they stood. */
async function realMailboxes(): Promise<Storage> {
  const storage = memory();
  await writeMailRoot(storage, { domain: "example.jp" });
  const people = ["hana", "taro", "flat"];
  const lines = people.map((name, n) => `"example.jp"\t"${name}"\t"0b0a"\t${n + 1}\t"${name}"\t"U"\n`);
  await storage.write(storagePath("mailusers.tab"), Buffer.from(lines.join("")));
  const copy = async (from: string, to: string) => {
    for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name === ".gitkeep") continue;
      const full = join(entry.parentPath, entry.name);
      await storage.write(storagePath(`${to}${full.slice(from.length)}`), await readFile(full));
    }
  };
  await copy(join(SAMPLES, "maildir/example.jp/hana"), "domains/example.jp/hana");
  await copy(join(SAMPLES, "maildir/example.jp/taro"), "domains/example.jp/taro");
  await copy(join(SAMPLES, "mailbox"), "domains/example.jp/flat");
  return storage;
}
