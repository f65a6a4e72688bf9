import { describe, expect, test } from "vitest";
import { fail } from "../../../src/errors/error.ts";
import { secret } from "../../../src/errors/secret.ts";
import { memory } from "../../../src/storage/memory.ts";
import { type StoragePath, storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import { lacking } from "../../conformance/storage-lacking.ts";
import { contentsOf, type TestRoot, testRoot } from "./mail-root.ts";

const D = "example.com";
const NOTE = ".xmailcfg/removal.json";
const BOB = { domain: D, name: "bob" };

function row(name: string, directory: string): string {
  return `"${D}"\t"${name}"\t"15"\t1\t"${directory}"\t"U"\n`;
}

async function expectOthersGoOn({ backend }: TestRoot): Promise<void> {
  await backend.domains.add("example.jp");
  expect(await backend.domains.list()).toContain("example.jp");
}

/** A storage in which `path` can be neither removed nor moved. */
function holdingFast(storage: Storage, path: string): Storage {
  return new Proxy(storage, {
    get(target, verb: keyof Storage) {
      if (verb === "remove")
        return async (at: StoragePath) => (at === path ? fail("STORAGE_DENIED") : target.remove(at));
      if (verb === "move")
        return async (at: StoragePath, to: StoragePath) =>
          at === path ? fail("STORAGE_DENIED") : target.move(at, to);
      return target[verb];
    },
  });
}

/** A storage that keeps all names in lower case, as one that does not tell `A` from `a` finds them. */
function caseBlind(storage: Storage): Storage {
  return new Proxy(storage, {
    get(target, verb: keyof Storage) {
      const value = target[verb];
      if (verb === "can") return { ...target.can, caseSensitive: false };
      if (typeof value !== "function") return value;
      return (at: string, ...more: unknown[]) => Reflect.apply(value, target, [at.toLowerCase(), ...more]);
    },
  });
}

describe("an account whose folder is no path below its domain", () => {
  test.each(["../x", "../../spool", "", ".", "bob/"])(
    "%j: is refused before anything changed",
    async (directory) => {
      const root = await testRoot({ "mailusers.tab": row("bob", directory) });
      const before = await contentsOf(root.storage);
      await expect(root.backend.accounts.remove(BOB)).rejects.toThrow(
        expect.objectContaining({ code: "STORAGE_PATH", message: expect.stringContaining("mailusers.tab") }),
      );
      expect(await contentsOf(root.storage)).toEqual(before);
      expect(await root.file(NOTE)).toBeNull();
      await expectOthersGoOn(root);
    },
  );
});

describe("a removal that cannot be ended", () => {
  test("stands in no other change's way, and what was to go stays known", async () => {
    const folder = `domains/${D}/bob`;
    const storage = lacking(holdingFast(memory(), folder), "move");
    const root = await testRoot(
      { "mailusers.tab": row("bob", "bob"), [`${folder}/Maildir/new/1`]: "mail" },
      { storage },
    );
    await expect(root.backend.accounts.remove(BOB)).rejects.toThrow(
      expect.objectContaining({ code: "STORAGE_DENIED" }),
    );
    expect(await root.file("mailusers.tab")).toBe("");
    const journal = await root.file(".xmailcfg/change.json");
    expect(journal).toContain("bob");
    await expectOthersGoOn(root);
    expect(await root.file(".xmailcfg/change.json")).toBeNull();
    expect(await root.file(".xmailcfg/change-unfinished-1.json")).toBe(journal);
    expect(await root.file(`${folder}/Maildir/new/1`)).toBe("mail");
  });

  test("where folders are moved to the bin, changes nothing", async () => {
    const folder = `domains/${D}/bob`;
    const storage = holdingFast(memory(), folder);
    const root = await testRoot(
      { "mailusers.tab": row("bob", "bob"), [`${folder}/Maildir/new/1`]: "mail" },
      { storage },
    );
    const before = await contentsOf(storage);
    await expect(root.backend.accounts.remove(BOB)).rejects.toThrow(
      expect.objectContaining({ code: "STORAGE_DENIED" }),
    );
    expect(await contentsOf(storage)).toEqual(before);
    expect(await root.file(".xmailcfg/change.json")).toBeNull();
    await expectOthersGoOn(root);
  });

  test("is set aside next to earlier ones", async () => {
    const storage = holdingFast(memory(), `domains/${D}/bob`);
    const root = await testRoot(
      { [`domains/${D}/bob/user.tab`]: "", ".xmailcfg/removal-unfinished-1.json": "earlier" },
      { storage },
    );
    await root.put(NOTE, JSON.stringify({ domain: D, directories: ["bob"] }));
    await expectOthersGoOn(root);
    expect(await root.file(".xmailcfg/removal-unfinished-1.json")).toBe("earlier");
    expect(await root.file(".xmailcfg/removal-unfinished-2.json")).toContain("bob");
  });

  test("is set aside when its note names no path", async () => {
    const root = await testRoot();
    await root.put(NOTE, JSON.stringify({ domain: D, directories: ["../x"] }));
    await expectOthersGoOn(root);
    expect(await root.file(".xmailcfg/removal-unfinished-1.json")).toContain("../x");
  });
});

test("of two rows of one name both folders go", async () => {
  const root = await testRoot({
    "mailusers.tab": row("bob", "bob") + row("BOB", "BOB") + row("carol", "carol"),
    [`domains/${D}/bob/user.tab`]: "",
    [`domains/${D}/BOB/user.tab`]: "",
    [`domains/${D}/carol/user.tab`]: "",
  });
  await root.backend.accounts.remove(BOB);
  expect(await root.names(`domains/${D}`)).toEqual(["carol"]);
  expect(await root.file("mailusers.tab")).toBe(row("carol", "carol"));
});

describe("where A and a are one file", () => {
  test("a note of an earlier removal does not take the folder of a living account", async () => {
    const storage = caseBlind(memory());
    const root = await testRoot(
      { "mailusers.tab": row("bob", "Bob"), [`domains/${D}/Bob/Maildir/new/1`]: "mail" },
      { storage },
    );
    await root.put(NOTE, JSON.stringify({ domain: D, directories: ["bob"] }));
    await expectOthersGoOn(root);
    expect(await root.file(`domains/${D}/Bob/Maildir/new/1`)).toBe("mail");
  });

  test("neither removal nor a new account takes the folder another one uses", async () => {
    const storage = caseBlind(memory());
    const mail = `domains/${D}/Bob/Maildir/new/1`;
    const root = await testRoot(
      { "mailusers.tab": row("bob", "bob") + row("eve", "Bob"), [mail]: "mail" },
      { storage },
    );
    await expect(root.backend.accounts.remove(BOB)).rejects.toThrow(
      expect.objectContaining({ code: "CONFLICT" }),
    );
    expect(await root.file(mail)).toBe("mail");
    await root.put("mailusers.tab", row("eve", "BOB"));
    const backend = await openTabBackend({ storage });
    await expect(backend.accounts.add({ ...BOB, kind: "user", password: secret("x") })).rejects.toThrow(
      expect.objectContaining({ code: "STORAGE_EXISTS" }),
    );
  });

  test("where they are two, each keeps its own", async () => {
    const root = await testRoot({
      "mailusers.tab": row("bob", "bob") + row("eve", "Bob"),
      [`domains/${D}/bob/user.tab`]: "",
      [`domains/${D}/Bob/user.tab`]: "",
    });
    await root.backend.accounts.remove(BOB);
    expect(await root.storage.stat(storagePath("domains", D, "bob"))).toBeNull();
    expect(await root.file(`domains/${D}/Bob/user.tab`)).toBe("");
  });
});
