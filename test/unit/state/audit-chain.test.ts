import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AuditRecord, AuditVerdict } from "../../../src/kernel/audit.ts";
import { openAuditLog } from "../../../src/state/audit-log.ts";
import { verifyAudit } from "../../../src/state/audit-verify.ts";
import { canonicalJson } from "../../../src/state/canonical-json.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";

const HEAD = storagePath("audit/head.json");

function entry(number: number, day = 24): AuditRecord {
  return {
    at: new Date(Date.UTC(2026, 10, day, 10, 0, number)),
    requestId: `r${number}`,
    actor: "adm_1",
    operation: "account.add",
    target: { kind: "domain", domain: "example.com" },
    input: { domain: "example.com", name: `n${number}`, password: "***" },
    phase: "intent",
  };
}

const known = new Map<number, Promise<Storage>>();

/** Records over three days: a copy, to be tampered with. */
async function logOf(count: number): Promise<Storage> {
  const original = known.get(count) ?? written(count);
  known.set(count, original);
  const storage = memory();
  for (const { name, kind } of await (await original).list(storagePath("audit"))) {
    const path = storagePath("audit", name);
    if (kind === "file") await storage.write(path, await (await original).read(path));
  }
  return storage;
}

async function written(count: number): Promise<Storage> {
  const storage = memory();
  const audit = openAuditLog(storage);
  for (let number = 1; number <= count; number++) {
    await audit.record(entry(number, 24 + Math.floor((3 * (number - 1)) / count)));
  }
  return storage;
}

async function linesIn(
  storage: Storage,
): Promise<{ path: ReturnType<typeof storagePath>; lines: string[] }[]> {
  const files = (await storage.list(storagePath("audit")))
    .filter(({ name }) => name.endsWith(".jsonl"))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return Promise.all(
    files.map(async ({ name }) => {
      const path = storagePath("audit", name);
      return {
        path,
        lines: Buffer.from(await storage.read(path))
          .toString()
          .split("\n")
          .slice(0, -1),
      };
    }),
  );
}

/** Puts other lines in the place of all, in the same files as far as they go. */
async function rewrite(storage: Storage, change: (lines: string[]) => string[]): Promise<void> {
  const files = await linesIn(storage);
  const lines = change(files.flatMap((file) => file.lines));
  for (const [index, { path, lines: old }] of files.entries()) {
    const own = lines.splice(0, index === files.length - 1 ? lines.length : old.length);
    await storage.write(path, Buffer.from(own.map((line) => `${line}\n`).join("")));
  }
}

const kinds = ({ faults }: AuditVerdict) => faults.map(({ kind, record, to }) => [kind, record, to ?? null]);

describe("the chain of the audit log", () => {
  test("goes on across days, and is whole", async () => {
    const storage = await logOf(9);
    expect((await linesIn(storage)).map(({ lines }) => lines.length)).toEqual([3, 3, 3]);
    const verdict = await verifyAudit(storage);
    expect(verdict).toMatchObject({
      faults: [],
      faultCount: 0,
      records: 9,
      first: 1,
      unchained: 0,
      interrupted: 0,
    });
    expect(verdict.last?.number).toBe(9);
  });

  test("goes on when the clock is set back", async () => {
    const storage = memory();
    const audit = openAuditLog(storage);
    await audit.record(entry(1, 25));
    await audit.record(entry(2, 24));
    await audit.record(entry(3, 26));
    expect(await verifyAudit(storage)).toMatchObject({ faultCount: 0, records: 3 });
  });

  test("tells any removal, change, swap, repetition, insertion and truncation", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 3, max: 12 }),
        fc.nat(),
        fc.nat(),
        fc.constantFrom("remove", "change", "rehash", "swap", "repeat", "insert", "truncate", "cut"),
        async (count, one, two, how) => {
          const storage = await logOf(count);
          const at = one % count;
          const other = (at + 1 + (two % (count - 1))) % count;
          await rewrite(storage, (lines) => tampered(lines, how, at, other, two));
          expect((await verifyAudit(storage)).faultCount).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("tells any changed letter of any line", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 32, max: 126 }), async (line, column, code) => {
        const storage = await logOf(6);
        let changed = false;
        await rewrite(storage, (lines) =>
          lines.map((text, index) => {
            if (index !== line % 6) return text;
            const at = column % text.length;
            const next = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
            changed = next !== text;
            return next;
          }),
        );
        expect((await verifyAudit(storage)).faultCount > 0).toBe(changed);
      }),
      { numRuns: 500 },
    );
  });

  test("names what is gone, changed and moved", async () => {
    const gone = await logOf(9);
    await gone.remove(storagePath("audit/2026-11-25.jsonl"));
    expect(kinds(await verifyAudit(gone))).toEqual([["missing", 4, 6]]);
    const begun = await logOf(9);
    await begun.remove(storagePath("audit/2026-11-24.jsonl"));
    expect(kinds(await verifyAudit(begun))).toEqual([["missing", 1, 3]]);
    const ended = await logOf(9);
    await ended.remove(storagePath("audit/2026-11-26.jsonl"));
    expect(kinds(await verifyAudit(ended))).toEqual([["missing", 7, 9]]);
    const swapped = await logOf(9);
    await rewrite(swapped, (lines) => tampered(lines, "swap", 4, 5, 0));
    expect(kinds(await verifyAudit(swapped))).toEqual([
      ["missing", 5, 5],
      ["moved", 5, null],
    ]);
    const changed = await logOf(9);
    await rewrite(changed, (lines) => tampered(lines, "change", 4, 0, 0));
    const verdict = await verifyAudit(changed);
    expect(verdict.faults).toEqual([{ kind: "changed", record: 5, file: "2026-11-25.jsonl", line: 2 }]);
    expect((await verifyAudit(changed, { after: 5 })).faultCount).toBe(0);
    expect((await verifyAudit(changed, { after: 4 })).faultCount).toBe(1);
  });

  test("a log that was cut off keeps the gap, also after it went on", async () => {
    const storage = await logOf(9);
    await rewrite(storage, (lines) => lines.slice(0, 7));
    await openAuditLog(storage).record(entry(10, 26));
    expect(kinds(await verifyAudit(storage))).toEqual([["missing", 8, 9]]);
  });

  test("a head that somebody took away is told, also after the log went on without", async () => {
    const storage = await logOf(6);
    await storage.remove(HEAD);
    expect(kinds(await verifyAudit(storage))).toEqual([["headMissing", null, null]]);
    await openAuditLog(storage).record(entry(7, 26));
    expect(kinds(await verifyAudit(storage))).toEqual([["headLost", 7, null]]);
  });

  test("a head damaged by a power cut stops nothing", async () => {
    const storage = await logOf(6);
    await storage.write(HEAD, Buffer.alloc(40));
    await openAuditLog(storage).record(entry(7, 26));
    expect(await verifyAudit(storage)).toMatchObject({ faultCount: 0, records: 7 });
  });

  test("only a head noted elsewhere tells that all of it was written anew", async () => {
    const storage = await logOf(6);
    const { last } = await verifyAudit(storage);
    const head = last?.hash ?? "";
    await openAuditLog(storage).record(entry(7, 26));
    expect((await verifyAudit(storage, { head: head.toUpperCase() })).faultCount).toBe(0);
    const anew = memory();
    const audit = openAuditLog(anew);
    for (const number of [1, 2, 3, 5, 6, 7]) await audit.record(entry(number, 26));
    expect((await verifyAudit(anew)).faultCount).toBe(0);
    expect(kinds(await verifyAudit(anew, { head }))).toEqual([["notThere", null, null]]);
  });

  test("lines from before the chain are read and told, and none may follow it", async () => {
    const storage = memory();
    const path = storagePath("audit/2026-11-24.jsonl");
    await storage.write(path, Buffer.from(`${JSON.stringify(entry(1))}\n${JSON.stringify(entry(2))}\n`));
    expect(await verifyAudit(storage)).toMatchObject({ faultCount: 0, records: 0, unchained: 2, last: null });
    await openAuditLog(storage).record(entry(3));
    expect(await verifyAudit(storage)).toMatchObject({ faultCount: 0, records: 1, unchained: 2 });
    await storage.write(path, Buffer.from(`${JSON.stringify(entry(4))}\n`), { append: true });
    await openAuditLog(storage).record(entry(5));
    expect(kinds(await verifyAudit(storage))).toEqual([["added", 1, null]]);
  });

  test("a process that ended anywhere in a line leaves a whole chain", async () => {
    const whole = await logOf(3);
    const files = await linesIn(whole);
    const line = files[2]?.lines[0] ?? "";
    for (let length = 0; length <= line.length + 1; length += 7) {
      const storage = await logOf(2);
      const path = storagePath("audit/2026-11-25.jsonl");
      const before = await verifyAudit(storage);
      const written = `${await nextLine(storage)}\n`.slice(0, length);
      await storage.write(path, Buffer.from(written), { append: true });
      await openAuditLog(storage).record(entry(9, 25));
      const verdict = await verifyAudit(storage);
      expect([length, verdict.faultCount]).toEqual([length, 0]);
      expect(verdict.records + verdict.interrupted).toBe(before.records + 1 + (length > 0 ? 1 : 0));
    }
  });

  test("a line written whole, whose process ended before the head, counts", async () => {
    const storage = await logOf(2);
    const line = await nextLine(storage);
    await storage.write(storagePath("audit/2026-11-25.jsonl"), Buffer.from(line), { append: true });
    await openAuditLog(storage).record(entry(9, 25));
    expect(await verifyAudit(storage)).toMatchObject({ faultCount: 0, records: 4, interrupted: 0 });
  });
});

/** What the next record would be, as a process would write it that is ended before it moves the head. */
async function nextLine(storage: Storage): Promise<string> {
  const copy = memory();
  for (const { path, lines } of await linesIn(storage)) {
    await copy.write(path, Buffer.from(`${lines.join("\n")}\n`));
  }
  await copy.write(HEAD, await storage.read(HEAD));
  await openAuditLog(copy).record(entry(3, 25));
  return (await linesIn(copy)).flatMap(({ lines }) => lines).at(-1) ?? "";
}

function tampered(lines: string[], how: string, at: number, other: number, two: number): string[] {
  const line = lines[at] ?? "";
  const with_ = (text: string) => lines.map((old, index) => (index === at ? text : old));
  switch (how) {
    case "remove":
      return lines.filter((_, index) => index !== at);
    case "change":
      return with_(line.replace('"actor":"adm_1"', '"actor":"adm_2"'));
    case "rehash": {
      // Whoever knows how counts the hash anew, and has to change all that follows, and the head.
      const { hash: _old, ...open } = JSON.parse(line.replace("adm_1", "adm_2")) as Record<string, unknown>;
      const hash = createHash("sha256").update(canonicalJson(open)).digest("hex");
      return with_(canonicalJson({ ...open, hash }));
    }
    case "swap":
      return lines.map((old, index) => (index === at ? lines[other] : index === other ? line : old) ?? "");
    case "repeat":
      return lines.toSpliced(other, 0, line);
    case "insert":
      return lines.toSpliced(at + 1, 0, JSON.stringify({ ...entry(99), seq: undefined }));
    case "truncate":
      return lines.slice(0, -1 - (two % (lines.length - 1)));
    default:
      return [...lines.slice(0, -1), (lines.at(-1) ?? "").slice(0, two % 60)];
  }
}
