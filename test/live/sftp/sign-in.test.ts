import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isAppError } from "../../../src/errors/error.ts";
import { Secret } from "../../../src/errors/secret.ts";
import { ROOT } from "../../../src/storage/path.ts";
import type { SftpOptions } from "../../../src/storage/sftp/options.ts";
import { sftp } from "../../../src/storage/sftp/sftp.ts";
import { asRoot, describeWith, sshd } from "../../peers.ts";
import { codeOf, openOn, optionsFor } from "./open.ts";
import { makeKey, type Sshd, startSshd } from "./server.ts";

vi.setConfig({ testTimeout: 60_000 });

const PASSWORD = "correct horse 日本 battery";

describeWith("sshd", sshd(), "signing in to a real OpenSSH server", () => {
  let server: Sshd;
  let home = "";
  const at = (name: string) => join(home, name);
  /** Without the key that may sign in. */
  const bare = (own: Partial<SftpOptions>) => {
    const { privateKey: _, ...options } = optionsFor(server);
    return { ...options, ...own };
  };

  beforeAll(async () => {
    server = await startSshd({ extensions: true });
    home = mkdtempSync(join(tmpdir(), "sftp-keys-"));
    makeKey(at("stranger"), "ed25519");
    execFileSync("cp", [server.keyFile, at("locked")]);
    execFileSync("ssh-keygen", ["-q", "-p", "-P", "", "-N", "open sesame", "-f", at("locked")]);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const opens = async (options: SftpOptions) => {
    const storage = await sftp(options);
    expect(await storage.list(ROOT)).toEqual([]);
    await storage.close();
  };

  test("with a key, and with one that has a passphrase", async () => {
    await opens(optionsFor(server));
    const privateKey = new Secret(readFileSync(at("locked"), "utf8"));
    await opens(bare({ privateKey, passphrase: new Secret("open sesame") }));
    for (const wrong of [{}, { passphrase: new Secret("open barley") }]) {
      const { message, code } = await failure(sftp(bare({ privateKey, ...wrong })));
      expect([code, message]).toEqual(["BAD_CONFIG", expect.stringContaining("passphrase")]);
      expect(message).not.toContain("barley");
    }
    expect(await codeOf(sftp(bare({ privateKey: new Secret("no key") })))).toBe("BAD_CONFIG");
  });

  test("a key nobody knows, and none at all, are a refused sign-in", async () => {
    const privateKey = new Secret(readFileSync(at("stranger"), "utf8"));
    for (const own of [{ privateKey }, {}, { password: new Secret("guess") }]) {
      const { code, message } = await failure(sftp(bare(own)));
      expect(code).toBe("STORAGE_DENIED");
      expect(message).toContain("refused the sign-in");
    }
    const unknown = await failure(openOn(server, { user: "nobody-of-that-name" }));
    expect(unknown.code).toBe("STORAGE_DENIED");
  });

  test("with an agent; one that is not there does not keep the key from being tried", async () => {
    const socket = at("agent");
    const agent: ChildProcess = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
    try {
      const env = { ...process.env, SSH_AUTH_SOCK: socket };
      await waitUntil(() => execFileSync("ssh-add", ["-q", server.keyFile], { env, stdio: "ignore" }));
      await opens(bare({ agent: socket }));
      execFileSync("ssh-add", ["-q", "-D"], { env, stdio: "ignore" });
      expect(await codeOf(sftp(bare({ agent: socket })))).toBe("STORAGE_DENIED");
    } finally {
      agent.kill();
    }
    await opens(optionsFor(server, { agent: at("no-agent") }));
    expect(await codeOf(sftp(bare({ agent: at("no-agent") })))).toBe("STORAGE_DENIED");
  });

  test("a server that shows another key gets nothing, whatever of its keys is known", async () => {
    const [ed25519 = "", ecdsa = ""] = server.hostKeys;
    const line = (key: string) => `[127.0.0.1]:${server.port} ${key}`;
    const stranger = readFileSync(at("stranger.pub"), "utf8").trim();
    const said = server.log().length;
    const wrong: SftpOptions["hostKey"][] = [
      `SHA256:${"A".repeat(43)}`,
      line(stranger),
      [line(ed25519), `@revoked * ${ed25519}`],
    ];
    for (const hostKey of wrong) {
      const { code, message } = await failure(openOn(server, { hostKey, password: new Secret("secret") }));
      expect([code, message]).toEqual(["STORAGE_DENIED", expect.stringContaining("another key")]);
    }
    await waitUntil(() =>
      expect(server.log().slice(said)).toMatch(/Connection (closed|reset) by|disconnect/i),
    );
    // Who was never asked for a name cannot have been told a password.
    expect(server.log().slice(said)).not.toMatch(/(password|publickey|none) for|Accepted|Failed|userauth/);
    expect(await codeOf(openOn(server, { hostKey: `other.example ${ed25519}` }))).toBe("BAD_CONFIG");

    const fingerprint = (key: string) =>
      execFileSync("ssh-keygen", ["-lf", "-"], { input: key, encoding: "utf8" }).split(" ")[1] ?? "";
    const hashed = at("known_hosts");
    execFileSync("sh", ["-c", `echo "${line(ecdsa)}" > ${hashed} && ssh-keygen -q -H -f ${hashed}`], {
      stdio: "ignore",
    });
    const hashedLine = readFileSync(hashed, "utf8");
    expect(hashedLine).toMatch(/^\|1\|/);
    const right: SftpOptions["hostKey"][] = [
      fingerprint(ed25519),
      // The server would rather show its other one.
      fingerprint(ecdsa),
      [`SHA256:${"A".repeat(43)}`, fingerprint(ecdsa)],
      line(ecdsa),
      hashedLine,
      [line(stranger), `# a comment\n\n${line(ed25519)}`],
    ];
    for (const hostKey of right) await opens(optionsFor(server, { hostKey }));
  });

  test("a server that is not there, or is none, cannot be reached", async () => {
    const gone = await startSshd({ extensions: true });
    await gone.stop();
    for (const own of [{ port: gone.port, hostKey: server.hostKey }, { host: "nowhere.invalid" }]) {
      const { code, message } = await failure(openOn(server, own));
      expect([code, message]).toEqual(["STORAGE_FAILED", expect.stringContaining("cannot be reached")]);
    }
    const noSftp = await startSshd({ extensions: true, config: ["Subsystem sftp /nonexistent/program"] });
    try {
      expect(await codeOf(openOn(noSftp))).toBe("STORAGE_FAILED");
    } finally {
      await noSftp.stop();
    }
  });
});

describeWith("root", sshd() && asRoot(), "signing in with a password", () => {
  const name = `xmcfg${process.pid}`;
  let user = { name, uid: 0, gid: 0 };
  beforeAll(() => {
    execFileSync("useradd", ["--no-create-home", "--home-dir", "/", "--shell", "/bin/sh", name]);
    execFileSync("chpasswd", { input: `${name}:${PASSWORD}\n` });
    const id = (which: string) => Number(execFileSync("id", [which, name], { encoding: "utf8" }));
    user = { name, uid: id("-u"), gid: id("-g") };
  });
  afterAll(() => {
    execFileSync("userdel", [name], { stdio: "ignore" });
  });

  const WAYS = {
    password: ["PasswordAuthentication yes"],
    "keyboard-interactive alone": ["KbdInteractiveAuthentication yes", "UsePAM yes"],
    "key and password, both": ["PasswordAuthentication yes", "AuthenticationMethods publickey,password"],
  };
  for (const [way, config] of Object.entries(WAYS)) {
    describe(way, () => {
      let server: Sshd;
      beforeAll(async () => {
        server = await startSshd({ extensions: true, config, user });
      });
      afterAll(() => server.stop());
      const withKey = way.startsWith("key and");
      const options = (password: string) => {
        const { privateKey, ...rest } = optionsFor(server, { password: new Secret(password) });
        return withKey && privateKey ? { ...rest, privateKey } : rest;
      };

      test("lets the right one in, and not the wrong one", async () => {
        const storage = await sftp(options(PASSWORD));
        expect(await storage.list(ROOT)).toEqual([]);
        await storage.close();
        const { code, message } = await failure(sftp(options("wrong")));
        expect([code, message]).toEqual(["STORAGE_DENIED", expect.stringContaining("refused the sign-in")]);
      });
    });
  }
});

async function failure(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error: unknown = await work.then(
    () => new Error("nothing went wrong"),
    (reason: unknown) => reason,
  );
  if (!isAppError(error)) throw error;
  return error;
}

async function waitUntil(work: () => unknown): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      work();
      return;
    } catch (error) {
      if (tries >= 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
