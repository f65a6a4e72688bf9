import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../adapters/cli/run.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { local } from "../../src/storage/local.ts";
import { fakeTerminal } from "../unit/cli/fake-terminal.ts";

const PASSWORD = "Long-enough-1";

describe("xmailcfg and changes", () => {
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-cli-changes-"));
  const at = (...path: string[]) => join(folder, ...path);
  const aliases = () => readFileSync(at("MailRoot", "aliases.tab"), "latin1");

  beforeAll(async () => {
    await writeMailRoot(local(at("MailRoot")), { domain: "example.com" });
    writeFileSync(at("hana.secret"), `${PASSWORD}\n`);
    const config = {
      xmail: { mailRoot: at("MailRoot"), offline: true },
      state: at("state"),
      history: { days: 30, megabytes: 10 },
    };
    writeFileSync(at("xmailcfg.config.json"), JSON.stringify(config));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function xmailcfg(...line: string[]) {
    const terminal = {
      ...fakeTerminal({ input: "", env: { XMAILCFG_CONFIG: at("xmailcfg.config.json"), USER: "sato" } }),
      readFile: (path: string) => readFile(path, "utf8"),
    };
    const code = await run(line, terminal);
    return { code, out: terminal.printed.join(""), err: terminal.complaints.join("") };
  }

  test("--dry-run prints a diff and changes nothing, --reason is kept, undo takes it back", async () => {
    const secret = ["--password-file", at("hana.secret")];
    const account = ["account", "add", "--domain", "example.com", "--name", "hana", ...secret];
    const dry = await xmailcfg(...account, "--dry-run");
    expect(dry, dry.err).toMatchObject({ code: 0 });
    expect(dry.out).toMatch(/^\+\+\+ b\/mailusers\.tab$/m);
    expect(dry.out).toMatch(/^\+"example\.com"\t"hana"\t"\*\*\*"/m);
    expect(dry.out).not.toContain(PASSWORD);
    expect(readFileSync(at("MailRoot", "mailusers.tab"), "latin1")).not.toContain("hana");
    expect((await xmailcfg(...account)).code).toBe(0);

    const before = aliases();
    const alias = ["alias", "add", "--domain", "example.com", "--alias", "sales", "--target", "hana"];
    expect((await xmailcfg(...alias, "--reason", "new shop")).code).toBe(0);
    const list = await xmailcfg("change", "list", "--object", "sales@example.com", "--json");
    const [row] = (JSON.parse(list.out) as { items: { change: string; reason: string; actor: string }[] })
      .items;
    expect(row).toMatchObject({ reason: "new shop", actor: "cli:sato" });
    expect((await xmailcfg("change", "list")).out).toContain("(2 shown)");
    const undo = ["change", "undo", "--change", row?.change ?? ""];
    expect((await xmailcfg(...undo, "--dry-run")).out).toMatch(/^-"example\.com"\t"sales"/m);
    expect(aliases()).not.toBe(before);
    expect((await xmailcfg(...undo)).code).toBe(0);
    expect(aliases()).toBe(before);
    const again = await xmailcfg(...undo);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining("NOT_UNDOABLE")]);
  });

  test("a removal can be looked at without --yes, and as JSON", async () => {
    const remove = ["account", "remove", "--domain", "example.com", "--name", "hana"];
    expect((await xmailcfg(...remove)).code).toBe(2);
    const { code, out } = await xmailcfg(...remove, "--dry-run", "--json");
    expect(code).toBe(0);
    const { changes } = JSON.parse(out) as {
      changes: { files: { kind: string; what: string; kept: boolean }[] };
    };
    expect(changes.files).toContainEqual(
      expect.objectContaining({ kind: "folder", what: "removed", kept: true }),
    );
    expect(readFileSync(at("MailRoot", "mailusers.tab"), "latin1")).toContain('"hana"');
  });

  test("help tells of both, and a read has neither", async () => {
    expect((await xmailcfg("alias", "add", "--help")).out).toMatch(/--dry-run.*\n.*--reason TEXT/);
    expect((await xmailcfg("alias", "list", "--help")).out).not.toContain("--dry-run");
    expect((await xmailcfg("alias", "list", "--dry-run")).code).toBe(2);
  });
});
