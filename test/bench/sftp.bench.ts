import { execFile } from "node:child_process";
import { mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Secret } from "../../src/errors/secret.ts";
import { storagePath } from "../../src/storage/path.ts";
import { sftp } from "../../src/storage/sftp/sftp.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { type Sshd, startSshd } from "../live/sftp/server.ts";
import type { Benchmark } from "./report.ts";

const BIG_BYTES = 500 * 1024 * 1024;
const SMALL_FILES = 2_000;
const SMALL_BYTES = 2_048;
const ROUNDS = 5;

/** The SFTP driver against OpenSSH's `sftp`, on one server, in turns; both connect and sign in each time. */
export async function benchmarks(): Promise<Benchmark[]> {
  const server = await startSshd({ extensions: true });
  try {
    fill(server.folder);
    const big = { ours: [] as number[], theirs: [] as number[] };
    const small = { ours: [] as number[], theirs: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      big.theirs.push(await timeOf(() => get(server, `big ${join(server.folder, "..", "copy")}`)));
      big.ours.push(await timeOf(() => withStorage(server, readBig)));
      mkdirSync(join(server.folder, "..", `copies${round}`));
      small.theirs.push(
        await timeOf(() => get(server, `small/* ${join(server.folder, "..", `copies${round}`)}`)),
      );
      small.ours.push(await timeOf(() => withStorage(server, readSmall)));
    }
    if (process.env["SHOW"]) process.stderr.write(`${JSON.stringify({ big, small })}\n`);
    return [
      {
        name: "sftp-read-500mb",
        of: "speed",
        ratio: median(big.theirs) / median(big.ours),
        bound: 0.5,
        reference: "`sftp get` of the same file",
      },
      {
        name: "sftp-read-2000",
        ratio: median(small.ours) / median(small.theirs),
        bound: 0.1,
        reference: `\`sftp get small/*\` of ${SMALL_FILES} files of ${SMALL_BYTES} bytes`,
      },
    ];
  } finally {
    await server.stop();
  }
}

function fill(folder: string): void {
  const piece = Buffer.alloc(1024 * 1024, "0123456789abcdef");
  const file = openSync(join(folder, "big"), "w");
  for (let done = 0; done < BIG_BYTES; done += piece.length) writeSync(file, piece);
  mkdirSync(join(folder, "small"));
  for (let index = 0; index < SMALL_FILES; index += 1) {
    writeFileSync(join(folder, "small", `m${index}`), Buffer.alloc(SMALL_BYTES, `${index} `));
  }
}

async function withStorage(server: Sshd, work: (storage: Storage) => Promise<void>): Promise<void> {
  const { port, user, hostKey, privateKey, folder } = server;
  const storage = await sftp({
    host: "127.0.0.1",
    port,
    user,
    hostKey,
    privateKey: new Secret(privateKey),
    root: folder,
  });
  await work(storage);
  await storage.close();
}

async function readBig(storage: Storage): Promise<void> {
  const { length } = await storage.read(storagePath("big"));
  if (length !== BIG_BYTES) throw new Error("the file was not read");
}

async function readSmall(storage: Storage): Promise<void> {
  const entries = await storage.list(storagePath("small"));
  const sizes = await Promise.all(
    entries.map(async ({ name }) => (await storage.read(storagePath("small", name))).length),
  );
  if (sizes.length !== SMALL_FILES || sizes.some((size) => size !== SMALL_BYTES))
    throw new Error("the files were not read");
}

/** OpenSSH's own client. */
async function get({ port, user, keyFile, folder }: Sshd, what: string): Promise<void> {
  const batch = join(folder, "..", "batch");
  writeFileSync(batch, `cd ${folder}\nget ${what}\n`);
  const settings = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "IdentitiesOnly=yes"];
  const options = settings.flatMap((setting) => ["-o", setting]);
  await promisify(execFile)(
    "sftp",
    ["-q", "-b", batch, "-P", String(port), "-i", keyFile, ...options, `${user}@127.0.0.1`],
    { maxBuffer: 16 * 1024 * 1024 },
  );
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
