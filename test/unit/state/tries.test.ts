import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { SILENT } from "../../../src/kernel/context.ts";
import { beginTry } from "../../../src/kernel/tries.ts";
import { tablesIn, textOfTables } from "../../../src/state/tries/file.ts";
import { countsOnStorage } from "../../../src/state/tries/on-storage.ts";
import { RULES } from "../../../src/state/tries/rules.ts";
import { add, emptyTables, judge, remove } from "../../../src/state/tries/tables.ts";
import { triesOver } from "../../../src/state/tries/tries-over.ts";
import { local } from "../../../src/storage/local.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { faulty } from "../../../src/storage/wrap.ts";
import { endChildren, startChild } from "../../conformance/child-process.ts";
import { KEY } from "../../conformance/tries-key.ts";

const NOW = new Date("2026-11-30T09:00:00Z");
const SECONDS = NOW.getTime() / 1000;
const HER = { name: "sato", address: "203.0.113.9", device: null };
const folder = mkdtempSync(join(tmpdir(), "tries-"));
afterEach(endChildren);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const over = (storage: Storage) => triesOver(countsOnStorage(storage), { key: async () => KEY });

describe("tries in a folder", () => {
  test("many processes with many tries each, at the same moment: five go on together", async () => {
    const begin = Date.now() + 4_000;
    const children = Array.from({ length: 4 }, () =>
      startChild("./tries-child.ts", join(folder, "together"), "5", String(NOW.getTime()), String(begin)),
    );
    const said = await Promise.all(children.map((child) => child.says("allowed")));
    const allowed = said.map((line) => Number(line.slice("allowed ".length)));
    expect(allowed.reduce((sum, one) => sum + one, 0)).toBe(RULES.name.most);
  }, 60_000);

  test("no name, address or password typed into the wrong box is in the files, which others cannot read", async () => {
    const place = join(folder, "quiet");
    const storage = local(place);
    const tries = over(storage);
    await tries.begin({ name: "my-Password-1", address: "203.0.113.9", device: null }, NOW);
    await tries.begin({ name: "my-Password-1", address: "203.0.113.9", device: "device-of-hers" }, NOW);
    for (const name of ["strangers.json", "owners.json"]) {
      const text = readFileSync(join(place, "tries", name), "utf8");
      expect(text.length).toBeGreaterThan(40);
      expect(text).not.toMatch(/password|203\.0|device-of/i);
      expect(statSync(join(place, "tries", name)).mode & 0o777).toBe(0o600);
    }
  });

  test("a damaged file is begun anew, and that is said", async () => {
    const place = join(folder, "damaged");
    const storage = local(place);
    await over(storage).begin(HER, NOW);
    writeFileSync(join(place, "tries", "strangers.json"), '{"version":1,"tab');
    const warned: string[] = [];
    const log = { ...SILENT, warn: (_: object, message: string) => void warned.push(message) };
    const tries = triesOver(countsOnStorage(storage, log), { key: async () => KEY });
    expect((await tries.begin(HER, NOW)).allowed).toBe(true);
    expect(warned[0]).toContain("damaged");
    expect(tablesIn(readFileSync(join(place, "tries", "strangers.json"), "utf8"))?.name.size).toBe(1);
  });
});

describe("trouble", () => {
  test("a try whose file cannot be written does not go on", async () => {
    const storage = faulty(memory(), {
      verbs: ["write"],
      call: 1,
      effect: "none",
      outcome: "fails",
      forGood: true,
    });
    await expect(over(storage).begin(HER, NOW)).rejects.toMatchObject({ code: "STORAGE_FAILED" });
  });

  test("a right password is not refused because its try cannot be taken back", async () => {
    const storage = memory();
    const begun = await over(storage).begin(HER, NOW);
    await storage.remove(storagePath("tries"));
    await storage.write(storagePath("tries"), Buffer.from("in the way"));
    if (!begun.allowed) throw new Error("refused");
    await expect(begun.succeeded()).resolves.toBeUndefined();
  });

  test("who is refused is told when to come again", async () => {
    const tries = over(memory());
    for (let count = 0; count < RULES.name.most; count += 1) await beginTry(tries, HER, NOW);
    await expect(beginTry(tries, HER, NOW)).rejects.toMatchObject({
      code: "TOO_MANY_TRIES",
      message: "Too many tries. Try again in 15 minutes.",
      retryAfterSeconds: 900,
    });
  });

  test("who has to wait costs no lock and no write", async () => {
    const storage = memory();
    for (let count = 0; count < RULES.name.most; count += 1) await over(storage).begin(HER, NOW);
    const watched = faulty(storage, { verbs: ["write"], call: 99, effect: "none", outcome: "fails" });
    expect((await over(watched).begin(HER, NOW)).allowed).toBe(false);
    expect(watched.calls).toEqual(["read"]);
  });
});

describe("a full table", () => {
  const { kept, most, everySeconds } = RULES.name;
  const one = (key: string) => [{ rule: "name", key }] as const;
  /** As many names as are told apart, `tries` tries each. */
  function filled(tries: number) {
    const tables = emptyTables();
    for (let index = 0; index < kept; index += 1) {
      const key = String(index).padStart(16, "0");
      for (let count = 0; count < tries; count += 1) add(tables, one(key), SECONDS);
    }
    return tables;
  }

  test("stays as large as it is, and the name that is guessed at stays in it", () => {
    const tables = filled(1);
    for (let count = 1; count < most; count += 1) add(tables, one("0000000000000007"), SECONDS);
    for (let index = 0; index < 500; index += 1) add(tables, one(`new${index}`.padEnd(16, "x")), SECONDS);
    expect(tables.name.size).toBe(kept);
    expect(judge(tables, one("0000000000000007"), SECONDS)).toEqual({ waitSeconds: everySeconds });
    expect(textOfTables(tables, SECONDS).length).toBeLessThan(100_000);
  });

  test("gives nobody more tries, however many names come in between", () => {
    const tables = filled(most - 2);
    const her = one("her".padEnd(16, "x"));
    let goneOn = 0;
    for (let round = 0; round < 10; round += 1) {
      if ("counting" in judge(tables, her, SECONDS)) {
        add(tables, her, SECONDS);
        goneOn += 1;
      }
      for (let index = 0; index < 50; index += 1)
        add(tables, one(`${round} ${index}`.padEnd(16, "y")), SECONDS);
    }
    expect(goneOn).toBeGreaterThan(0);
    expect(goneOn).toBeLessThanOrEqual(most);
  });

  test("runs empty by itself", () => {
    const tables = filled(most);
    expect(judge(tables, one("new".padEnd(16, "x")), SECONDS)).toEqual({ waitSeconds: everySeconds });
    const later = SECONDS + most * everySeconds;
    expect(judge(tables, one("new".padEnd(16, "x")), later)).toHaveProperty("counting");
    add(tables, one("new".padEnd(16, "x")), later);
    expect(tables.name.size).toBe(1);
  });

  test("comes back from its file as it was, without what ran empty", () => {
    const tables = filled(2);
    const gone = [...tables.name.keys()][0] ?? "";
    remove(tables, one(gone), SECONDS);
    remove(tables, one(gone), SECONDS);
    tables.near.set("A".repeat(16), SECONDS);
    const back = tablesIn(textOfTables(tables, SECONDS));
    expect(back?.name).toEqual(tables.name);
    expect(back?.name.has(gone)).toBe(false);
    expect(back?.near.size).toBe(0);
  });

  test.each(["", "null", "[]", '{"version":2,"tables":{}}', '{"version":1,"tables":{"name":1}}'])(
    "%j is no such file",
    (text) => expect(tablesIn(text)).toBeNull(),
  );

  test("rules that are no more are left out, and no table is made by its name", () => {
    const text = '{"version":1,"tables":{"__proto__":"AAAA","constructor":"AAAA","old":"AAAA"}}';
    expect(tablesIn(text)).toEqual(emptyTables());
  });
});
