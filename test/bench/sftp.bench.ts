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
import { timeOf } from "./timing.ts";

const BIG_BYTES = 500 * 1024 * 1024;
const SMALL_FILES = 2_000;
const SMALL_BYTES = 2_048;
const ROUNDS = 5;

/**
 * The SFTP driver against OpenSSH's `sftp`, on one server, in turns. Connecting and signing in count for neither: ours stays
 * connected, of theirs the time of a session that only looks where it is is taken away.
 */
export async function benchmarks(): Promise<Benchmark[]> {
  const server = await startSshd({ extensions: true });
  const storage = await open(server);
  try {
    fill(server.folder);
    const copies = join(server.folder, "..", "copies");
    mkdirSync(copies);
    const times = { nothing: [] as number[], big: [] as number[], small: [] as number[] };
    const ours = { big: [] as number[], small: [] as number[], scan: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.nothing.push(await timeOf(() => theirs(server, "pwd")));
      times.big.push(await timeOf(() => theirs(server, `get big ${join(copies, "big")}`)));
      times.small.push(await timeOf(() => theirs(server, `get small/* ${copies}`)));
      ours.big.push(await timeOf(() => readBig(storage)));
      ours.small.push(await timeOf(() => readSmall(storage)));
      ours.scan.push(await timeOf(() => scanSmall(storage)));
    }
    const small = least(times.small) - least(times.nothing);
    const files = `\`sftp get small/*\`, ${SMALL_FILES} files of ${SMALL_BYTES} bytes`;
    return [
      {
        name: "sftp-read-500mb",
        of: "speed",
        ratio: (least(times.big) - least(times.nothing)) / least(ours.big),
        bound: 0.5,
        reference: "`sftp get` of the same file",
      },
      {
        name: "sftp-read-2000",
        ratio: least(ours.small) / small,
        bound: 0.1,
        reference: `${files} (ours: list, then read each)`,
      },
      {
        name: "sftp-scan-2000",
        ratio: least(ours.scan) / small,
        bound: 0.1,
        reference: `${files} (ours: scan with their bytes)`,
      },
    ];
  } finally {
    await storage.close();
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

function open({ port, user, hostKey, privateKey, folder }: Sshd): Promise<Storage> {
  const key = new Secret(privateKey);
  return sftp({ host: "127.0.0.1", port, user, hostKey, privateKey: key, root: folder });
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

async function scanSmall(storage: Storage): Promise<void> {
  let bytes = 0;
  const scan = storage.scan?.([storagePath("small")], { head: SMALL_BYTES * 2 }) ?? [];
  for await (const { head } of scan) bytes += head.length;
  if (bytes !== SMALL_FILES * SMALL_BYTES) throw new Error("the files were not scanned");
}

/** OpenSSH's own client. */
async function theirs({ port, user, keyFile, folder }: Sshd, command: string): Promise<void> {
  const batch = join(folder, "..", "batch");
  writeFileSync(batch, `cd ${folder}\n${command}\n`);
  const settings = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "IdentitiesOnly=yes"];
  const options = settings.flatMap((setting) => ["-o", setting]);
  await promisify(execFile)(
    "sftp",
    ["-q", "-b", batch, "-P", String(port), "-i", keyFile, ...options, `${user}@127.0.0.1`],
    { maxBuffer: 16 * 1024 * 1024 },
  );
}

/** What else the machine does only adds to a time. */
function least(times: readonly number[]): number {
  return Math.min(...times);
}
