import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { loginDigest } from "../../src/crypto/digest.ts";
import { openCtrlBackend } from "../../src/ctrl/backend.ts";
import { uservarsCommand } from "../../src/ctrl/users.ts";
import type { Backend } from "../../src/xmail/backend.ts";
import type { Benchmark } from "./report.ts";
import { median, timeOf } from "./timing.ts";

const COMMANDS = 10_000;
const ACCOUNTS = 25;
const ROUNDS = 7;
const CTRL = { account: "admin", password: "Bench-Secret-1" };
const LIST_END = Buffer.from("\r\n.\r\n");

/** The variables of 10,000 accounts, as the library asks for them, against the same bytes on a bare socket. */
export async function benchmarks(): Promise<Benchmark[]> {
  const script = new URL("./ctrl-simulator.ts", import.meta.url).pathname;
  const args = ["--import", "tsx", script, CTRL.account, CTRL.password, String(ACCOUNTS)];
  const simulator = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  try {
    const [first] = await once(createInterface(simulator.stdout), "line");
    const port = Number(first);
    const backend = await openCtrlBackend({ host: "127.0.0.1", port, ...CTRL });
    const refs = Array.from({ length: COMMANDS }, (_, index) => ({
      domain: "example.com",
      name: `first.last${index % ACCOUNTS}`,
    }));
    const bytes = Buffer.concat(refs.map((ref) => uservarsCommand(ref).line));
    const raw: number[] = [];
    const ours: number[] = [];
    await readAll(backend, refs);
    await pipelined(port, bytes);
    for (let round = 0; round < ROUNDS; round += 1) {
      raw.push(await timeOf(() => pipelined(port, bytes)));
      ours.push(await timeOf(() => readAll(backend, refs)));
    }
    await backend.close();
    return [
      {
        name: "ctrl-uservars-10000",
        ratio: median(raw) / median(ours),
        bound: 0.8,
        of: "speed",
        reference: `the same ${COMMANDS} uservars written at once on a bare socket, to the simulator (ours: as maps)`,
      },
    ];
  } finally {
    const ended = once(simulator, "exit");
    simulator.stdin.end();
    await ended;
  }
}

async function readAll(backend: Backend, refs: readonly { domain: string; name: string }[]): Promise<void> {
  const found = await backend.accounts.variables(refs);
  if (found.length !== COMMANDS || found.some((variables) => variables.size === 0)) {
    throw new Error("the variables were not read");
  }
}

/** Signs in, writes everything, and counts the ends of the lists. */
function pipelined(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let state: "greeting" | "login" | "lists" = "greeting";
    let left = COMMANDS;
    let tail = Buffer.alloc(0);
    socket.on("error", reject);
    socket.on("close", () => (left === 0 ? resolve() : reject(new Error("the lists were not read"))));
    socket.on("data", (chunk) => {
      if (state === "greeting") {
        const challenge = /<[^>]*>/.exec(chunk.toString("latin1"))?.[0] ?? "";
        const digest = loginDigest(challenge, CTRL.password);
        socket.write(`"${CTRL.account}"\t"${digest}"\r\n`);
        state = "login";
      } else if (state === "login") {
        state = "lists";
        socket.write(bytes);
      } else {
        const all = tail.length === 0 ? chunk : Buffer.concat([tail, chunk]);
        let from = 0;
        for (let at = all.indexOf(LIST_END); at >= 0; at = all.indexOf(LIST_END, from)) {
          left -= 1;
          from = at + LIST_END.length;
        }
        tail = all.subarray(Math.max(from, all.length - LIST_END.length + 1));
        if (left === 0) socket.end();
      }
    });
  });
}
