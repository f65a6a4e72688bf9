import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";

/** Programs that a live or browser suite talks to; `XMAILCFG_REQUIRE=chromium,xmail` makes their absence a failure. */
export type Peer = "chromium" | "xmail" | "openssl" | "python3";

/**
 * `describe` for a suite that needs a real program. Absent, the suite is skipped under its own name, or fails when
 * `XMAILCFG_REQUIRE` names the peer: a machine that promised it must not pass by leaving the suite out.
 */
export function describeWith(
  peer: Peer,
  where: string | null,
  title: string,
  suite: (where: string) => void,
): void {
  describe(title, () => {
    if (where !== null) suite(where);
    else if (requiredPeers().includes(peer)) {
      test(`needs ${peer}`, () =>
        expect.fail(`XMAILCFG_REQUIRE names ${peer}, but it is not on this machine`));
    } else test.skip(`${peer} is not on this machine`, () => {});
  });
}

function requiredPeers(): string[] {
  return (process.env["XMAILCFG_REQUIRE"] ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** Path of Debian's or the named browser; `CHROMIUM` overrides the search. */
export function chromium(): string | null {
  return process.env["CHROMIUM"] ?? findProgram("chromium") ?? findProgram("chromium-browser");
}

/** Folder that holds `XMail` and `CtrlClnt`, named by `XMAIL_BIN`. */
export function xmailBin(): string | null {
  const folder = process.env["XMAIL_BIN"];
  return folder === undefined || folder === "" ? null : folder;
}

function findProgram(name: string): string | null {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
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
