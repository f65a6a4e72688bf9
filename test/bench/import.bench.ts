import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { openCtrlWay } from "../../src/ctrl/backend.ts";
import type { CtrlOptions } from "../../src/ctrl/options.ts";
import { useraddCommand } from "../../src/ctrl/users.ts";
import { secret } from "../../src/errors/secret.ts";
import { openXMail } from "../../src/index.ts";
import type { XMail } from "../../src/library.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { local } from "../../src/storage/local.ts";
import type { Benchmark } from "./report.ts";
import { median, timeOf } from "./timing.ts";

const FEW = 1_000;
const MANY = 10_000;
const SENT = 2_000;
const ROUNDS = 3;
const CTRL = { account: "admin", password: "Bench-Secret-1" };
const PASSWORD = "Long-enough-1";

/** Imports of accounts: looked at and made by commands, and made in the files of a stopped server. */
export async function benchmarks(): Promise<Benchmark[]> {
  const looks = { few: [] as number[], many: [] as number[] };
  const sent = { raw: [] as number[], ours: [] as number[] };
  const files = { raw: [] as number[], ours: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    await overSimulator(async (ctrl) => {
      const xmail = await openXMail({ ctrl });
      await looked(xmail, 10);
      looks.few.push(await timeOf(() => looked(xmail, FEW)));
      looks.many.push(await timeOf(() => looked(xmail, MANY)));
      sent.ours.push(await timeOf(() => imported(xmail, SENT)));
      await xmail.close();
    });
    await overSimulator(async (ctrl) => void sent.raw.push(await timeOf(() => sentAlone(ctrl))));
    await inFolder(async (folder) => {
      await writeMailRoot(local(folder));
      const xmail = await openXMail({ storage: local(folder), offline: true });
      files.ours.push(await timeOf(() => imported(xmail, SENT)));
      await xmail.close();
    });
    await inFolder(async (folder) => void files.raw.push(await timeOf(() => madeAlone(folder))));
  }
  const [few, many] = [median(looks.few), median(looks.many)];
  return [
    {
      name: "import-look-linear",
      ratio: many / few / (MANY / FEW),
      bound: 1.5,
      reference: `a look at ${FEW} accounts over CTRL, for each account: ${(few / FEW).toFixed(2)} ms; ${MANY} took ${many.toFixed(0)} ms`,
    },
    {
      name: "import-ctrl",
      ratio: median(sent.ours) / median(sent.raw),
      bound: 2,
      reference: `the same ${SENT} useradd sent in windows without a look before: ${median(sent.raw).toFixed(0)} ms`,
    },
    {
      name: "import-files",
      ratio: median(files.ours) / median(files.raw),
      bound: 6,
      reference: `one durable file for each of ${SENT} accounts, 16 at once: ${median(files.raw).toFixed(0)} ms (ours: five folders and a file each)`,
    },
  ];
}

function csvOf(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => `user${index}@example.com,${PASSWORD}`);
  return ["address,password", ...lines].join("\n");
}

async function looked(xmail: XMail, count: number): Promise<void> {
  const { result } = await xmail.account.import({ csv: csvOf(count) }, { dryRun: true });
  if (result.added !== count) throw new Error("not all could be added");
}

async function imported(xmail: XMail, count: number): Promise<void> {
  const { added } = await xmail.account.import({ csv: csvOf(count) });
  if (added !== count) throw new Error("not all were added");
}

async function sentAlone(ctrl: CtrlOptions): Promise<void> {
  const { line } = openCtrlWay(ctrl);
  const commands = Array.from({ length: SENT }, (_, index) =>
    useraddCommand({ domain: "example.com", name: `user${index}`, kind: "user", password: secret(PASSWORD) }),
  );
  let done = 0;
  await line.sendAll(commands, ({ status }) => {
    if (status.ok) done += 1;
  });
  if (done !== SENT) throw new Error("not all were added");
  await line.close();
}

async function madeAlone(folder: string): Promise<void> {
  const names = Array.from({ length: SENT }, (_, index) => join(folder, `user${index}`));
  const work = async () => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      const file = await open(name, "wx");
      await file.writeFile("a row of settings\n");
      await file.sync();
      await file.close();
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
}

async function overSimulator(work: (ctrl: CtrlOptions) => Promise<void>): Promise<void> {
  const script = new URL("./ctrl-simulator.ts", import.meta.url).pathname;
  const args = ["--import", "tsx", script, CTRL.account, CTRL.password];
  const simulator = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  try {
    const [first] = await once(createInterface(simulator.stdout), "line");
    await work({ host: "127.0.0.1", port: Number(first), ...CTRL });
  } finally {
    const ended = once(simulator, "exit");
    simulator.stdin.end();
    await ended;
  }
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "import-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
