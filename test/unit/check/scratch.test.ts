import { describe, expect, test } from "vitest";
import { tryScratch } from "../../../src/check/scratch.ts";
import { fail } from "../../../src/errors/error.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { through } from "../../../src/storage/through.ts";
import { readOnly } from "../../../src/storage/wrap.ts";
import { faulty } from "../../../src/testing/index.ts";
import { outcomeOf } from "../../../src/xmail/check.ts";

const HOUR_MS = 3_600_000;
const wish = { part: "mailRoot", writes: true } as const;

async function keysOf(storage: Storage, writes = true): Promise<string[]> {
  return (await tryScratch(storage, { part: "mailRoot", writes })).map(({ found }) => found);
}

async function left(storage: Storage): Promise<string[]> {
  const entries = await storage.list(storagePath(".xmailcfg")).catch(() => []);
  return entries.map(({ name }) => name);
}

describe("a scratch file", () => {
  test("goes round, all 256 byte values of it, and leaves nothing", async () => {
    const storage = memory();
    const written: Uint8Array[] = [];
    const seen = through(storage, {
      write(path, bytes, how) {
        written.push(bytes);
        return storage.write(path, bytes, how);
      },
    });
    expect(await keysOf(seen)).toEqual(["mayWrite", "bytesEqual", "renamed", "cleaned", "clockEqual"]);
    expect(new Set(written[0]).size).toBe(256);
    expect(await left(storage)).toEqual([]);
  });

  test("is not missed where nothing is ever written", async () => {
    expect(await keysOf(readOnly(memory()), false)).toEqual(["readOnlyEnough"]);
    expect(await keysOf(readOnly(memory()), true)).toEqual(["mayNotWrite"]);
  });

  test("tells of a storage that changes bytes", async () => {
    const storage = memory();
    const worn = through(storage, {
      async read(path, how) {
        return Buffer.from(await storage.read(path, how)).map((byte) => byte & 0x7f);
      },
    });
    const found = await keysOf(worn);
    expect(found).toContain("bytesDiffer");
    expect(found).toContain("renameFailed");
    expect(await left(storage)).toEqual([]);
  });

  test("tells of a clock that is an hour behind or ahead, and bears two seconds", async () => {
    for (const [off, found] of [
      [-HOUR_MS, "clockDiffers"],
      [HOUR_MS, "clockDiffers"],
      [1500, "clockEqual"],
      [-1500, "clockEqual"],
    ] as const) {
      const findings = await tryScratch(memory({ now: () => Date.now() + off }), wish);
      const clock = findings.at(-1);
      expect(clock?.found).toBe(found);
      if (found === "clockDiffers") expect(Number(clock?.values["seconds"])).toBeCloseTo(3600, -1);
    }
  });

  test("skips what the storage cannot do", async () => {
    const storage = memory();
    const poor = through(storage, {
      can: { ...storage.can, binary: false, move: false, times: false, exclusiveCreate: false },
      move: async () => fail("STORAGE_UNSUPPORTED"),
      async stat(path, how) {
        const stat = await storage.stat(path, how);
        return stat && { ...stat, mtimeMs: 0 };
      },
    });
    expect(await keysOf(poor)).toEqual(["mayWrite", "textEqual", "renameUnsupported", "cleaned"]);
  });

  test("asks for its folder where none can be made", async () => {
    const storage = memory();
    const flat = through(storage, { write: async () => fail("STORAGE_NOT_FOUND") });
    expect(await keysOf(flat)).toEqual(["writeNeedsFolder"]);
  });

  test("whichever call fails: never rejects, says so, and leaves nothing or names what it leaves", async () => {
    const fine = faulty(memory(), { call: 0, effect: "none", outcome: "fails" });
    await tryScratch(fine, wish);
    expect(fine.calls.length).toBeGreaterThan(6);
    for (const effect of ["done", "none"] as const) {
      for (const [at] of fine.calls.entries()) {
        const storage = memory();
        const broken = faulty(storage, { call: at + 1, effect, outcome: "fails" });
        const findings = await tryScratch(broken, wish);
        const remains = await left(storage);
        const told = findings.find(({ found }) => found === "scratchLeft");
        expect(told !== undefined || remains.length === 0, `${effect} ${at} ${fine.calls[at]}`).toBe(true);
        if (["write", "read", "move"].includes(fine.calls[at] ?? "")) {
          expect(findings.some((one) => outcomeOf(one) === "failure")).toBe(true);
        }
      }
    }
  });

  test("a check that was killed is cleaned up after by the next one, an hour later; nothing else is", async () => {
    let now = Date.now() - 2 * HOUR_MS;
    const storage = memory({ now: () => now });
    const old = `check-${"0".repeat(16)}.txt`;
    for (const name of [old, `check-${"1".repeat(16)}.moved`, "check-me.txt", "locks/tables/1"]) {
      await storage.write(storagePath(".xmailcfg", name), Buffer.from("x"));
    }
    now = Date.now();
    await storage.write(storagePath(".xmailcfg", `check-${"2".repeat(16)}.txt`), Buffer.from("x"));
    expect(await keysOf(storage)).toContain("cleaned");
    expect((await left(storage)).toSorted()).toEqual([
      `check-${"2".repeat(16)}.txt`,
      "check-me.txt",
      "locks",
    ]);
  });
});
