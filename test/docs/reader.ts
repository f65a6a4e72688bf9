import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { XMail } from "../../src/library.ts";
import { openXMail } from "../../src/open.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { local } from "../../src/storage/local.ts";
import { type Ended, run, TOP } from "../gates/tree-copy.ts";

/** Somebody who reads our docs, on a machine of his own: what he types runs against a simulated XMail. */
export interface Reader {
  readonly home: string;
  readonly xmail: XMail;
  readonly port: number;
  /** Of his XMail's control server. */
  readonly ctrlPort: number;
  /** The text with his paths and ports in place of ours. */
  fitted(text: string): string;
  write(path: string, text: string): void;
  shell(script: string): Promise<Ended>;
  /** Starts a module of his, with arguments; resolves with the first line that holds `sign`. */
  start(command: string, sign: string): Promise<Started>;
  leave(): Promise<void>;
}

export interface Started {
  readonly line: string;
  stop(): Promise<void>;
}

const CTRL = { account: "admin", password: "control-password" };

export async function newReader(domain: string): Promise<Reader> {
  const home = mkdtempSync(join(realpathSync(tmpdir()), "xmailcfg-reader-"));
  const mailRoot = join(home, "MailRoot");
  await writeMailRoot(local(mailRoot), { domain, ctrl: CTRL });
  const simulator = await startSimulator({ storage: local(mailRoot) });
  const xmail = await openXMail({
    storage: local(mailRoot),
    ctrl: { host: "127.0.0.1", port: simulator.port, ...CTRL },
  });
  mkdirSync(join(home, "node_modules/.bin"), { recursive: true });
  symlinkSync(TOP, join(home, "node_modules/xmailcfg"));
  for (const name of ["express", "fastify", "hono", "@hono", "node-fastcgi", "ssh2"])
    symlinkSync(join(TOP, "node_modules", name), join(home, "node_modules", name));
  symlinkSync(join(TOP, "dist/bin/xmailcfg.cjs"), join(home, "node_modules/.bin/xmailcfg"));
  const port = await freePort();
  const replacements = [
    ["/var/MailRoot", mailRoot],
    ["/var/lib/xmailcfg", join(home, "state")],
    ["/mnt/xmailcfg", join(home, "state")],
    ['"port": 6017', `"port": ${simulator.port}`],
    ['host: "127.0.0.1", account', `host: "127.0.0.1", port: ${simulator.port}, account`],
    ["8080", String(port)],
  ] as const;
  return {
    home,
    xmail,
    port,
    ctrlPort: simulator.port,
    fitted: (text) => replacements.reduce((fitted, [ours, his]) => fitted.replaceAll(ours, his), text),
    write: (path, text) => writeFileSync(join(home, path), text),
    shell: (script) =>
      run(
        "/usr/bin/env",
        [`PATH=${home}/node_modules/.bin:${process.env["PATH"]}`, "bash", "-euc", script],
        home,
      ),
    start: (command, sign) => start(home, command, sign),
    async leave() {
      await xmail.close();
      await simulator.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function start(home: string, command: string, sign: string): Promise<Started> {
  const child = spawn(process.execPath, command.split(" "), { cwd: home, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = () => {
    child.kill("SIGINT");
    return ended;
  };
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (piece: Buffer) => {
      said += piece;
      const line = said.split("\n").find((text) => text.includes(sign));
      if (line !== undefined) resolve({ line, stop });
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    void ended.then(() => reject(new Error(`${command} ended without "${sign}":\n${said}`)));
  });
}
