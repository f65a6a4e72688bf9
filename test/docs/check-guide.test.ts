import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../adapters/cli/run.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { openState } from "../../src/state/state.ts";
import { local } from "../../src/storage/local.ts";
import { TOP } from "../gates/tree-copy.ts";
import { fakeTerminal } from "../unit/cli/fake-terminal.ts";

const CTRL = { account: "admin", password: "ctrl-Secret-1" };

test("the guide shows what xmailcfg check really prints", async () => {
  const guide = readFileSync(join(TOP, "docs/guide/install.md"), "utf8");
  const [, shown] = /^xmailcfg check\n```\n\n```text\n([\s\S]*?)```$/m.exec(guide) ?? [];
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-check-guide-"));
  const at = (name: string) => join(folder, name);
  await writeMailRoot(local(at("MailRoot")), { domain: "example.com", ctrl: CTRL });
  await writeMailRoot(local(at("backup")), { domain: "example.org", ctrl: CTRL });
  const simulator = await startSimulator({ storage: local(at("MailRoot")) });
  const state = await openState(local(at("state")));
  await state.addAdministrator({ name: "master", password: "Administrator-1" });
  await state.close();
  writeFileSync(at("secret"), `${CTRL.password}\n`);
  chmodSync(at("secret"), 0o644);
  const { port } = simulator;
  const ctrl = { host: "127.0.0.1", port, account: CTRL.account, password: { file: at("secret") } };
  writeFileSync(
    at("config.json"),
    JSON.stringify({ xmail: { ctrl, mailRoot: at("backup") }, state: at("state") }),
  );
  const terminal = {
    ...fakeTerminal({ env: { XMAILCFG_CONFIG: at("config.json") } }),
    readFile: (path: string) => readFile(path, "utf8"),
    modeOf: async (path: string) => (await stat(path)).mode,
  };
  try {
    expect(await run(["check"], terminal)).toBe(1);
    expect(shown).toBe(terminal.printed.join(""));
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
