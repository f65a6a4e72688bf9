import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { secret } from "../../../src/errors/secret.ts";
import { local } from "../../../src/storage/local.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { contentsOf, type TestRoot, testRoot } from "./mail-root.ts";

const D = "example.com";
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function onDisk(): Promise<TestRoot & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "xmailcfg-left-over-"));
  folders.push(folder);
  return { ...(await testRoot({}, { storage: local(folder) })), folder };
}

function addBob({ backend }: TestRoot, kind: "user" | "list" = "user"): Promise<void> {
  return backend.accounts.add({ domain: D, name: "bob", kind, password: secret("pw") });
}

test.each(["user", "list"] as const)("a new %s takes no mail away that lists leave out", async (kind) => {
  const root = await onDisk();
  const box = join(root.folder, "domains", D, "bob/Maildir/new");
  const hidden = Buffer.concat([Buffer.from(`${box}/`), Buffer.from([0x6d, 0xff])]);
  await mkdir(box, { recursive: true });
  await writeFile(join(box, "1."), "mail");
  await writeFile(hidden, "mail");
  expect(await root.names(`domains/${D}/bob/Maildir/new`)).toEqual([]);
  await addBob(root, kind);
  expect(existsSync(join(box, "1."))).toBe(true);
  expect(existsSync(hidden)).toBe(true);
  expect(await root.file("mailusers.tab")).toContain('"bob"');
});

test("a new account does not write over the settings of an earlier one, even of the same size", async () => {
  const defaults = '"A"\t"1"\n';
  const root = await testRoot({
    [`domains/${D}/userdef.tab`]: defaults,
    [`domains/${D}/bob/user.tab`]: '"A"\t"2"\n',
  });
  const before = await contentsOf(root.storage);
  await expect(addBob(root)).rejects.toThrow(expect.objectContaining({ code: "STORAGE_EXISTS" }));
  expect(await contentsOf(root.storage)).toEqual(before);
});

test("a new account does not come beside an empty folder of the other form", async () => {
  const root = await testRoot({}, { mailboxFormat: "mailbox" });
  await root.storage.makeFolder(storagePath("domains", D, "bob/Maildir/new"));
  const before = await contentsOf(root.storage);
  await expect(addBob(root)).rejects.toThrow(expect.objectContaining({ code: "STORAGE_EXISTS" }));
  expect(await contentsOf(root.storage)).toEqual(before);
});

test("a file where the folder should be is refused and stays", async () => {
  const root = await testRoot({ [`domains/${D}/bob`]: "notes" });
  await expect(addBob(root)).rejects.toThrow(expect.objectContaining({ code: "STORAGE_EXISTS" }));
  expect(await root.file(`domains/${D}/bob`)).toBe("notes");
});
