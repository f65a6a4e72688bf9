import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveAssets } from "../../src/http/assets.ts";
import { SILENT } from "../../src/kernel/context.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { openSite } from "../../src/site.ts";
import { local } from "../../src/storage/local.ts";
import { storagePath } from "../../src/storage/path.ts";
import { ASSETS } from "../../src/web/assets.ts";

const CTRL = { account: "admin", password: "ctrl-Secret-1" };

describe("a site whose storages are elsewhere", () => {
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-site-"));
  let simulator: Simulator;
  let server: Server;
  /** Whoever connected to what should be a file server. */
  const visits: Socket[] = [];

  beforeAll(async () => {
    await writeMailRoot(local(join(folder, "MailRoot")), { ctrl: CTRL });
    simulator = await startSimulator({ storage: local(join(folder, "MailRoot")) });
    server = createServer((socket) => {
      visits.push(socket);
      socket.on("error", () => undefined).destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    await simulator.close();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  const surroundings = {
    env: { PASSWORD: CTRL.password },
    readFile: async (path: string) => readFileSync(path, "utf8"),
  };
  const password = { env: "PASSWORD" };
  function remote(kind: "smb" | "sftp") {
    const address = server.address();
    const at = {
      host: "127.0.0.1",
      port: typeof address === "object" ? address?.port : 0,
      user: "u",
      password,
    };
    return kind === "smb"
      ? { smb: { ...at, share: "mail" } }
      : { sftp: { ...at, root: "/m", hostKey: `SHA256:${"A".repeat(43)}` } };
  }
  const ctrl = () => ({ host: "127.0.0.1", port: simulator.port, account: CTRL.account, password });

  test.each(["smb", "sftp"] as const)("%s: nobody connects before files are needed", async (kind) => {
    visits.length = 0;
    const xmail = { ctrl: ctrl(), mailRoot: remote(kind) };
    const site = await openSite(JSON.stringify({ xmail, state: remote(kind) }), surroundings);
    const asset = serveAssets(ASSETS).href("", "app.css");
    expect((await site.panel()(new Request(`http://127.0.0.1${asset}`), {})).status).toBe(200);
    expect(visits).toEqual([]);
    const html = { headers: { accept: "text/html" } };
    const page = await site.panel()(new Request("http://127.0.0.1/sign-in", html), {});
    expect({ status: page.status, cookies: page.headers.getSetCookie() }).toEqual({
      status: 500,
      cookies: [],
    });
    expect(await page.text()).toMatch(/<h1>.*The storage failed/s);
    // A change is known beforehand by the files: without them there is none.
    const added = { domain: "example.com", name: kind, password: "Long-enough-1" };
    await expect(site.xmail.account.add(added)).rejects.toMatchObject({
      message: expect.stringContaining(`xmail.mailRoot.${kind}: `),
    });
    await site.close();

    const quiet = await openSite(JSON.stringify({ xmail }), surroundings);
    visits.length = 0;
    await expect(quiet.xmail.account.add(added)).rejects.toMatchObject({
      message: expect.stringContaining(`xmail.mailRoot.${kind}: `),
    });
    expect(visits.length).toBeGreaterThan(0);
    await expect(quiet.xmail.account.list()).rejects.toMatchObject({
      message: expect.stringContaining(`xmail.mailRoot.${kind}: `),
    });
    expect(visits.length).toBeGreaterThan(0);
    const status = await quiet.xmail.server.status();
    expect(status).toMatchObject({
      reachable: true,
      problem: expect.stringMatching(/^STORAGE_/),
      mode: "ctrl+files",
      storage: { kind, host: "127.0.0.1" },
      counts: null,
    });
    const { findings, failures } = await quiet.xmail.server.check();
    expect(findings.filter(({ part }) => part === "mailRoot").map(({ found }) => found)).toEqual([
      "storageSilent",
      "notCompared",
    ]);
    expect(failures).toBe(1);
    await quiet.close();
  });

  test.each(["smb", "sftp"] as const)("%s: a wrong secret stops the start, by its field", async (kind) => {
    const place = JSON.parse(JSON.stringify(remote(kind)).replace("PASSWORD", "NOT_SET"));
    for (const config of [
      { xmail: { ctrl: ctrl() }, state: place },
      { xmail: { ctrl: ctrl(), mailRoot: place } },
    ]) {
      await expect(openSite(JSON.stringify(config), surroundings)).rejects.toMatchObject({
        code: "BAD_CONFIG",
        message: expect.stringMatching(new RegExp(`^(?:state|xmail\\.mailRoot)\\.${kind}\\.password\\.env`)),
      });
    }
  });

  test("secrets are read once, at the start", async () => {
    const reads: string[] = [];
    const readFile = async (path: string) => {
      reads.push(path);
      return CTRL.password;
    };
    const { sftp } = remote("sftp") as { sftp: object };
    const state = { sftp: { ...sftp, password: { file: "/secret" } } };
    const site = await openSite(JSON.stringify({ xmail: { ctrl: ctrl() }, state }), {
      ...surroundings,
      readFile,
    });
    for (let tries = 0; tries < 2; tries++) {
      await expect(site.state?.people.list()).rejects.toMatchObject({ code: "STORAGE_FAILED" });
    }
    expect(reads).toEqual(["/secret"]);
    await site.close();
  });

  test("a MailRoot behind the control port gives the same lists", async () => {
    const site = await openSite(
      JSON.stringify({ xmail: { ctrl: ctrl(), mailRoot: { ctrl: true } } }),
      surroundings,
    );
    expect(await site.xmail.server.status()).toMatchObject({
      mode: "ctrl+files",
      storage: { kind: "ctrl-files", host: null },
      counts: { domains: 1 },
    });
    const { items } = await site.xmail.domain.list();
    expect(items.map(({ domain }) => domain)).toEqual(["example.com"]);
    await site.close();
  });

  test("a storage that opens late is opened once, and again after a failure", async () => {
    const up = await openSite(
      JSON.stringify({ xmail: { mailRoot: join(folder, "later"), offline: true } }),
      surroundings,
    );
    await expect(up.xmail.domain.list()).rejects.toMatchObject({ code: "BAD_CONFIG" });
    await writeMailRoot(local(join(folder, "later")), { domain: "late.example" });
    expect((await up.xmail.domain.list()).items).toHaveLength(1);
    await up.close();
  });
});

test("a site that starts settles what a killed process left, logs it and keeps it in the history", async () => {
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-recover-"));
  const root = join(folder, "MailRoot");
  try {
    await writeMailRoot(local(root), { domain: "example.com" });
    const steps = [{ do: "makeFolder", path: "domains/left.test" }];
    const journal = { version: 1, begun: new Date(), way: "forward", steps, whole: {} };
    await local(root).write(storagePath(".xmailcfg/change.json"), Buffer.from(JSON.stringify(journal)));
    const said: string[] = [];
    const log = { ...SILENT, warn: (_: object, message: string) => void said.push(message) };
    const config = { xmail: { mailRoot: root, offline: true }, state: join(folder, "state") };
    const site = await openSite(JSON.stringify(config), { env: {}, readFile: async () => "", log });
    expect((await site.xmail.change.status({})).unfinished).toBe(true);
    expect(await site.recover()).toMatchObject([{ outcome: "finished", files: ["domains/left.test"] }]);
    expect(said).toEqual(["a change that had been interrupted was settled"]);
    expect(await local(root).stat(storagePath("domains/left.test"))).toMatchObject({ kind: "folder" });
    expect(await site.xmail.change.status({})).toMatchObject({
      unfinished: false,
      recovered: [{ outcome: "finished", files: ["domains/left.test"], note: null }],
    });
    expect(await site.recover()).toEqual([]);
    await site.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
