import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { local } from "../../../src/storage/local.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { findAccount } from "../../../src/tab/account-index.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function mailRoot(text: string, changedAgoMs: number) {
  const folder = await mkdtemp(join(tmpdir(), "kept-index-"));
  folders.push(folder);
  const path = join(folder, "mailusers.tab");
  const write = async (content: string, agoMs: number) => {
    await writeFile(path, content);
    const at = new Date(Date.now() - agoMs);
    await utimes(path, at, at);
  };
  await write(text, changedAgoMs);
  const storage = local(folder);
  let reads = 0;
  const counted: Storage = {
    ...storage,
    read: (...given) => {
      reads += 1;
      return storage.read(...given);
    },
  };
  return { storage: counted, write, reads: () => reads };
}

const row = (name: string) => `"example.com"\t"${name}"\t"0a"\t1\t"${name}"\t"U"\n`;
const ref = (name: string) => ({ domain: "example.com", name });

test("a table at rest is read once", async () => {
  const { storage, reads } = await mailRoot(row("ken"), 60_000);
  await findAccount(storage, ref("ken"));
  expect(await findAccount(storage, ref("KEN"))).toMatchObject({ name: "ken" });
  expect(reads()).toBe(1);
});

test("a change shows at once, by size or by time", async () => {
  const { storage, write } = await mailRoot(row("ken"), 60_000);
  await findAccount(storage, ref("ken"));
  await write(row("kenji"), 60_000);
  expect(await findAccount(storage, ref("kenji"))).not.toBeNull();
  await write(row("saito"), 30_000);
  expect(await findAccount(storage, ref("kenji"))).toBeNull();
  expect(await findAccount(storage, ref("saito"))).not.toBeNull();
});

test("a table written in the moment of reading is read again: its time may not tell the next write", async () => {
  const { storage, reads } = await mailRoot(row("ken"), 0);
  await findAccount(storage, ref("ken"));
  await findAccount(storage, ref("ken"));
  expect(reads()).toBe(2);
});

test("a storage without times keeps nothing", async () => {
  const { storage, reads } = await mailRoot(row("ken"), 60_000);
  const timeless = { ...storage, can: { ...storage.can, times: false } };
  await findAccount(timeless, ref("ken"));
  await findAccount(timeless, ref("ken"));
  expect(reads()).toBe(2);
  expect(await timeless.stat(storagePath("mailusers.tab"))).not.toBeNull();
});
