import { describe, expect, test } from "vitest";
import { KEYED, knownRows } from "../../../src/simulator/known-rows.ts";
import { openMailRoot } from "../../../src/simulator/root.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";

const row = (name: string, id: number) => `"example.com"\t"${name}"\t"15"\t${id}\t"${name}"\t"U"\n`;
const PATH = storagePath(KEYED.accounts.path);

describe("rows known of a table", () => {
  test("are found without regard to case, whole ones only, and numbered on", () => {
    const rows = knownRows(`${row("Hana", 7)}"example.com"\t"half"\n# no comment here\n`, KEYED.accounts);
    expect(rows.has(["EXAMPLE.com", "hana"])).toBe(true);
    expect(rows.has(["example.com", "half"])).toBe(false);
    expect(rows.highest).toBe(7);
    expect(rows.add(row("ken", 9))).toBe(true);
    expect(rows.has(["example.com", "ken"])).toBe(true);
    expect(rows.highest).toBe(9);
  });

  test("cannot be told where a row was put behind a line without an end", () => {
    const rows = knownRows(row("hana", 1).slice(0, -1), KEYED.accounts);
    expect(rows.add(row("ken", 2))).toBe(false);
  });
});

describe.each(["at start", "when needed"] as const)("a MailRoot that learns %s", (indexes) => {
  async function opened(text: string) {
    const storage = memory();
    await storage.write(PATH, Buffer.from(text));
    return { storage, root: await openMailRoot(storage, () => new Date(), { indexes }) };
  }
  const found = async (root: Awaited<ReturnType<typeof opened>>["root"], name: string) =>
    (await root.lookUp("accounts", ["example.com", name])).filter(([, of]) => of === name).length;

  test("finds what was added, one by one, also after the buckets have become too few", async () => {
    const { root, storage } = await opened(row("first", 1));
    expect(await found(root, "first")).toBe(1);
    for (let i = 2; i < 200; i += 1) {
      const rows = await root.rows("accounts");
      expect(rows?.highest).toBe(i - 1);
      expect(rows?.has(["example.com", `n${i}`])).toBe(false);
      expect(await root.append(PATH, row(`n${i}`, i))).toBe(true);
      expect(await found(root, `n${i}`)).toBe(1);
    }
    expect(await found(root, "first")).toBe(1);
    expect(await found(root, "n2")).toBe(1);
    expect(Buffer.from(await storage.read(PATH)).toString()).toContain(row("n199", 199));
  });

  test("reads again what was written anew, or removed", async () => {
    const { root } = await opened(row("hana", 1));
    expect((await root.rows("accounts"))?.has(["example.com", "hana"])).toBe(true);
    await root.write(PATH, row("ken", 2));
    expect((await root.rows("accounts"))?.has(["example.com", "hana"])).toBe(false);
    await root.remove(PATH);
    expect(await root.rows("accounts")).toBeNull();
    expect(await root.append(PATH, row("x", 1))).toBe(false);
  });
});

test("a server sees what somebody has edited by hand", async () => {
  const storage = memory();
  await storage.write(PATH, Buffer.from(row("hana", 1)));
  const root = await openMailRoot(storage, () => new Date());
  expect((await root.rows("accounts"))?.highest).toBe(1);
  await storage.write(PATH, Buffer.from(row("ken", 40)));
  expect((await root.rows("accounts"))?.highest).toBe(40);
});
