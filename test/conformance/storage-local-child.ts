import { local } from "../../src/storage/local.ts";
import { withLock } from "../../src/storage/lock.ts";
import { storagePath } from "../../src/storage/path.ts";

/** What a process does that is about to be killed. `ready` goes out once it is at it. */
const JOBS: Readonly<Record<string, (root: string) => Promise<void>>> = {
  /** Replaces one file over and over, with whole files of one letter. */
  async replace(root) {
    const storage = local(root);
    for (let index = 0; ; index += 1) {
      await storage.write(storagePath("d/f"), new Uint8Array(400_000 + (index % 26)).fill(65 + (index % 26)));
      if (index === 0) say("ready");
    }
  },
  /** Makes one file after the other, each exclusively. */
  async create(root) {
    const storage = local(root);
    for (let index = 0; ; index += 1) {
      await storage.write(storagePath(`d/f${index}`), new Uint8Array(400_000).fill(65), { ifAbsent: true });
      if (index === 0) say("ready");
    }
  },
  /** Removes folders with many files. */
  async remove(root) {
    const storage = local(root);
    say("ready");
    for (const { name } of await storage.list(storagePath("d"))) await storage.remove(storagePath("d", name));
    say("done");
  },
  /** Takes a lock and keeps it. */
  async hold(root) {
    await withLock(
      local(root),
      "test",
      async ({ fence }) => {
        say(`ready ${fence}`);
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      },
      { ttlMs: 1_000 },
    );
  },
  /** Works under a lock; stopped for a while, it must notice before it writes. */
  async stall(root) {
    await withLock(
      local(root),
      "test",
      async (lease) => {
        say("ready");
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          try {
            await lease.storage.write(storagePath("written"), Buffer.from(String(lease.fence)));
          } catch (error) {
            say(`refused ${(error as { code: string }).code}, held: ${await lease.stillHeld()}`);
            return;
          }
        }
      },
      { ttlMs: 1_000 },
    );
  },
  /** Adds one to a number in a file, forty times, each time under the lock. */
  async count(root) {
    const storage = local(root);
    say("ready");
    for (let turn = 0; turn < 40; turn += 1) {
      await withLock(
        storage,
        "test",
        async (lease) => {
          const path = storagePath("number");
          const number = Number(Buffer.from(await storage.read(path)).toString());
          await lease.storage.write(path, Buffer.from(`${number + 1}`));
        },
        { waitMs: 60_000 },
      );
    }
    say("done");
  },
};

function say(word: string): void {
  process.stdout.write(`${word}\n`);
}

const [job = "", root = ""] = process.argv.slice(2);
await JOBS[job]?.(root);
