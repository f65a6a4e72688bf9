import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Debian's Apache with our own configuration, on a free port of this machine. */
export interface ApacheServer {
  readonly origin: string;
  readonly port: number;
  /** What Apache and its programs said on standard error. */
  errorLog(): string;
  /** Ends it and all its children, and removes its folder. */
  stop(): Promise<void>;
}

export interface ApacheOptions {
  /** Modules besides those that every server here has: `cgid`, `proxy_http`. */
  readonly modules?: readonly string[];
  /** The server's own lines, after ours; `folder` is its temporary folder, which its programs may read. */
  conf(folder: string, port: number): string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Whom Debian's Apache becomes when root starts it; its programs run as him. */
const APACHE_USER = "www-data";
export const APACHE_IDS = { uid: 33, gid: 33 } as const;

/** What Apache shows otherwise than the handler said, whatever stands behind it. */
export const OF_APACHE = {
  HEAD: "Apache drops the length of an answer that it does not send",
  "two cookies, a joined header, a header above ASCII": "Apache writes Vary without spaces",
  "API, slash in a part": "Apache answers %2F by itself",
} as const;

const MODULES = "/usr/lib/apache2/modules";
const ALWAYS = ["mpm_event", "authz_core"] as const;
const PATIENCE_MS = 60_000;

const running = new Set<ChildProcess>();
// A test that dies must not leave a server behind.
process.once("exit", () => {
  for (const child of running) child.kill("SIGTERM");
});

/** A folder that Apache's own user can enter. */
export function apacheFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "xmailcfg-apache-"));
  chmodSync(folder, 0o755);
  return folder;
}

export async function startApache(program: string, options: ApacheOptions): Promise<ApacheServer> {
  const folder = apacheFolder();
  mkdirSync(join(folder, "run"));
  const port = await freePort();
  const file = join(folder, "httpd.conf");
  writeFileSync(file, configuration(folder, port, options));
  const child = spawn(program, ["-d", folder, "-f", file, "-DFOREGROUND"], {
    env: { PATH: process.env["PATH"], LANG: "C", ...options.env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  running.add(child);
  const ended = once(child, "exit").then(() => void running.delete(child));
  let said = "";
  child.stderr.on("data", (piece: Buffer) => {
    said += piece;
  });
  const errorLog = () => said + readOr(join(folder, "error.log"));
  try {
    await accepts(port, child);
  } catch (error) {
    child.kill("SIGTERM");
    throw new Error(`Apache did not start:\n${errorLog()}`, { cause: error });
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    errorLog,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, port: number, { modules = [], conf }: ApacheOptions): string {
  const named = [...new Set([...ALWAYS, ...modules])];
  return `ServerName 127.0.0.1
Listen 127.0.0.1:${port}
DocumentRoot ${folder}
${named.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join("\n")}
PidFile ${folder}/run/apache.pid
DefaultRuntimeDir ${folder}/run
${modules.includes("cgid") ? `ScriptSock ${folder}/run/cgid.sock` : ""}
${process.getuid?.() === 0 ? `User ${APACHE_USER}\nGroup ${APACHE_USER}` : ""}
ErrorLog ${folder}/error.log
LogLevel warn
Timeout 60
StartServers 1
ThreadsPerChild 16
MaxRequestWorkers 16
${conf(folder, port)}
`;
}

function readOr(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** Until something listens; also for servers that are none of Apache's. */
export async function accepts(port: number, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it does not listen");
}
