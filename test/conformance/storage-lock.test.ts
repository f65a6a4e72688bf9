import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { local } from "../../src/storage/local.ts";
import { withLock } from "../../src/storage/lock.ts";
import { storagePath } from "../../src/storage/path.ts";
import { endChildren, startChild } from "./child-process.ts";

// Child processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const CHILD = "./storage-local-child.ts";

describe("a lock between processes", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "lock-"));
  });
  afterEach(async () => {
    await endChildren();
    rmSync(root, { recursive: true, force: true });
  });

  test("a living holder keeps others out for longer than its time", async () => {
    const holder = startChild(CHILD, "hold", root);
    await holder.says("ready");
    const begun = Date.now();
    const taking = withLock(local(root), "test", async () => "taken", { waitMs: 4_500 });
    await expect(taking).rejects.toMatchObject({ code: "STORAGE_LOCKED" });
    expect(Date.now() - begun).toBeGreaterThan(4_000);
    await holder.kill();
  });

  test("a killed holder does not block for ever, and its successor has a higher fence", async () => {
    const holder = startChild(CHILD, "hold", root);
    const fence = Number((await holder.says("ready")).split(" ")[1]);
    await holder.kill();
    const wait = { waitMs: 100 };
    await expect(withLock(local(root), "test", async () => "taken", wait)).rejects.toMatchObject({
      code: "STORAGE_LOCKED",
      internal: { owner: expect.stringMatching(/^\d+@./) },
    });
    const begun = Date.now();
    const taken = await withLock(local(root), "test", async (lease) => lease.fence);
    expect(taken).toBeGreaterThan(fence);
    expect(Date.now() - begun).toBeLessThan(15_000);
  });

  test("exactly one of many takes over from a killed holder at a time", async () => {
    const holder = startChild(CHILD, "hold", root);
    await holder.says("ready");
    await holder.kill();
    let inside = 0;
    const fences = await Promise.all(
      Array.from({ length: 12 }, () =>
        withLock(
          local(root),
          "test",
          async ({ fence }) => {
            inside += 1;
            expect(inside).toBe(1);
            await new Promise((resolve) => setTimeout(resolve, 20));
            inside -= 1;
            return fence;
          },
          { waitMs: 60_000 },
        ),
      ),
    );
    expect(new Set(fences).size).toBe(12);
  });

  test("no increment of four processes is lost, with a fifth killed among them", async () => {
    await local(root).write(storagePath("number"), Buffer.from("0"));
    const killed = startChild(CHILD, "hold", root);
    const counters = Array.from({ length: 4 }, () => startChild(CHILD, "count", root));
    await killed.says("ready");
    await killed.kill();
    await Promise.all(counters.map((child) => child.says("done")));
    expect(readFileSync(join(root, "number"), "utf8")).toBe("160");
    expect(
      readdirSync(join(root, ".xmailcfg", "locks", "test")).length,
      "old takings are cleaned",
    ).toBeLessThan(30);
  });

  test("a holder that stood still notices before it writes", async () => {
    const holder = startChild(CHILD, "stall", root);
    await holder.says("ready");
    holder.stop();
    const fence = await withLock(local(root), "test", async (lease) => {
      await lease.storage.write(storagePath("written"), Buffer.from(`successor ${lease.fence}`));
      return lease.fence;
    });
    holder.goOn();
    expect(await holder.says("refused")).toBe("refused STORAGE_LOCKED, held: false");
    expect(readFileSync(join(root, "written"), "utf8")).toBe(`successor ${fence}`);
  });

  test("locks live in one hidden folder for their owner only", async () => {
    mkdirSync(join(root, "domains"));
    await withLock(local(root), "test", async () => undefined);
    expect(readdirSync(root).sort()).toEqual([".xmailcfg", "domains"]);
  });
});
