import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { local } from "../../../src/storage/local.ts";
import { readOpened } from "../../../src/storage/local-open.ts";
import { storagePath } from "../../../src/storage/path.ts";

const top = mkdtempSync(join(tmpdir(), "local-open-"));
afterAll(() => rmSync(top, { recursive: true }));
const root = join(top, "root");
mkdirSync(join(root, "folder"), { recursive: true });
writeFileSync(join(root, "a"), "0123456789");
writeFileSync(join(top, "outside"), "secret");
const storage = local(root);
const open = (name: string) => {
  if (!storage.open) throw new Error("a local storage opens files");
  return storage.open(storagePath(name));
};

test("an open file is the same one, whatever has its name meanwhile, also by its number", async () => {
  const file = await open("a");
  await storage.write(storagePath("a"), Buffer.from("another"));
  const into = Buffer.alloc(4);
  expect(await file.read(into, 3)).toBe(4);
  expect(into.toString()).toBe("3456");
  expect(readOpened(file.descriptor, into, 8)).toBe(2);
  expect(into.toString()).toBe("8956");
  expect(await file.read(into, 10)).toBe(0);
  await file.close();
});

test("what is not there, no file or leads out is not opened", async () => {
  await expect(open("nothing")).rejects.toMatchObject({ code: "STORAGE_NOT_FOUND" });
  await expect(open("folder")).rejects.toMatchObject({ code: "STORAGE_NOT_FOUND" });
  symlinkSync(join(top, "outside"), join(root, "link"));
  await expect(open("link")).rejects.toMatchObject({ code: "STORAGE_DENIED" });
});

test("a named pipe holds nobody up", async () => {
  execFileSync("mkfifo", [join(root, "pipe")]);
  await expect(open("pipe")).rejects.toMatchObject({ code: "STORAGE_DENIED" });
});

test("nothing is opened for a caller who gave up", async () => {
  const given = storage.open?.(storagePath("a"), { signal: AbortSignal.abort() });
  await expect(given).rejects.toMatchObject({ code: "ABORTED" });
});
