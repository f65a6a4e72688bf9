import { describe, expect, test } from "vitest";
import { secret } from "../../../src/errors/secret.ts";
import { memory } from "../../../src/storage/memory.ts";
import type { StoragePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import type { Backend } from "../../../src/xmail/backend.ts";
import { contentsOf, rootOver, testRoot } from "./mail-root.ts";

const D = "example.com";
const changed = expect.objectContaining({ code: "FILE_CHANGED" });

/** Calls `before` ahead of each use of `verb`, with how often it was used on `path` so far. */
function watched(
  storage: Storage,
  verb: "read" | "stat" | "write",
  path: string,
  before: (times: number) => Promise<void>,
): Storage {
  let times = 0;
  return new Proxy(storage, {
    get(target, name: keyof Storage) {
      const value = target[name];
      if (name !== verb || typeof value !== "function") return value;
      return async (...args: unknown[]) => {
        if ((args[0] as StoragePath) === path) {
          times += 1;
          await before(times);
        }
        return Reflect.apply(value, target, args);
      };
    },
  });
}

/** A clock that never shows the same time twice, and runs ahead, so that no file looks as if nobody touched it. */
function ticking(): { now(): number } {
  let time = Date.now() + 3_600_000;
  return {
    now() {
      time += 1;
      return time;
    },
  };
}

describe("a table that others write", () => {
  test("is read again when it moved meanwhile", async () => {
    const storage = memory(ticking());
    const { put } = await testRoot({ "domains.tab": '"a.test"\n' }, { storage });
    const moving = watched(storage, "stat", "domains.tab", async (times) => {
      // The first is asked for when the backend opens, the second before the read, the third after it.
      if (times === 3) await put("domains.tab", '"b.test"\n"c.test"\n');
    });
    expect(await (await openTabBackend({ storage: moving })).domains.list()).toEqual(["b.test", "c.test"]);
  });

  test("is read again when its last line is not complete", async () => {
    const storage = memory(ticking());
    const { put } = await testRoot({ "domains.tab": '"a.test"\n"b.te' }, { storage });
    const moving = watched(storage, "read", "domains.tab", async (times) => {
      if (times === 2) await put("domains.tab", '"a.test"\n"b.test"\n');
    });
    expect(await (await openTabBackend({ storage: moving })).domains.list()).toEqual(["a.test", "b.test"]);
  });

  test("is read without a last line end when it stays so", async () => {
    const { backend } = await testRoot({ "domains.tab": '"a.test"\n"b.test"' });
    expect(await backend.domains.list()).toEqual(["a.test", "b.test"]);
  });

  test("that never comes to rest is refused", async () => {
    const storage = memory(ticking());
    const { put } = await testRoot({}, { storage });
    const moving = watched(storage, "read", "domains.tab", async (times) => {
      await put("domains.tab", `"${"x".repeat(times)}.test"\n`);
    });
    await expect((await openTabBackend({ storage: moving })).domains.list()).rejects.toThrow(changed);
  });

  test("that vanishes between stat and read is looked for again", async () => {
    const storage = memory(ticking());
    const { put } = await testRoot({}, { storage });
    const vanishing = watched(storage, "read", "aliases.tab", async (times) => {
      if (times === 1) await storage.remove("aliases.tab" as StoragePath);
    });
    const moving = watched(vanishing, "stat", "aliases.tab", async (times) => {
      // The first is asked for before the read, the second after it.
      if (times === 3) await put("aliases.tab", `"${D}"\t"a"\t"b"\n`);
    });
    const backend = await openTabBackend({ storage: moving });
    expect(await backend.aliases.list()).toEqual([{ domain: D, alias: "a", target: `b@${D}` }]);
  });
});

describe("an edit", () => {
  test("is refused when the file changed since it was read, and the other's change stays", async () => {
    const storage = memory(ticking());
    const { put, file } = await testRoot({}, { storage });
    const theirs = `"${D}"\t"eve"\t"15"\t9\t"eve"\t"U"\n`;
    const moving = watched(storage, "stat", "mailusers.tab", async (times) => {
      if (times === 3) await put("mailusers.tab", theirs);
    });
    const backend = await openTabBackend({ storage: moving });
    const add = backend.accounts.add({ domain: D, name: "bob", kind: "user", password: secret("pw") });
    await expect(add).rejects.toThrow(changed);
    expect(await file("mailusers.tab")).toBe(theirs);
  });

  const removeBob = ({ accounts }: Backend) => accounts.remove({ domain: D, name: "bob" });
  test.each([
    ["an account", "mailusers.tab", 3, removeBob],
    // Holds no row of the account.
    ["an account", "pop3links.tab", 3, removeBob],
    ["a domain", "domains.tab", 4, ({ domains }: Backend) => domains.remove(D)],
  ])("of several tables, to remove %s, writes none when %s changed", async (_, path, check, remove) => {
    const storage = memory(ticking());
    const root = await testRoot(
      {
        "mailusers.tab": `"${D}"\t"bob"\t"15"\t9\t"bob"\t"U"\n`,
        "aliases.tab": `"${D}"\t"a"\t"bob"\n`,
        "extaliases.tab": `"r.test"\t"b"\t"${D}"\t"bob"\n`,
        "tabindex/aliases-0001.hdx": "index",
      },
      { storage },
    );
    const theirs = `${await root.file(path)}# theirs\n`;
    const before = await contentsOf(storage);
    const moving = watched(storage, "stat", path, async (times) => {
      if (times === check) await root.put(path, theirs);
    });
    await expect(remove(await openTabBackend({ storage: moving }))).rejects.toThrow(changed);
    expect(await contentsOf(storage)).toEqual({ ...before, [path]: theirs });
    expect(await root.file(".xmailcfg/removal.json")).toBeNull();
  });

  test("of two openers both count", async () => {
    const storage = memory(ticking());
    await testRoot({}, { storage });
    const [one, two] = [await openTabBackend({ storage }), await openTabBackend({ storage })];
    const names = Array.from({ length: 8 }, (_, i) => `user${i}`);
    await Promise.all(
      names.map((name, i) =>
        (i % 2 === 0 ? one : two).accounts.add({ domain: D, name, kind: "user", password: secret("pw") }),
      ),
    );
    const lines = (await rootOver(storage).file("mailusers.tab"))?.trimEnd().split("\n") ?? [];
    expect(new Set(lines.map((line) => line.split("\t")[3])).size).toBe(8);
  });

  test("that was called off does not begin", async () => {
    const storage = memory();
    const { backend, file } = await testRoot({}, { storage });
    const signal = AbortSignal.abort();
    await expect(backend.domains.add("example.jp", { signal })).rejects.toThrow(
      expect.objectContaining({ code: "ABORTED" }),
    );
    expect(await file("domains.tab")).toBe(`"${D}"\n`);
  });
});
