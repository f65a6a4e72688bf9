import { expect, test } from "vitest";
import { decodePassword } from "../../../src/crypto/password-code.ts";
import { Secret } from "../../../src/errors/secret.ts";
import { DEMO_CTRL, seedDemo } from "../../../src/simulator/demo-root.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { memory } from "../../../src/storage/memory.ts";
import { ROOT, type StoragePath, storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { parseTable, textOf } from "../../../src/tab/codec.ts";
import { FILES } from "../../../src/tab/files.ts";

async function rows(storage: Storage, path: string): Promise<readonly (readonly string[])[]> {
  const bytes = await storage.read(storagePath(path));
  return parseTable(bytes, { comments: true, lineBuffer: 2048 }).rows.map(({ cells }) => cells);
}

test("a fresh MailRoot has every table that must be there, one domain and no account", async () => {
  const storage = memory();
  await writeMailRoot(storage, {
    domain: "Example.ORG",
    ctrl: { account: "boss", password: new Secret("pä") },
  });
  for (const file of Object.values(FILES)) {
    if (file.path.includes("{") || "absent" in file) continue;
    expect(await storage.stat(storagePath(file.path)), file.path).toMatchObject({ kind: "file" });
  }
  expect(await rows(storage, "domains.tab")).toEqual([["example.org"]]);
  expect(await rows(storage, "mailusers.tab")).toEqual([]);
  const [account] = await rows(storage, "ctrlaccounts.tab");
  expect(account?.[0]).toBe("boss");
  expect(textOf(decodePassword(account?.[1] ?? "") ?? "")).toBe("pä");
  expect(await storage.stat(storagePath("cmdaliases/example.org"))).toMatchObject({ kind: "folder" });
});

test("nobody may sign in when nobody is named", async () => {
  const storage = memory();
  await writeMailRoot(storage);
  expect(await rows(storage, "ctrlaccounts.tab")).toEqual([]);
});

test("the demo has something of everything, and is always the same", async () => {
  const [one, two] = [memory(), memory()];
  await seedDemo(one);
  await seedDemo(two);
  expect(await everything(one)).toEqual(await everything(two));
  const accounts = await rows(one, "mailusers.tab");
  expect(accounts.length).toBeGreaterThanOrEqual(115);
  expect(await rows(one, "domains.tab")).toHaveLength(4);
  expect(new Set(accounts.map(([domain, name]) => `${name}@${domain}`)).size).toBe(accounts.length);
  const files = [...(await everything(one))];
  const ofAll = (pattern: RegExp) => files.filter(([, text]) => pattern.test(text)).length;
  expect(ofAll(/=\?UTF-8\?B\?/)).toBeGreaterThan(50);
  expect(ofAll(/"ReceiveEnable"\t"0"/)).toBeGreaterThan(3);
  expect(files.filter(([path]) => path.includes("/froz/")).length).toBeGreaterThan(2);
  expect((await rows(one, "aliases.tab")).some(([, alias]) => alias === "*")).toBe(true);
  expect((await rows(one, "ctrlaccounts.tab"))[0]?.[0]).toBe(DEMO_CTRL.account);
});

test("each account of the demo has its folder, and some mailboxes are nearly full", async () => {
  const storage = memory();
  await seedDemo(storage);
  let nearlyFull = 0;
  for (const [domain, , , , directory, kind] of await rows(storage, "mailusers.tab")) {
    const folder = `domains/${domain}/${directory}`;
    expect(await storage.stat(storagePath(`${folder}/user.tab`)), folder).not.toBe(null);
    if (kind === "M") continue;
    const variables = new Map(
      (await rows(storage, `${folder}/user.tab`)).map(([name, value]) => [name, value]),
    );
    const limit = Number(variables.get("MaxMBSize")) * 1024;
    const messages = await storage.list(storagePath(`${folder}/Maildir/new`));
    const size = messages.reduce((sum, message) => sum + message.size, 0);
    if (limit > 0 && size > 0.9 * limit) nearlyFull += 1;
  }
  expect(nearlyFull).toBeGreaterThan(5);
});

async function everything(storage: Storage, folder: StoragePath = ROOT): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await storage.list(folder)) {
    const path = storagePath(...(folder === ROOT ? [] : [folder]), entry.name);
    if (entry.kind === "file") found.set(path, Buffer.from(await storage.read(path)).toString("latin1"));
    else for (const [below, text] of await everything(storage, path)) found.set(below, text);
  }
  return found;
}
