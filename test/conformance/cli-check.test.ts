import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { run } from "../../adapters/cli/run.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { openState } from "../../src/state/state.ts";
import { local } from "../../src/storage/local.ts";
import { asRoot, describeWith } from "../peers.ts";
import { fakeTerminal } from "../unit/cli/fake-terminal.ts";
import { endChildren, startChild } from "./child-process.ts";

const CTRL = { account: "admin", password: "ctrl-Secret-1" };

/** A configuration as JSON would give it, to be spoilt. */
interface Written {
  xmail: { ctrl?: Record<string, unknown>; mailRoot?: unknown; offline?: boolean; reads?: string };
  state?: unknown;
}

describe("xmailcfg check", () => {
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-check-"));
  const at = (...path: string[]) => join(folder, ...path);
  let simulator: Simulator;
  let config: Written;

  beforeAll(async () => {
    await writeMailRoot(local(at("MailRoot")), { domain: "example.com", ctrl: CTRL });
    await writeMailRoot(local(at("Other")), { domain: "example.org", ctrl: CTRL });
    simulator = await startSimulator({ storage: local(at("MailRoot")) });
    writeFileSync(at("ctrl.secret"), `${CTRL.password}\n`, { mode: 0o600 });
    writeFileSync(at("wrong.secret"), "another\n", { mode: 0o600 });
    const state = await openState(local(at("state")));
    await state.addAdministrator({ name: "master", password: "Administrator-1" });
    await state.sessionKey();
    await state.close();
  });
  afterAll(async () => {
    await endChildren();
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    const password = { file: at("ctrl.secret") };
    config = {
      xmail: {
        ctrl: { host: "127.0.0.1", port: simulator.port, account: CTRL.account, password },
        mailRoot: at("MailRoot"),
      },
      state: at("state"),
    };
  });

  async function xmailcfg(line: string) {
    const terminal = {
      ...fakeTerminal(),
      readFile: (path: string) => readFile(path, "utf8"),
      modeOf: async (path: string) => (await stat(path)).mode,
    };
    const code = await run(line.split(" "), terminal);
    return { code, out: terminal.printed.join(""), err: terminal.complaints.join("") };
  }

  async function check(text = JSON.stringify(config)) {
    writeFileSync(at("xmailcfg.config.json"), text);
    const { code, out, err } = await xmailcfg(`check --json --config ${at("xmailcfg.config.json")}`);
    expect(err).toBe("");
    const report = JSON.parse(out) as {
      failures: number;
      warnings: number;
      findings: { part: string; found: string; outcome: string; words: string; mend: string | null }[];
    };
    expect(code).toBe(report.failures > 0 ? 1 : 0);
    expect(out).not.toContain(CTRL.password);
    for (const { outcome, mend } of report.findings) {
      if (outcome === "failure" || outcome === "warning") expect(mend).toMatch(/\w{3}/);
    }
    const of = (part: string) => report.findings.filter((one) => one.part === part).map(({ found }) => found);
    return { ...report, of, code };
  }

  const scratchIn = (root: string) =>
    readdirSync(at(root, ".xmailcfg"), { encoding: "utf8" }).filter((name) => name.startsWith("check"));

  const ROUND = ["mayWrite", "bytesEqual", "renamed", "cleaned", "clockEqual"];

  test("finds nothing wrong where nothing is, tries all of it, and leaves nothing behind", async () => {
    const before = filesBelow(at("MailRoot"));
    const { failures, warnings, of } = await check();
    expect({ failures, warnings }).toEqual({ failures: 0, warnings: 0 });
    expect(of("configuration")).toEqual(["configurationRead", "secretsHidden"]);
    expect(of("ctrl")).toEqual([
      "ctrlAnswers",
      "signedIn",
      "lineInside",
      "versionKnown",
      "ctrlLists",
      "clockEqual",
    ]);
    const storage = ["storageOpens", "mayRead", "canAllNeeded", ...ROUND];
    expect(of("mailRoot")).toEqual([...storage, "looksLikeMailRoot", "sameMailRoot"]);
    expect(of("state")).toEqual([...storage, "stateHidden", "hasAdministrators"]);
    expect(filesBelow(at("MailRoot")).filter((name) => name !== ".xmailcfg")).toEqual(before);
    expect([...scratchIn("MailRoot"), ...scratchIn("state")]).toEqual([]);
  });

  test("says it in words", async () => {
    writeFileSync(at("words.json"), JSON.stringify(config));
    const fine = await xmailcfg(`check --config ${at("words.json")}`);
    expect(fine).toMatchObject({ code: 0, err: "" });
    expect(fine.out).toMatch(/^Configuration\n {2}ok {7}Read the configuration: All fields are valid\.\n/);
    expect(fine.out).toMatch(/\n\nEverything works\.\n$/);
    writeFileSync(
      at("words.json"),
      JSON.stringify({ ...config, xmail: { ...config.xmail, mailRoot: at("Other") } }),
    );
    const other = await xmailcfg(`check --config ${at("words.json")}`);
    expect(other.code).toBe(1);
    expect(other.out).toMatch(/ {2}FAILURE {2}Same MailRoot as XMail's: .*\n {11}→ Let xmail\.mailRoot/);
    expect(other.out).toMatch(/\n\n1 failure\.\n$/);
  });

  test.each([
    ["ctrl.password", () => ({ password: { file: at("wrong.secret") } }), ["ctrlAnswers", "signInRefused"]],
    ["ctrl.account", () => ({ account: "nobody" }), ["ctrlAnswers", "signInRefused"]],
    ["ctrl.port", () => ({ port: 1 }), ["ctrlSilent"]],
    ["ctrl.tls", () => ({ tls: { mode: "upgrade" } }), ["ctrlTlsFailed"]],
    ["a secret that is not there", () => ({ password: { file: at("gone") } }), ["secretMissing"]],
    ["a variable that is not set", () => ({ password: { env: "NOT_SET" } }), ["secretMissing"]],
  ])("blames %s, and tries the rest all the same", async (_, spoil, found) => {
    config.xmail.ctrl = { ...config.xmail.ctrl, ...spoil() };
    const report = await check();
    expect(report.of("ctrl")).toEqual(found);
    expect(report.failures).toBe(1);
    expect(report.of("mailRoot")).toEqual(expect.arrayContaining([...ROUND, "looksLikeMailRoot"]));
    expect(report.of("mailRoot")).not.toContain("sameMailRoot");
    expect(report.of("state")).toContain("hasAdministrators");
  });

  test("knows what is no XMail", async () => {
    const stranger = createServer((socket) => void socket.end("220 mail.example.com ESMTP\r\n"));
    await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
    const address = stranger.address();
    config.xmail.ctrl = { ...config.xmail.ctrl, port: typeof address === "object" ? address?.port : 0 };
    expect((await check()).of("ctrl")).toEqual(["ctrlNotXMail"]);
    await new Promise((resolve) => stranger.close(resolve));
  });

  test("knows an address that XMail does not take", async () => {
    await writeMailRoot(local(at("Closed")), { domain: "example.com", ctrl: CTRL });
    writeFileSync(at("Closed", "ctrl.ipmap.tab"), '"0.0.0.0"\t"0.0.0.0"\t"DENY"\t"1"\r\n');
    const closed = await startSimulator({ storage: local(at("Closed")) });
    config.xmail.ctrl = { ...config.xmail.ctrl, port: closed.port };
    expect((await check()).of("ctrl")).toEqual(["ctrlAddressRefused"]);
    await closed.close();
  });

  test("knows another MailRoot, none, and a folder that is missing", async () => {
    config.xmail.mailRoot = at("Other");
    expect((await check()).of("mailRoot").slice(-2)).toEqual(["looksLikeMailRoot", "otherMailRoot"]);
    config.xmail.mailRoot = at("state");
    expect((await check()).of("mailRoot").slice(-2)).toEqual(["notMailRoot", "notCompared"]);
    config.xmail.mailRoot = at("nowhere");
    expect((await check()).of("mailRoot")).toEqual(["storageOpens", "folderMissing", "notCompared"]);
    expect(() => statSync(at("nowhere"))).toThrow("ENOENT");
  });

  test("does not make the folder of the state, and says when it comes", async () => {
    config.state = at("new-state");
    const { code, of } = await check();
    expect({ code, found: of("state") }).toEqual({ code: 0, found: ["storageOpens", "folderNotYet"] });
    expect(() => statSync(at("new-state"))).toThrow("ENOENT");
  });

  test("tells that nobody can sign in yet", async () => {
    mkdirSync(at("empty-state"));
    config.state = at("empty-state");
    const { code, of } = await check();
    expect(code).toBe(0);
    expect(of("state").at(-1)).toBe("noAdministrators");
  });

  test("warns of secrets that others may read, by the field's name", async () => {
    chmodSync(at("ctrl.secret"), 0o644);
    const { warnings, findings } = await check();
    chmodSync(at("ctrl.secret"), 0o600);
    expect(warnings).toBe(1);
    const told = findings.find(({ found }) => found === "secretShown");
    expect(told?.words).toContain("xmail.ctrl.password");
  });

  test("offline: looks whether XMail may be running", async () => {
    config.xmail = { mailRoot: at("Other"), offline: true };
    expect((await check()).of("mailRoot").at(-1)).toBe("stoppedQuiet");
    writeFileSync(at("Other", "logs", "smtp-202611240000.log"), "");
    const running = await check();
    expect(running.of("mailRoot").at(-1)).toBe("stoppedBusy");
    expect(running.code).toBe(0);
  });

  test("files through the control port: what it can, and nothing that it cannot", async () => {
    config.xmail.mailRoot = { ctrl: true };
    const { code, of } = await check();
    expect(code).toBe(0);
    expect(of("mailRoot")).toEqual([
      "storageOpens",
      "mayRead",
      "canAllNeeded",
      "mayWrite",
      "textEqual",
      "renameUnsupported",
      "cleaned",
      "looksLikeMailRoot",
      "sameMailRoot",
    ]);
    expect(scratchIn("MailRoot")).toEqual([]);
    rmSync(at("MailRoot", ".xmailcfg"), { recursive: true });
    const flat = await check();
    expect({ code: flat.code, failures: flat.failures }).toEqual({ code: 0, failures: 0 });
    expect(flat.of("mailRoot")).toContain("writeNeedsFolder");
  });

  test.each([
    ["{ xmail: ", /not JSON/],
    [JSON.stringify({ xmail: { ctrl: { host: "" } } }), /xmail\.ctrl\.host/],
    [JSON.stringify({ xmail: { mailRoot: {} } }), /xmail\.mailRoot needs exactly one/],
  ])("names what is wrong with %s, and exits with 1", async (text, words) => {
    const { code, findings } = await check(text);
    expect(code).toBe(1);
    expect(findings.map(({ found }) => found)).toEqual(findings.map(() => "configurationWrong"));
    expect(findings.some((finding) => words.test(finding.words))).toBe(true);
  });

  test("names the field of a storage's secret, its host key and its path", async () => {
    const sftp = { host: "127.0.0.1", port: 1, user: "u", root: "/m", hostKey: "SHA256:none" };
    config.xmail.mailRoot = { sftp: { ...sftp, password: { env: "NOT_SET" } } };
    config.state = { sftp: { ...sftp, hostKey: undefined, knownHosts: at("gone"), agent: "pageant" } };
    const { findings } = await check();
    const words = findings.filter(({ found }) => found === "storageWrongSetting").map((one) => one.words);
    expect(words).toEqual([
      expect.stringContaining("xmail.mailRoot.sftp.password.env"),
      expect.stringContaining("state.sftp.knownHosts"),
    ]);
    config.state = "\\\\files\\state";
    expect((await check()).findings.at(-1)?.words).toContain("state is a UNC path");
  });

  test("a configuration that is not there is wrong use", async () => {
    expect(await xmailcfg("check --config /nowhere/c.json")).toMatchObject({ code: 2 });
    expect(await xmailcfg("check --help")).toMatchObject({ code: 0 });
    expect(await xmailcfg(`check --wrong --config ${at("xmailcfg.config.json")}`)).toMatchObject({ code: 2 });
  });

  describeWith("root", asRoot(), "as a user without rights", () => {
    test("may read but not write the MailRoot: enough beside the control port, too little without", {
      timeout: 120_000,
    }, async () => {
      openTo(folder);
      writeFileSync(at("unprivileged.json"), JSON.stringify({ ...config, state: undefined }));
      expect(await asNobody(at("unprivileged.json"))).toContain("readOnlyEnough");
      writeFileSync(
        at("unprivileged.json"),
        JSON.stringify({ xmail: { mailRoot: at("MailRoot"), offline: true } }),
      );
      expect(await asNobody(at("unprivileged.json"))).toContain("mayNotWrite");
      chmodSync(at("MailRoot"), 0o700);
      expect(await asNobody(at("unprivileged.json"))).toContain("mayNotRead");
    });
  });

  /** The findings of a process that gave its rights up. */
  async function asNobody(file: string): Promise<string> {
    const child = startChild("./check-child.ts", file);
    return child.says("found:");
  }
});

function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" }).toSorted();
}

/** Everybody may read. */
function openTo(root: string): void {
  chmodSync(root, 0o755);
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}
