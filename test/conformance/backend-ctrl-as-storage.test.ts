import { describe, expect, test } from "vitest";
import { openCtrlClient } from "../../src/ctrl/client.ts";
import { secret } from "../../src/errors/secret.ts";
import { type OpenOptions, openXMail } from "../../src/open.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { ctrlFiles } from "../../src/storage/ctrl-files.ts";
import { memory } from "../../src/storage/memory.ts";
import { accountsOf } from "../../src/testing/backend/stage.ts";
import { backendSuite, type OpenedBackend } from "../../src/testing/backend-suite.ts";
import { readFileOf } from "./read-file.ts";

const CTRL = { account: "admin", password: "Adm1n-Secret" };

/** A MailRoot behind a control port, its files read through the same port. */
async function opened(reads: NonNullable<OpenOptions["reads"]> = "files"): Promise<OpenedBackend> {
  const disk = memory();
  await writeMailRoot(disk, { ctrl: CTRL });
  const simulator = await startSimulator({ storage: disk });
  const ctrl = { host: "127.0.0.1", port: simulator.port, ...CTRL };
  const client = await openCtrlClient(ctrl);
  const xmail = await openXMail({ ctrl, storage: await ctrlFiles(client.files), reads });
  return {
    backend: xmail.backend,
    readFile: readFileOf(disk),
    async close() {
      await xmail.close();
      await client.close();
      await simulator.close();
    },
  };
}

describe("CTRL for changes, files by CTRL for lists", () => {
  for (const { name, run } of backendSuite(opened)) test(name, run);
});

test("lists are the same, from files by CTRL and from CTRL's own lists", async () => {
  const lists = await Promise.all(
    (["files", "ctrl"] as const).map(async (reads) => {
      const { backend, close } = await opened(reads);
      try {
        expect(backend.kind).toBe(reads === "files" ? "ctrl+files" : "ctrl");
        for (const name of ["hana", "o'brien", "Taro"]) {
          const account = { domain: "example.com", name, kind: "user" as const };
          await backend.accounts.add({ ...account, password: secret("Long-enough-1") });
        }
        await backend.domains.add("example.org");
        await backend.aliases.add({ domain: "example.com", alias: "info", target: "hana@example.com" });
        await backend.domainAliases.add({ alias: "example.net", real: "example.com" });
        return JSON.stringify([
          await backend.domains.list(),
          await accountsOf(backend),
          await backend.aliases.list(),
          await backend.domainAliases.list(),
        ]);
      } finally {
        await close();
      }
    }),
  );
  expect(lists[0]).toBe(lists[1]);
  expect(lists[0]).toContain("hana");
});
