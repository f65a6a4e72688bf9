import { spawn } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storagePath } from "../../src/storage/path.ts";
import { smb } from "../../src/storage/smb/smb.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { type SambaServer, startSamba } from "../live/smb/servers.ts";
import type { Benchmark } from "./report.ts";
import { median, timeOf } from "./timing.ts";

const LARGE_BYTES = 500 * 1024 * 1024;
const SMALL_FILES = 2_000;
const SMALL_BYTES = 2 * 1024;
const IN_FLIGHT = 16;
const ROUNDS = 5;

/** The SMB driver and `smbclient` in turns against one real Samba as it is installed; ours signs, `smbclient` does not. */
export async function benchmarks(): Promise<Benchmark[]> {
  const server = await startSamba("default");
  const target = mkdtempSync(join(tmpdir(), "smb-bench-"));
  try {
    const bytes = randomFillSync(Buffer.alloc(LARGE_BYTES));
    writeFileSync(join(server.folder, "large"), bytes);
    mkdirSync(join(server.folder, "small"));
    for (let index = 0; index < SMALL_FILES; index += 1) {
      writeFileSync(join(server.folder, "small", `m${index}`), bytes.subarray(index, index + SMALL_BYTES));
    }
    const authFile = join(target, "auth");
    const lines = [`username=${server.user}`, `password=${server.password.reveal()}`];
    writeFileSync(authFile, lines.join("\n"), { mode: 0o600 });
    const storage = await smb({ host: "127.0.0.1", ...server });
    const large = { theirs: [] as number[], ours: [] as number[] };
    const small = { theirs: [] as number[], ours: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      large.theirs.push(await timeOf(() => smbclient(server, authFile, target, "get large /dev/null")));
      large.ours.push(await timeOf(() => readLarge(storage)));
      small.theirs.push(await timeOf(() => smbclient(server, authFile, target, "prompt; cd small; mget *")));
      small.ours.push(await timeOf(() => readSmall(storage)));
    }
    await storage.close();
    return [
      {
        name: "smb-read-500mb",
        ratio: median(large.theirs) / median(large.ours),
        bound: 0.3,
        of: "speed",
        reference: "`smbclient get` of the same file to /dev/null, start and sign-in included",
      },
      {
        name: "smb-read-2000-small",
        ratio: median(small.ours) / median(small.theirs),
        bound: 0.5,
        reference: `\`smbclient mget\` of the same files (ours: ${IN_FLIGHT} in flight)`,
      },
    ];
  } finally {
    await server.stop();
    rmSync(target, { recursive: true, force: true });
  }
}

async function readLarge(storage: Storage): Promise<void> {
  const bytes = await storage.read(storagePath("large"));
  if (bytes.length !== LARGE_BYTES) throw new Error("the large file was not read");
}

async function readSmall(storage: Storage): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < SMALL_FILES) {
      const bytes = await storage.read(storagePath("small", `m${next++}`));
      if (bytes.length !== SMALL_BYTES) throw new Error("a small file was not read");
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

/** The password comes from a file: arguments can be listed by everybody. */
function smbclient(server: SambaServer, authFile: string, folder: string, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      "smbclient",
      [`//127.0.0.1/${server.share}`, "-p", `${server.port}`, "-A", authFile, "-c", command],
      { cwd: folder, stdio: "ignore" },
    );
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`smbclient: ${code}`))));
  });
}
