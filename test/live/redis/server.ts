import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface RedisServer {
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly folder: string;
  /** Answers nothing until `goOn`, but keeps its lines. */
  stop(): void;
  goOn(): void;
  end(): Promise<void>;
}

const HOST = "127.0.0.1";

const running = new Set<ChildProcess>();
// A test that dies must not leave a server behind.
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Those that a failed test left, too. */
export function endServers(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** A real Redis on a port of its own, which keeps nothing. `more` are its options, like `--requirepass`. */
export async function startRedis(
  program: string,
  more: readonly string[] = [],
  port?: number,
): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "redis-"));
  const at = port ?? (await freePort());
  const plain = more.includes("--tls-port") ? [] : ["--port", String(at)];
  const options = ["--bind", HOST, "--dir", folder, "--save", "", "--appendonly", "no"];
  const wanted = more.map((one) => (one === "PORT" ? String(at) : one));
  const child = spawn(program, [...plain, ...options, ...wanted], { stdio: "ignore" });
  running.add(child);
  child.once("exit", () => running.delete(child));
  await untilOpen(child, at);
  return {
    host: HOST,
    port: at,
    folder,
    stop: () => void child.kill("SIGSTOP"),
    goOn: () => void child.kill("SIGCONT"),
    async end() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGKILL");
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilOpen(child: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
    if (await isOpen(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("redis-server does not listen");
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, HOST);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
