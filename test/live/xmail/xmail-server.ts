import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { local } from "../../../src/storage/local.ts";
import { type Certificate, selfSigned } from "../../unit/ctrl/certificate.ts";

export const CTRL = { account: "admin", password: "Adm1n-Secret" } as const;

export interface XMailServer {
  readonly folder: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly smtpPort: number;
  readonly certificate: Certificate;
  /** A file of the MailRoot, bytes as Latin-1; `null` when there is none. */
  read(path: string): Promise<string | null>;
  /** Asks XMail to stop; it takes some seconds, so waiting is left to `allStopped`. */
  stop(): void;
}

const running: Promise<void>[] = [];
let certificate: Certificate | null = null;

/** A real XMail over a MailRoot of our own in a temporary folder, all services on free loopback ports. */
export async function startXMail(bin: string, flags: readonly string[] = []): Promise<XMailServer> {
  const home = await mkdtemp(join(tmpdir(), "xmailcfg-live-"));
  const folder = join(home, "MailRoot");
  const storage = local(folder);
  await writeMailRoot(storage, { ctrl: CTRL });
  await storage.close();
  certificate ??= selfSigned();
  await writeFile(join(folder, "server.cert"), certificate.cert);
  await writeFile(join(folder, "server.key"), certificate.key);
  const [port = 0, tlsPort = 0, smtp = 0, pop, finger] = await freePorts(5);
  const at = (number: number | undefined) => `127.0.0.1:${number}`;
  const child = spawn(
    join(bin, "XMail"),
    [
      ...["-Ms", folder, "-Md", "-Mx", "3", "-Yi", "0", "-Pw", "1", "-X-", "-B-"],
      ...["-CI", at(port), "-WI", at(tlsPort), "-SI", at(smtp), "-PI", at(pop), "-FI", at(finger)],
      ...flags,
    ],
    { env: { TZ: "UTC", PATH: process.env["PATH"], XMAIL_PID_DIR: home }, stdio: "ignore" },
  );
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const gone = exited.then(() => rm(home, { recursive: true, force: true }));
  running.push(gone);
  try {
    await accepts(tlsPort, child);
    await accepts(port, child);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  return {
    folder,
    port,
    tlsPort,
    smtpPort: smtp,
    certificate,
    async read(path) {
      try {
        return await readFile(join(folder, path), "latin1");
      } catch {
        return null;
      }
    },
    // XMail ignores SIGTERM, and everything after it.
    stop: () => void child.kill("SIGINT"),
  };
}

export async function allStopped(): Promise<void> {
  await Promise.all(running);
}

async function accepts(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`XMail ended with ${child.exitCode}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("close", () => undefined).once("connect", () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("XMail does not listen");
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
