import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { MOST_SENDERS, takeSender } from "../../../src/filter/answered-senders.ts";
import { local } from "../../../src/storage/local.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { NOW } from "./vacation-world.ts";

const HOUR = 3_600_000;
const KEN = "ken@elsewhere.example";
const FOLDER = storagePath("vacation.sent");

describe("senders that were answered", () => {
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-answered-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("of many at once, one is taken", async () => {
    const account = local(folder);
    const tries = await Promise.all(Array.from({ length: 40 }, () => takeSender(account, KEN, 7, NOW)));
    expect(tries.filter((one) => one === "taken")).toHaveLength(1);
  });

  test("of two on both sides of a full hour, at most one", async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const account = memory();
      const said = await Promise.all([
        takeSender(account, KEN, 1, new Date("2026-08-03T09:59:59.999Z")),
        takeSender(account, KEN, 1, new Date("2026-08-03T10:00:00Z")),
      ]);
      expect(said.filter((one) => one === "taken").length).toBeLessThanOrEqual(1);
    }
  });

  test("what counts no more is forgotten, also what a wrong clock left", async () => {
    const account = memory();
    await takeSender(account, KEN, 7, new Date(NOW.getTime() - 8 * 24 * HOUR));
    await takeSender(account, "mai@elsewhere.example", 7, new Date("2031-01-01T00:00:00Z"));
    expect(await takeSender(account, KEN, 7, NOW)).toBe("taken");
    expect(await account.list(FOLDER)).toHaveLength(1);
  });

  test("a flood is not answered any more, and the memory does not grow", async () => {
    const account = memory();
    const hour = String(Math.floor(NOW.getTime() / HOUR)).padStart(8, "0");
    for (let at = 0; at < MOST_SENDERS - 1; at += 1) {
      await account.write(storagePath(FOLDER, `${hour}-${String(at).padStart(24, "0")}`), new Uint8Array());
    }
    expect(await takeSender(account, KEN, 7, NOW)).toBe("taken");
    expect(await takeSender(account, "mai@elsewhere.example", 7, NOW)).toBe("too-many");
    expect(await account.list(FOLDER)).toHaveLength(MOST_SENDERS);
    const later = new Date(NOW.getTime() + 8 * 24 * HOUR);
    expect(await takeSender(account, "mai@elsewhere.example", 7, later)).toBe("taken");
    expect(await account.list(FOLDER)).toHaveLength(1);
  });
});
