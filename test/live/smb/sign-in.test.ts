import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { openLink } from "../../../src/storage/smb/link.ts";
import type { SmbOptions } from "../../../src/storage/smb/options.ts";
import { SIGNING } from "../../../src/storage/smb/signing.ts";
import { smb } from "../../../src/storage/smb/smb.ts";
import { describeWith, samba } from "../../peers.ts";
import { startProxy } from "../proxy.ts";
import { type SambaKind, type SambaServer, startSamba } from "./servers.ts";

vi.setConfig({ testTimeout: 60_000 });

const CHILD = new URL("./idle-child.ts", import.meta.url).pathname;
const FILE = storagePath("f");
const BYTES = Buffer.alloc(300_000, "what is in the file; ");

const optionsOf = (server: SambaServer, more: Partial<SmbOptions> = {}): SmbOptions => ({
  ...{ host: "127.0.0.1", port: server.port, share: server.share },
  ...{ user: server.user, password: server.password, ...more },
});

describeWith("samba", samba(), "signing in to Samba", () => {
  const running: SambaServer[] = [];
  const proxies: Awaited<ReturnType<typeof startProxy>>[] = [];
  async function start(kind: SambaKind, more: readonly string[] = []): Promise<SambaServer> {
    const server = await startSamba(kind, more);
    running.push(server);
    writeFileSync(join(server.folder, "f"), BYTES);
    return server;
  }
  const stopAll = async () => {
    for (const proxy of proxies.splice(0)) await proxy.close();
    for (const server of running.splice(0)) await server.stop();
  };
  async function reads(options: SmbOptions): Promise<void> {
    const storage = await smb(options);
    try {
      expect(BYTES.equals(await storage.read(FILE))).toBe(true);
    } finally {
      await storage.close();
    }
  }
  const refuses = (options: SmbOptions, code: string, says: RegExp) =>
    expect(smb(options)).rejects.toMatchObject({ code, message: expect.stringMatching(says) });

  describe.each<SambaKind>(["default", "signing", "encryption", "smb3.1.1", "smb2"])("%s", (kind) => {
    let server: SambaServer;
    beforeAll(async () => {
      server = await start(kind);
    });
    afterAll(stopAll);

    test("with the right password only", async () => {
      await reads(optionsOf(server));
      await refuses(optionsOf(server, { password: new Secret("wrong") }), "STORAGE_DENIED", /sign-in/);
      await refuses(optionsOf(server, { password: new Secret("") }), "STORAGE_DENIED", /sign-in/);
      await refuses(optionsOf(server, { user: "nobody-here" }), "STORAGE_DENIED", /sign-in/);
    });

    test("to a share that is there", () =>
      refuses(optionsOf(server, { share: "elsewhere" }), "STORAGE_FAILED", /no share/));

    test("to a share of files", () =>
      refuses(optionsOf(server, { share: "IPC$" }), "STORAGE_FAILED", /not one of files/));
  });

  describe("what the server must be", () => {
    afterEach(stopAll);

    test("no guest, even where the server lets one in", async () => {
      const server = await start("guest");
      await reads(optionsOf(server));
      for (const requireSigning of [true, false]) {
        const options = optionsOf(server, { user: "nobody-here", requireSigning });
        await refuses(options, "STORAGE_DENIED", /guest/);
      }
    });

    test("not older than asked for", async () => {
      const old = await start("smb2");
      await reads(optionsOf(old, { minDialect: "2.1" }));
      await refuses(optionsOf(old, { minDialect: "3.0" }), "STORAGE_DENIED", /dialect/);
      const middle = await start("default", ["server max protocol = SMB3_02"]);
      await reads(optionsOf(middle, { minDialect: "3.0.2" }));
      await refuses(optionsOf(middle, { minDialect: "3.1.1" }), "STORAGE_DENIED", /dialect/);
    });

    test("able to encrypt where that is asked for", async () => {
      await refuses(optionsOf(await start("smb2"), { requireEncryption: true }), "STORAGE_DENIED", /dialect/);
      const off = await start("smb3.1.1", ["smb encrypt = off"]);
      await refuses(optionsOf(off, { requireEncryption: true }), "STORAGE_DENIED", /encrypt/);
      await reads(optionsOf(off));
    });

    test("encrypted means that nothing can be read on the way", async () => {
      const server = await start("default");
      for (const requireEncryption of [true, false]) {
        const proxy = await startProxy(server.port);
        proxies.push(proxy);
        let seen = Buffer.alloc(0);
        proxy.weather({
          corrupt(piece) {
            seen = Buffer.concat([seen, piece]);
            return piece;
          },
        });
        await reads(optionsOf(server, { port: proxy.port, requireEncryption }));
        expect(seen.includes("what is in the file"), "can be read on the way").toBe(!requireEncryption);
      }
    });

    const smb3 = "server smb3";
    test.each<[string, SambaKind, string, { dialect?: string; signing?: number; cipher?: number }]>([
      [
        "2.0.2",
        "signing",
        "server max protocol = SMB2_02",
        { dialect: "2.0.2", signing: SIGNING.hmacSha256 },
      ],
      ["3.0", "signing", "server max protocol = SMB3_00", { dialect: "3.0", signing: SIGNING.aesCmac }],
      ["3.0.2, encrypted", "encryption", "server max protocol = SMB3_02", { dialect: "3.0.2", cipher: 1 }],
      ["3.1.1, HMAC", "signing", `${smb3} signing algorithms = HMAC-SHA256`, { signing: SIGNING.hmacSha256 }],
      ["3.1.1, CMAC", "signing", `${smb3} signing algorithms = AES-128-CMAC`, { signing: SIGNING.aesCmac }],
      ["3.1.1, GMAC", "signing", `${smb3} signing algorithms = AES-128-GMAC`, { signing: SIGNING.aesGmac }],
      ["AES-128-CCM", "encryption", `${smb3} encryption algorithms = AES-128-CCM`, { cipher: 1 }],
      ["AES-128-GCM", "encryption", `${smb3} encryption algorithms = AES-128-GCM`, { cipher: 2 }],
      ["AES-256-CCM", "encryption", `${smb3} encryption algorithms = AES-256-CCM`, { cipher: 3 }],
      ["AES-256-GCM", "encryption", `${smb3} encryption algorithms = AES-256-GCM`, { cipher: 4 }],
    ])("speaks %s", async (_, kind, line, wanted) => {
      const server = await start(kind, [line]);
      const link = await openLink(optionsOf(server));
      const { dialect, signing, cipher } = link.agreement;
      link.close();
      expect({ dialect: dialect.name, signing, cipher }).toMatchObject(wanted);
      expect(link.encrypted).toBe(kind === "encryption");
      const storage = await smb(optionsOf(server));
      await storage.write(storagePath("new"), BYTES);
      expect(BYTES.equals(await storage.read(storagePath("new")))).toBe(true);
      await storage.close();
      await reads(optionsOf(server));
    });
  });

  describe("the connection", () => {
    let server: SambaServer;
    beforeAll(async () => {
      server = await start("default");
    });
    afterAll(stopAll);

    test("does not keep an idle process alive", async () => {
      const { port, share, user, password } = server;
      const output = await new Promise<string>((resolve, reject) => {
        execFile(
          process.execPath,
          ["--import", "tsx", CHILD, `${port}`, share, user],
          { env: { ...process.env, PASSWORD: password.reveal() }, timeout: 40_000, maxBuffer: 1e7 },
          (error, stdout) => (error ? reject(error) : resolve(stdout)),
        );
      });
      expect(output).toBe(BYTES.toString());
    });

    test("is kept alive while idle, and given up when nobody answers", async () => {
      const proxy = await startProxy(server.port);
      proxies.push(proxy);
      const link = await openLink(optionsOf(server, { port: proxy.port, timeoutMs: 500 }), 30);
      proxy.weather({});
      await vi.waitFor(() => expect(proxy.received).toBeGreaterThan(500), 20_000);
      expect(link.lost()).toBeNull();
      proxy.weather({ stalled: true });
      await vi.waitFor(() => expect(link.lost()).not.toBeNull(), 20_000);
    });

    test("to nobody fails, and says so", () =>
      refuses(optionsOf(server, { port: 1 }), "STORAGE_FAILED", /cannot be reached/));

    test("to somebody who says nothing fails in time", async () => {
      const proxy = await startProxy(server.port);
      proxies.push(proxy);
      proxy.weather({ stalled: true });
      const options = optionsOf(server, { port: proxy.port, connectTimeoutMs: 300 });
      await refuses(options, "STORAGE_FAILED", /does not answer/);
    });

    test("shows the password nowhere", async () => {
      const storage = await smb(optionsOf(server));
      const secret = server.password.reveal();
      expect(inspect(storage, { depth: 9, showHidden: true })).not.toContain(secret);
      await storage.close();
      const wrong = new Secret("not-the-password");
      const error = await smb(optionsOf(server, { password: wrong })).catch((error: unknown) => error);
      expect(inspect(error, { depth: 9 })).not.toContain("not-the-password");
    });
  });
});
