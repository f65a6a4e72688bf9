import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { local } from "../../src/storage/local.ts";
import { memory } from "../../src/storage/memory.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { openTabBackend } from "../../src/tab/backend.ts";
import { backendSuite, type OpenedBackend } from "../../src/testing/backend-suite.ts";
import { readFileOf } from "./read-file.ts";

async function openedOver(storage: Storage): Promise<OpenedBackend> {
  await writeMailRoot(storage);
  const backend = await openTabBackend({ storage });
  return {
    backend,
    readFile: readFileOf(storage),
    async close() {
      await backend.close();
      await storage.close();
    },
  };
}

describe("files of a stopped server, in memory", () => {
  for (const { name, run } of backendSuite(() => openedOver(memory()))) test(name, run);
});

describe("files of a stopped server, in a local folder", () => {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

  const cases = backendSuite(async () => {
    const folder = await mkdtemp(join(tmpdir(), "xmailcfg-tab-"));
    folders.push(folder);
    return openedOver(local(folder));
  });
  for (const { name, run } of cases) test(name, run);
});
