import { describe, expect, test } from "vitest";
import type { AuditRecord } from "../../../src/kernel/audit.ts";
import { type AuditOptions, openAuditLog } from "../../../src/state/audit-log.ts";
import { verifyAudit } from "../../../src/state/audit-verify.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";

const FOLDER = storagePath("audit");

function entry(day: number, number: number, input: object = {}): AuditRecord {
  return {
    at: new Date(Date.UTC(2026, 10, day, 10, 0, number)),
    requestId: `r${day}.${number}`,
    actor: "adm_1",
    operation: "account.add",
    target: { kind: "domain", domain: "example.com" },
    input,
    phase: "done",
  };
}

/** Three records a day. */
async function logOf(days: readonly number[], options?: AuditOptions): Promise<Storage> {
  const storage = memory();
  const audit = openAuditLog(storage, options);
  for (const day of days) for (const number of [1, 2, 3]) await audit.record(entry(day, number));
  return storage;
}

async function days(storage: Storage): Promise<string[]> {
  const names = (await storage.list(FOLDER)).map(({ name }) => name);
  return names.filter((name) => name.endsWith(".jsonl")).sort();
}

describe("old days of the audit log", () => {
  test("go by age, and the rest of the chain is whole", async () => {
    const storage = await logOf([10, 11, 12, 13, 14], { days: 2 });
    expect(await days(storage)).toEqual(["2026-11-12.jsonl", "2026-11-13.jsonl", "2026-11-14.jsonl"]);
    expect(await verifyAudit(storage)).toMatchObject({ faultCount: 0, pruned: 6, first: 7, records: 11 });
  });

  test("go by size, and never the one in use", async () => {
    const storage = memory();
    const audit = openAuditLog(storage, { megabytes: 1 });
    for (const day of [10, 11, 12]) await audit.record(entry(day, 1, { text: "x".repeat(700_000) }));
    expect(await days(storage)).toEqual(["2026-11-12.jsonl"]);
    expect(await verifyAudit(storage)).toMatchObject({ faultCount: 0, first: 4 });
  });

  test("stay while nothing is too old", async () => {
    const storage = await logOf([10, 11, 12]);
    expect(await verifyAudit(storage)).toMatchObject({ faultCount: 0, pruned: null, first: 1, records: 9 });
  });

  test("a process that ended while days went leaves a log that verifies, and the next one goes on", async () => {
    const storage = memory();
    let left = 1;
    const dying: Storage = {
      ...storage,
      async remove(path, options) {
        if (path.endsWith(".jsonl") && left-- <= 0) throw new Error("killed");
        return storage.remove(path, options);
      },
    };
    const audit = openAuditLog(dying, { days: 2 });
    for (const day of [10, 11]) await audit.record(entry(day, 1));
    await expect(audit.record(entry(20, 1))).rejects.toThrow("killed");
    expect(await days(storage)).toEqual(["2026-11-11.jsonl", "2026-11-20.jsonl"]);
    expect(await verifyAudit(storage)).toMatchObject({ faultCount: 0, pruned: 1 });
    await openAuditLog(storage, { days: 2 }).record(entry(21, 1));
    expect(await days(storage)).toEqual(["2026-11-20.jsonl", "2026-11-21.jsonl"]);
    expect(await verifyAudit(storage)).toMatchObject({ faultCount: 0, pruned: 2 });
  });

  test.each<[what: string, tamper: (storage: Storage) => Promise<void>, fault: object]>([
    [
      "a day that went without a record of it",
      (storage) => storage.remove(storagePath(FOLDER, "2026-11-12.jsonl")),
      { kind: "missing", record: 1, to: 9 },
    ],
    [
      "a record of another length of the log",
      (storage) => rewrite(storage, (text) => text.replace('"through":6', '"through":9')),
      { kind: "missing", record: 1, to: 6 },
    ],
    [
      "a record with another hash",
      (storage) =>
        rewrite(storage, (text) => text.replace(/("hash":")[0-9a-f]{4}(?=[^}]*"through")/, "$10000")),
      { kind: "missing", record: 1, to: 6 },
    ],
  ])("%s is a fault", async (_, tamper, fault) => {
    const storage = await logOf([10, 11, 12, 13, 14], { days: 2 });
    await tamper(storage);
    const { faults, pruned } = await verifyAudit(storage);
    expect(faults[0]).toMatchObject(fault);
    expect(pruned).toBe(null);
  });
});

async function rewrite(storage: Storage, change: (text: string) => string): Promise<void> {
  for (const name of await days(storage)) {
    const path = storagePath(FOLDER, name);
    const text = Buffer.from(await storage.read(path)).toString();
    await storage.write(path, Buffer.from(change(text)));
  }
}
