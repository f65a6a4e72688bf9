import { connect } from "node:net";
import { Worker } from "node:worker_threads";
import { pattern } from "../../src/ctrl/arguments.ts";
import { openLine } from "../../src/ctrl/client.ts";
import type { CtrlLine } from "../../src/ctrl/line.ts";
import { readOptions } from "../../src/ctrl/options.ts";
import { type UserFilter, usersOver, uservarsCommand } from "../../src/ctrl/users.ts";
import type { Benchmark } from "./report.ts";
import { median, timeOf } from "./timing.ts";

const USERS = 50_000;
const ROUNDS = 9;
const ALONE = 10;
const TOGETHER = 1_000;
const REF = { domain: "example.com", name: "hana" };

/**
 * The CTRL client against a server that writes small segments as XMail does, in a thread of its own. References are
 * measured in turns with ours, on the same server.
 */
export async function benchmarks(): Promise<Benchmark[]> {
  const users = Array.from(
    { length: USERS },
    (_, index) => `"example.com"\t"first.last${index}"\t"pw${index}"\t"U"\r\n`,
  );
  const worker = new Worker(new URL("./ctrl-peer.mjs", import.meta.url), {
    workerData: { users },
  });
  const port = await new Promise<number>((resolve) => worker.once("message", resolve));
  const line = openLine(readOptions({ host: "127.0.0.1", port, account: "admin", password: "secret" }));
  try {
    const one = { ordinary: [] as number[], alone: [] as number[], together: [] as number[] };
    const list = { raw: [] as number[], ours: [] as number[] };
    const burst = { raw: [] as number[], ours: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      one.ordinary.push((await timeOf(() => ordinaryClient(port, ALONE))) / ALONE);
      one.alone.push((await timeOf(() => lockStep(line, ALONE))) / ALONE);
      one.together.push((await timeOf(() => pipelined(line, TOGETHER))) / TOGETHER);
      list.raw.push(await timeOf(() => converse(port, '"userlist"\r\n', 1)));
      list.ours.push(await timeOf(() => readUsers(line, {})));
      burst.raw.push(await timeOf(() => converse(port, '"userlist"\t"*"\r\n', 1)));
      burst.ours.push(await timeOf(() => readUsers(line, { domain: pattern("*") })));
    }
    return [
      {
        name: "ctrl-list-pipelined",
        ratio: median(one.together) / median(one.ordinary),
        bound: 0.02,
        reference: `one uservars after the other on an ordinary socket (ours: ${TOGETHER} pipelined)`,
      },
      {
        name: "ctrl-list-alone",
        ratio: median(one.alone) / median(one.ordinary),
        bound: 0.2,
        reference: "one uservars after the other on an ordinary socket (ours: the same, nudged)",
      },
      {
        name: "ctrl-list-50000",
        ratio: median(list.ours) / median(list.raw),
        bound: 1.5,
        reference: `reading a list of ${USERS} users from a raw socket as XMail sends it (ours: one object per user)`,
      },
      {
        name: "ctrl-list-50000-burst",
        ratio: median(burst.ours) / median(burst.raw),
        bound: 12,
        reference: "the same, sent in one piece: what is left is the work of cutting and decoding",
      },
    ];
  } finally {
    await line.close();
    await worker.terminate();
  }
}

async function lockStep(line: CtrlLine, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    const { lines } = await line.ask(uservarsCommand(REF));
    if (lines.length !== 4) throw new Error("the list was not read");
  }
}

async function pipelined(line: CtrlLine, times: number): Promise<void> {
  const commands = Array.from({ length: times }, () => uservarsCommand(REF));
  const sizes = await line.askAll(commands, ({ lines }) => lines.length);
  if (sizes.some((size) => size !== 4)) throw new Error("the lists were not read");
}

async function readUsers(line: CtrlLine, filter: UserFilter): Promise<void> {
  let rows = 0;
  let letters = 0;
  for await (const { name, password } of usersOver(line).list(filter)) {
    rows += 1;
    letters += name.length + password.reveal().length;
  }
  if (rows !== USERS || letters < USERS * 10) throw new Error("the users were not read");
}

/** Signs in, then sends a command when the answer to the last one has ended, as any other client does. */
function ordinaryClient(port: number, times: number): Promise<void> {
  return converse(port, '"uservars"\t"example.com"\t"hana"\r\n', times);
}

function converse(port: number, command: string, times: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let left = times;
    let signedIn = false;
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      const tail = chunk.toString("latin1", Math.max(0, chunk.length - 24));
      if (tail.includes("-0000\r\n")) socket.write('"admin"\t"x"\r\n');
      else if (!signedIn && tail.includes("+00000 OK")) {
        signedIn = true;
        socket.write(command);
      } else if (tail.endsWith("\n.\r\n") || tail === ".\r\n") {
        left -= 1;
        if (left > 0) socket.write(command);
        else socket.destroy();
      }
    });
    socket.on("close", () => resolve());
  });
}
