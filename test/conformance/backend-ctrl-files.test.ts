import { describe, expect, test } from "vitest";
import { openXMail } from "../../src/open.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { memory } from "../../src/storage/memory.ts";
import { backendSuite, type OpenedBackend } from "../../src/testing/backend-suite.ts";
import { readFileOf } from "./read-file.ts";

const CTRL = { account: "admin", password: "Adm1n-Secret" };

async function opened(): Promise<OpenedBackend> {
  const storage = memory();
  await writeMailRoot(storage, { ctrl: CTRL });
  const simulator = await startSimulator({ storage });
  const xmail = await openXMail({ storage, ctrl: { host: "127.0.0.1", port: simulator.port, ...CTRL } });
  return {
    backend: xmail.backend,
    readFile: readFileOf(storage),
    async close() {
      await xmail.close();
      await simulator.close();
    },
  };
}

describe("CTRL for changes, files for lists", () => {
  for (const { name, run } of backendSuite(opened)) test(name, run);
});

test("files of another MailRoot are refused before anything is listed from them", async () => {
  const [server, copy] = [memory(), memory()];
  await writeMailRoot(server, { ctrl: CTRL, domain: "example.com" });
  await writeMailRoot(copy, { ctrl: CTRL, domain: "example.org" });
  const simulator = await startSimulator({ storage: server });
  const xmail = await openXMail({
    storage: copy,
    ctrl: { host: "127.0.0.1", port: simulator.port, ...CTRL },
  });
  try {
    for (const list of [xmail.domain.list, xmail.account.list, xmail.alias.list, xmail.domainAlias.list]) {
      await expect(list()).rejects.toMatchObject({ code: "BAD_CONFIG" });
    }
    // Nor is anything changed that was rehearsed on them.
    const hana = { domain: "example.com", name: "hana", password: "Long-enough-1" };
    await expect(xmail.account.add(hana)).rejects.toMatchObject({ code: "BAD_CONFIG" });
    // What a removal would take is counted by the server, whatever the files say.
    const ctrl = { host: "127.0.0.1", port: simulator.port, ...CTRL };
    const alone = await openXMail({ ctrl });
    await alone.account.add(hana);
    await alone.close();
    expect((await xmail.domain.get({ domain: "example.com" })).holdings.accounts).toBeGreaterThan(0);
  } finally {
    await xmail.close();
    await simulator.close();
  }
});
