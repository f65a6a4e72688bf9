import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { Secret } from "../../../src/errors/secret.ts";
import { samba } from "../../peers.ts";

/** What sets each kind of server apart from Samba as Debian installs it. */
const KINDS = {
  default: [],
  signing: ["server signing = mandatory"],
  encryption: ["smb encrypt = required"],
  "smb3.1.1": ["server min protocol = SMB3_11"],
  smb2: ["server max protocol = SMB2_10"],
  /** Lets everybody in whose name it does not know. */
  guest: ["map to guest = Bad User"],
} as const satisfies Record<string, readonly string[]>;

export type SambaKind = keyof typeof KINDS;

export interface SambaServer {
  readonly port: number;
  readonly share: string;
  readonly user: string;
  readonly password: Secret;
  /** The share on disk. */
  readonly folder: string;
  /** Ends the server in good order and removes everything. */
  stop(): Promise<void>;
  /** Ends it at once, in the middle of whatever it does; `start` begins anew on the same port and folder. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

const SHARE = "mail";

/** A Samba of our own on a free loopback port, with an account and a share in a temporary folder. `more`: lines of `[global]`. */
export async function startSamba(kind: SambaKind, more: readonly string[] = []): Promise<SambaServer> {
  const program = samba() ?? "smbd";
  const home = await mkdtemp(join(tmpdir(), "xmailcfg-smb-"));
  const folder = join(home, "share");
  const config = join(home, "smb.conf");
  const port = await freePort();
  // Samba's accounts stand for accounts of the system: the one that we are.
  const user = userInfo().username;
  const password = new Secret("Pässw0rd of-Samba");
  for (const name of ["share", "state", "private"]) await mkdir(join(home, name), { mode: 0o700 });
  await writeFile(config, configuration(home, port, [...KINDS[kind], ...more]));
  await addAccount(config, user, password);

  let running: { readonly child: ChildProcess; readonly exited: Promise<void> } | null = null;
  const start = async () => {
    running = launch(program, config);
    try {
      await accepts(port, running.child);
    } catch (error) {
      await end("SIGKILL");
      throw error;
    }
  };
  const end = async (signal: NodeJS.Signals) => {
    if (!running) return;
    // The whole group: each connection has a process of its own.
    signalGroup(running.child, signal);
    await running.exited;
    signalGroup(running.child, "SIGKILL");
    running = null;
    // Its children may outlive it by a moment, and would take the place of the next server.
    await eventually(async () => !(await takesConnections(port)), "smbd still listens");
  };

  const clean = () => rm(home, { recursive: true, force: true, maxRetries: 5 });
  await start().catch(async (error: unknown) => {
    await clean();
    throw error;
  });
  return {
    port,
    share: SHARE,
    user,
    password,
    folder,
    start,
    kill: () => end("SIGKILL"),
    async stop() {
      await end("SIGTERM");
      await clean();
    },
  };
}

function configuration(home: string, port: number, lines: readonly string[]): string {
  const state = join(home, "state");
  return [
    "[global]",
    "server role = standalone server",
    "workgroup = XMAILTEST",
    "netbios name = XMAILTEST",
    "interfaces = 127.0.0.1/8",
    "bind interfaces only = yes",
    `smb ports = ${port}`,
    "disable netbios = yes",
    "load printers = no",
    "printcap name = /dev/null",
    "disable spoolss = yes",
    ...["lock", "state", "cache", "pid", "ncalrpc"].map(
      (name) => `${name === "ncalrpc" ? "ncalrpc dir" : `${name} directory`} = ${state}`,
    ),
    `private dir = ${join(home, "private")}`,
    `passdb backend = tdbsam:${join(home, "private", "passdb.tdb")}`,
    `log file = ${join(home, "log")}`,
    "log level = 0",
    ...lines,
    `[${SHARE}]`,
    `path = ${join(home, "share")}`,
    "read only = no",
    "guest ok = yes",
    "create mask = 0600",
    "directory mask = 0700",
    "",
  ].join("\n");
}

/** The password goes through stdin, never through the arguments that everybody can list. */
async function addAccount(config: string, user: string, password: Secret): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const child = execFile("pdbedit", ["-s", config, "-a", "-t", "-u", user], (error, out, err) =>
      error ? reject(new Error(`pdbedit: ${out}${err}`)) : resolve(),
    );
    child.stdin?.end(`${password.reveal()}\n${password.reveal()}\n`);
  });
}

function launch(program: string, config: string) {
  // It ends when its input does: also when a runner kills us and nobody is left to end it. `cat`, because a socket for
  // input, which is what Node gives, would make it take that for its one client.
  const child = spawn(
    "sh",
    ["-c", 'cat | exec "$0" "$@"', program, "--foreground", "--no-process-group", `--configfile=${config}`],
    { detached: true, stdio: ["pipe", "ignore", "ignore"] },
  );
  const orphan = () => signalGroup(child, "SIGKILL");
  process.once("exit", orphan);
  const exited = new Promise<void>((resolve) => {
    const gone = () => {
      process.off("exit", orphan);
      resolve();
    };
    child.once("exit", gone).once("error", gone);
  });
  return { child, exited };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // all of them are gone
  }
}

async function accepts(port: number, child: ChildProcess): Promise<void> {
  await eventually(() => {
    if (child.exitCode !== null) throw new Error(`smbd ended with ${child.exitCode}`);
    return takesConnections(port);
  }, "smbd does not listen");
}

async function eventually(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(otherwise);
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
