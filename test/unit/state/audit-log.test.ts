import { describe, expect, test } from "vitest";
import type { AuditRecord } from "../../../src/kernel/audit.ts";
import { openAuditLog } from "../../../src/state/audit-log.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";

const DAY = storagePath("audit/2026-11-24.jsonl");

function entry(change: Partial<AuditRecord> = {}): AuditRecord {
  return {
    at: new Date("2026-11-24T10:00:00.123Z"),
    requestId: "r1",
    actor: "adm_1",
    from: "192.0.2.1",
    operation: "account.add",
    target: { kind: "domain", domain: "example.com" },
    input: { domain: "example.com", password: "***" },
    phase: "intent",
    ...change,
  };
}

async function linesOf(storage: ReturnType<typeof memory>, path = DAY): Promise<string[]> {
  return Buffer.from(await storage.read(path))
    .toString()
    .split("\n");
}

describe("the audit log", () => {
  test("has one line of JSON for each record, in the file of its day", async () => {
    const storage = memory();
    const audit = openAuditLog(storage);
    await audit.record(entry());
    await audit.record(entry({ phase: "failed", code: "ACCOUNT_EXISTS" }));
    await audit.record(entry({ at: new Date("2026-11-25T00:00:00Z") }));
    const [first = "", second = "", end] = await linesOf(storage);
    expect(JSON.parse(first)).toEqual({
      ...entry(),
      at: "2026-11-24T10:00:00.123Z",
      seq: 1,
      previous: "0".repeat(64),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.parse(second)).toMatchObject({ phase: "failed", code: "ACCOUNT_EXISTS" });
    expect(end).toBe("");
    expect(await linesOf(storage, storagePath("audit/2026-11-25.jsonl"))).toHaveLength(2);
    expect((await storage.stat(DAY))?.mode).toBe(0o600);
  });

  test("keeps a line a line, whatever a stranger typed", async () => {
    const storage = memory();
    const name = 'x\n{"actor":"adm_1","phase":"done"}\r\n\u2028';
    await openAuditLog(storage).record(entry({ input: { name } }));
    const lines = await linesOf(storage);
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ input: { name } });
  });

  test("keeps the order in which records were handed over", async () => {
    const storage = memory();
    let writes = 0;
    const audit = openAuditLog({
      ...storage,
      // The later, the faster: whoever does not wait in turn overtakes.
      async write(path, bytes, options) {
        writes += 1;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, 20 - writes)));
        await storage.write(path, bytes, options);
      },
    });
    const ids = Array.from({ length: 50 }, (_, index) => `r${index}`);
    await Promise.all(ids.map((requestId) => audit.record(entry({ requestId }))));
    const found = (await linesOf(storage))
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as AuditRecord).requestId);
    expect(found).toEqual(ids);
  });

  test("begins a new line after half a line that a killed process left", async () => {
    const storage = memory();
    await storage.write(DAY, Buffer.from('{"at":"2026-11-24T09'));
    const audit = openAuditLog(storage);
    await audit.record(entry());
    await audit.record(entry());
    const lines = await linesOf(storage);
    expect(lines[0]).toBe('{"at":"2026-11-24T09');
    expect(lines.slice(1, 3).map((line) => (JSON.parse(line) as AuditRecord).requestId)).toEqual([
      "r1",
      "r1",
    ]);
  });

  test("says when a record could not be kept, and keeps the next one", async () => {
    const storage = memory();
    let full = true;
    const audit = openAuditLog({
      ...storage,
      async write(path, bytes, options) {
        if (full) throw new Error("no space");
        await storage.write(path, bytes, options);
      },
    });
    await expect(audit.record(entry())).rejects.toThrowError("no space");
    full = false;
    await audit.record(entry({ requestId: "r2" }));
    expect(await linesOf(storage)).toHaveLength(2);
  });
});
