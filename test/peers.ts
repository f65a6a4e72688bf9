import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";

/** What some suites need of the machine; `XMAILCFG_REQUIRE=chromium,xmail` makes its absence a failure. */
const PEERS = ["chromium", "xmail", "root", "samba", "sshd", "apache", "redis"] as const;
type Peer = (typeof PEERS)[number];

/**
 * `describe` for a suite that needs a real program, or to be root. Absent, the suite is skipped under its own name, or fails when
 * `XMAILCFG_REQUIRE` names the peer: a machine that promised it must not pass by leaving the suite out.
 */
export function describeWith(
  peer: Peer,
  where: string | null,
  title: string,
  suite: (where: string) => void,
): void {
  const required = requiredPeers().includes(peer);
  describe(title, () => {
    if (where !== null) suite(where);
    else if (required) {
      test(`needs ${peer}`, () =>
        expect.fail(`XMAILCFG_REQUIRE names ${peer}, but it is not on this machine`));
    } else test.skip(`${peer} is not on this machine`, () => {});
  });
}

function requiredPeers(): string[] {
  const names = (process.env["XMAILCFG_REQUIRE"] ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const unknown = names.filter((name) => !PEERS.some((peer) => peer === name));
  if (unknown.length > 0) throw new Error(`XMAILCFG_REQUIRE names ${unknown}, which no suite knows`);
  return names;
}

/** Path of Debian's or the named browser; `CHROMIUM` overrides the search. */
export function chromium(): string | null {
  return process.env["CHROMIUM"] ?? findProgram("chromium") ?? findProgram("chromium-browser");
}

/** Debian's Samba server; its `smbclient` comes as a package of its own. */
export function samba(): string | null {
  return findProgram("smbclient") && findProgram("smbd", SYSTEM);
}

/** OpenSSH's server; it must be called by its whole path. */
export function sshd(): string | null {
  return findProgram("ssh-keygen") && findProgram("sshd", SYSTEM);
}

export function apache(): string | null {
  return findProgram("apache2", SYSTEM);
}

export function redisServer(): string | null {
  return findProgram("redis-server", SYSTEM);
}

/** For tests that change owners or become somebody else. */
export function asRoot(): string | null {
  return process.getuid?.() === 0 ? "root" : null;
}

/** Folder that holds `XMail` and `CtrlClnt`, named by `XMAIL_BIN`. */
export function xmailBin(): string | null {
  const folder = process.env["XMAIL_BIN"];
  return folder === undefined || folder === "" ? null : folder;
}

/** Where servers are, which the PATH of ordinary users leaves out. */
const SYSTEM = ["/usr/sbin", "/usr/local/sbin"];

function findProgram(name: string, more: readonly string[] = []): string | null {
  for (const folder of [...(process.env["PATH"] ?? "").split(delimiter), ...more]) {
    try {
      const path = join(folder, name);
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not in this folder
    }
  }
  return null;
}
