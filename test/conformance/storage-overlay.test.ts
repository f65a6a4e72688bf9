import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { local } from "../../src/storage/local.ts";
import { memory } from "../../src/storage/memory.ts";
import { overlay } from "../../src/storage/overlay.ts";
import type { Capabilities } from "../../src/storage/storage.ts";
import { storageSuite } from "../../src/testing/storage-suite.ts";
import { lacking } from "./storage-lacking.ts";

describe("an overlay", () => {
  for (const { name, run } of storageSuite(async () => ({ storage: overlay(memory()) }))) test(name, run);
});

describe("an overlay over an overlay", () => {
  const open = async () => ({ storage: overlay(overlay(memory())) });
  for (const { name, run } of storageSuite(open)) test(name, run);
});

for (const capability of Object.keys(memory().can) as (keyof Capabilities)[]) {
  describe(`an overlay over a storage without ${capability}`, () => {
    const open = async () => ({ storage: overlay(lacking(memory(), capability)) });
    for (const { name, run } of storageSuite(open)) test(name, run);
  });
}

describe("an overlay over a local folder", () => {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

  const cases = storageSuite(async () => {
    const folder = await mkdtemp(join(tmpdir(), "xmailcfg-overlay-"));
    folders.push(folder);
    return { storage: overlay(local(folder)) };
  });
  for (const { name, run } of cases) test(name, run);
});
