import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../../adapters/cli/run.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { type Simulator, startSimulator } from "../../../src/simulator/simulator.ts";
import { openSite } from "../../../src/site.ts";
import { local } from "../../../src/storage/local.ts";
import { describeWith, samba, sshd } from "../../peers.ts";
import { fakeTerminal } from "../../unit/cli/fake-terminal.ts";
import { makeKey, type Sshd, startSshd } from "../sftp/server.ts";
import { type SambaServer, startSamba } from "../smb/servers.ts";

const CTRL = { account: "admin", password: "ctrl-Secret-1" };
const ROUND = ["mayWrite", "bytesEqual", "renamed", "cleaned", "clockEqual"];
const PATIENCE_MS = 120_000;

/** A simulated XMail whose MailRoot is in `files`; configurations of it are checked by the command line. */
async function stageOver(files: string) {
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-live-check-"));
  const at = (name: string) => join(folder, name);
  await writeMailRoot(local(join(files, "MailRoot")), { domain: "example.com", ctrl: CTRL });
  const simulator: Simulator = await startSimulator({ storage: local(join(files, "MailRoot")) });
  writeFileSync(at("ctrl.secret"), `${CTRL.password}\n`, { mode: 0o600 });
  const surroundings = { env: {}, readFile: (path: string) => readFile(path, "utf8") };

  function configOf(mailRoot: unknown, state?: unknown): string {
    const password = { file: at("ctrl.secret") };
    const ctrl = { host: "127.0.0.1", port: simulator.port, account: CTRL.account, password };
    return JSON.stringify({ xmail: { ctrl, mailRoot }, ...(state === undefined ? {} : { state }) });
  }

  return {
    at,
    folder,
    async check(mailRoot: unknown, state?: unknown) {
      writeFileSync(at("config.json"), configOf(mailRoot, state));
      const terminal = { ...fakeTerminal(), readFile: surroundings.readFile };
      const code = await run(["check", "--json", "--config", at("config.json")], terminal);
      const { findings } = JSON.parse(terminal.printed.join("")) as {
        findings: { part: string; found: string; words: string }[];
      };
      const of = (part: string) => findings.filter((one) => one.part === part).map(({ found }) => found);
      return { code, of, words: findings.map(({ words }) => words).join("\n") };
    },
    site: (mailRoot: unknown, state: unknown) => openSite(configOf(mailRoot, state), surroundings),
    async close() {
      await simulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
type Stage = Awaited<ReturnType<typeof stageOver>>;

/** The state elsewhere: administrators, keys, audit log and locks, by two processes' worth of sites at once. */
async function keepsState(stage: Stage, mailRoot: unknown, state: unknown) {
  const sites = await Promise.all([stage.site(mailRoot, state), stage.site(mailRoot, state)]);
  const [one, two] = sites;
  await Promise.all(
    sites.flatMap((site, at) =>
      [1, 2].map((n) =>
        site.state?.addAdministrator({ name: `person-${at}-${n}`, password: "A-long-secret" }),
      ),
    ),
  );
  expect(await two?.state?.people.list()).toHaveLength(4);
  await Promise.all(
    sites.map((site, at) =>
      site.xmail.account.add({ domain: "example.com", name: `user${at}`, password: "Long-enough-1" }),
    ),
  );
  const key = await one?.state?.addApiKey({ administrator: "person-0-1", name: "test" });
  const answer = await two?.panel()(
    new Request("http://127.0.0.1/api/accounts", { headers: { authorization: `Bearer ${key?.reveal()}` } }),
    {},
  );
  expect(answer?.status).toBe(200);
  expect(await answer?.json()).toMatchObject({ total: 2 });
  await Promise.all(sites.map((site) => site.close()));
}

function auditIn(folder: string): string {
  return readdirSync(join(folder, "audit"), { encoding: "utf8" })
    .map((name) => readFileSync(join(folder, "audit", name), "utf8"))
    .join("");
}

function scratchIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\bcheck-/.test(name));
}

describeWith("sshd", sshd(), "xmailcfg check over SFTP", () => {
  let server: Sshd;
  let stage: Stage;
  beforeAll(async () => {
    server = await startSshd({ extensions: true });
    stage = await stageOver(server.folder);
  }, PATIENCE_MS);
  afterAll(async () => {
    await stage.close();
    await server.stop();
  });

  const place = (root: string, changes: object = {}) => ({
    sftp: {
      host: "127.0.0.1",
      port: server.port,
      user: server.user,
      hostKey: server.hostKey,
      privateKey: { file: server.keyFile },
      root: join(server.folder, root),
      ...changes,
    },
  });

  test("finds nothing wrong, for MailRoot and state, with a known_hosts file, too", {
    timeout: PATIENCE_MS,
  }, async () => {
    await keepsState(stage, place("MailRoot"), place("state"));
    expect(auditIn(join(server.folder, "state"))).toContain("account.add");
    const known = server.hostKeys.map((line) => `[127.0.0.1]:${server.port} ${line}`);
    writeFileSync(stage.at("known_hosts"), `# ours\n${known.join("\n")}\n`);
    const byFile = { hostKey: undefined, knownHosts: stage.at("known_hosts") };
    const { code, of } = await stage.check(place("MailRoot", byFile), place("state"));
    expect({ code, mailRoot: of("mailRoot") }).toEqual({
      code: 0,
      mailRoot: ["storageOpens", "mayRead", "canAllNeeded", ...ROUND, "looksLikeMailRoot", "sameMailRoot"],
    });
    expect(of("state")).toEqual([
      "storageOpens",
      "mayRead",
      "canAllNeeded",
      ...ROUND,
      "stateHidden",
      "hasAdministrators",
    ]);
    expect(scratchIn(server.folder)).toEqual([]);
  });

  test("blames the host key, the key, the port and the path", { timeout: PATIENCE_MS }, async () => {
    makeKey(stage.at("stranger"), "ed25519");
    const strange = { hostKey: `SHA256:${"A".repeat(43)}` };
    expect((await stage.check(place("MailRoot", strange))).of("mailRoot")[0]).toBe("storageSignInRefused");
    const unknown = { privateKey: { file: stage.at("stranger") } };
    expect((await stage.check(place("MailRoot", unknown))).of("mailRoot")[0]).toBe("storageSignInRefused");
    expect((await stage.check(place("MailRoot", { port: 1 }))).of("mailRoot")[0]).toBe("storageSilent");
    const gone = await stage.check(place("gone"));
    expect(gone.of("mailRoot")).toEqual(["storageOpens", "folderMissing", "notCompared"]);
    const publicKey = { privateKey: { file: stage.at("stranger.pub") } };
    const wrong = await stage.check(place("MailRoot", publicKey));
    expect(wrong.of("mailRoot")[0]).toBe("storageWrongSetting");
    expect(wrong.words).toContain("xmail.mailRoot.sftp: ");
  });

  test("a server without OpenSSH's additions cannot keep the state, and both say so", {
    timeout: PATIENCE_MS,
  }, async () => {
    const bare = await startSshd({ extensions: false });
    const elsewhere = {
      sftp: {
        host: "127.0.0.1",
        port: bare.port,
        user: bare.user,
        hostKey: bare.hostKey,
        privateKey: { file: bare.keyFile },
        root: bare.folder,
      },
    };
    try {
      const { code, of, words } = await stage.check(place("MailRoot"), elsewhere);
      expect(code).toBe(1);
      expect(of("state")).toContain("lacksNeeded");
      expect(words).toMatch(/atomicReplace/);
      const site = await stage.site(place("MailRoot"), elsewhere);
      await expect(site.state?.people.list()).rejects.toMatchObject({
        code: "BAD_CONFIG",
        message: expect.stringMatching(
          /^state: this sftp storage cannot keep it, because it lacks .*atomicReplace/,
        ),
      });
      await site.close();
    } finally {
      await bare.stop();
    }
  });
});

describeWith("samba", samba(), "xmailcfg check over SMB", () => {
  let server: SambaServer;
  let stage: Stage;
  beforeAll(async () => {
    server = await startSamba("default");
    stage = await stageOver(server.folder);
    writeFileSync(stage.at("smb.secret"), `${server.password.reveal()}\n`, { mode: 0o600 });
    writeFileSync(stage.at("wrong.secret"), "another\n", { mode: 0o600 });
  }, PATIENCE_MS);
  afterAll(async () => {
    await stage.close();
    await server.stop();
  });

  const place = (root: string, changes: object = {}) => ({
    smb: {
      host: "127.0.0.1",
      port: server.port,
      share: server.share,
      user: server.user,
      password: { file: stage.at("smb.secret") },
      root,
      ...changes,
    },
  });

  test("finds nothing wrong, for MailRoot and state", { timeout: PATIENCE_MS }, async () => {
    await keepsState(stage, place("MailRoot"), place("state"));
    expect(auditIn(join(server.folder, "state"))).toContain("account.add");
    const { code, of } = await stage.check(place("MailRoot"), place("state"));
    expect({ code, mailRoot: of("mailRoot") }).toEqual({
      code: 0,
      mailRoot: ["storageOpens", "mayRead", "canAllNeeded", ...ROUND, "looksLikeMailRoot", "sameMailRoot"],
    });
    expect(of("state")).toEqual(expect.arrayContaining([...ROUND, "hasAdministrators"]));
    expect(scratchIn(server.folder)).toEqual([]);
  });

  test("blames the password, the port, the share and the root", { timeout: PATIENCE_MS }, async () => {
    const password = { password: { file: stage.at("wrong.secret") } };
    expect((await stage.check(place("MailRoot", password))).of("mailRoot")[0]).toBe("storageSignInRefused");
    expect((await stage.check(place("MailRoot", { port: 1 }))).of("mailRoot")[0]).toBe("storageSilent");
    const share = await stage.check(place("MailRoot", { share: "other" }));
    expect(share.code).toBe(1);
    expect(share.words).toContain("xmail.mailRoot.smb: The file server has no share of this name.");
    expect((await stage.check(place("gone"))).of("mailRoot")).toContain("folderMissing");
  });
});
