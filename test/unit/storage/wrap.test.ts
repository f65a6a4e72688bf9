import { describe, expect, test } from "vitest";
import { memory } from "../../../src/storage/memory.ts";
import { ROOT, storagePath } from "../../../src/storage/path.ts";
import { type FaultPlan, faulty, prefixed, readOnly } from "../../../src/storage/wrap.ts";

const f = storagePath("f");
const bytes = (text: string) => Buffer.from(text);
const textAt = async (storage: ReturnType<typeof memory>, path = f) =>
  Buffer.from(await storage.read(path)).toString();

describe("readOnly", () => {
  test("reads, and denies every change", async () => {
    const whole = memory();
    await whole.write(f, bytes("kept"));
    const storage = readOnly(whole);
    const changes = {
      write: () => storage.write(f, bytes("x")),
      append: () => storage.write(f, bytes("x"), { append: true }),
      move: () => storage.move(f, storagePath("g")),
      remove: () => storage.remove(f),
      makeFolder: () => storage.makeFolder(storagePath("d")),
    };
    for (const [verb, change] of Object.entries(changes)) {
      await expect(change(), verb).rejects.toMatchObject({ code: "STORAGE_DENIED" });
    }
    expect(await textAt(storage)).toBe("kept");
    expect((await storage.stat(f))?.size).toBe(4);
    expect((await storage.list(ROOT)).map(({ name }) => name)).toEqual(["f"]);
    expect(storage.watch).toBeTypeOf("function");
    expect(storage.scan).toBeTypeOf("function");
  });
});

describe("prefixed", () => {
  test("shows a part, and never leaves it", async () => {
    const whole = memory();
    const part = prefixed(whole, storagePath("a/b"));
    await part.write(f, bytes("1"));
    await whole.write(f, bytes("outside"));
    expect(await textAt(whole, storagePath("a/b/f"))).toBe("1");
    await expect(part.remove(ROOT)).rejects.toMatchObject({ code: "STORAGE_DENIED" });
    await expect(part.move(ROOT, storagePath("x"))).rejects.toMatchObject({ code: "STORAGE_PATH" });
    expect(await textAt(part)).toBe("1");
  });

  test("of the root is the storage itself", () => {
    const whole = memory();
    expect(prefixed(whole, ROOT)).toBe(whole);
  });

  test("hands on the verbs that are optional only where they are", async () => {
    const { watch: _, scan: __, ...plain } = memory();
    const part = prefixed(plain, storagePath("a"));
    expect([part.watch, part.scan]).toEqual([undefined, undefined]);
  });
});

describe("faulty", () => {
  async function twoWrites(plan: FaultPlan) {
    const whole = memory();
    await whole.write(f, bytes("0"));
    const storage = faulty(whole, plan);
    const outcomes: string[] = [];
    for (const text of ["1", "2"]) {
      const write = storage.write(f, bytes(text)).then(
        () => "done",
        (error: { code: string }) => error.code,
      );
      const late = new Promise<string>((resolve) => setTimeout(() => resolve("hangs"), 20));
      outcomes.push(await Promise.race([write, late]));
      outcomes.push(await textAt(whole));
    }
    return { outcomes, calls: storage.calls };
  }

  test("fails at the planned call, with its effect or without", async () => {
    const first = { call: 1, outcome: "fails" } as const;
    expect((await twoWrites({ ...first, effect: "none" })).outcomes).toEqual([
      "STORAGE_FAILED",
      "0",
      "done",
      "2",
    ]);
    expect((await twoWrites({ ...first, effect: "done" })).outcomes).toEqual([
      "STORAGE_FAILED",
      "1",
      "done",
      "2",
    ]);
    const second = { call: 2, outcome: "fails" } as const;
    expect((await twoWrites({ ...second, effect: "none" })).outcomes).toEqual([
      "done",
      "1",
      "STORAGE_FAILED",
      "1",
    ]);
  });

  test("hangs", async () => {
    const plan = { call: 1, outcome: "hangs", effect: "done" } as const;
    expect((await twoWrites(plan)).outcomes).toEqual(["hangs", "1", "done", "2"]);
  });

  test("for good, like a killed process", async () => {
    const plan = { call: 1, effect: "done", forGood: true } as const;
    expect((await twoWrites({ ...plan, outcome: "fails" })).outcomes).toEqual([
      "STORAGE_FAILED",
      "1",
      "STORAGE_FAILED",
      "1",
    ]);
    expect((await twoWrites({ ...plan, outcome: "hangs" })).outcomes).toEqual(["hangs", "1", "hangs", "1"]);
  });

  test("counts the verbs it is told to, and tells all", async () => {
    const plan = { call: 1, effect: "none", outcome: "fails", verbs: ["move"] } as const;
    const { outcomes, calls } = await twoWrites(plan);
    expect(outcomes).toEqual(["done", "1", "done", "2"]);
    expect(calls).toEqual(["write", "write"]);
    const storage = faulty(memory(), plan);
    await storage.write(f, bytes("1"));
    await expect(storage.move(f, storagePath("g"))).rejects.toMatchObject({ code: "STORAGE_FAILED" });
    expect(await storage.stat(f)).not.toBeNull();
  });
});
