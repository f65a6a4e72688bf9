import { withLock } from "../../../src/storage/lock.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { type DriverPlace, openPlace } from "../driver-place.ts";
import { COUNTED, LOG, NUMBER, newFile, REPLACED, record, torn, version } from "./versions.ts";

/** What a process does that is about to be killed. `ready` goes out once it is at it. */
const JOBS: Readonly<Record<string, (storage: Storage) => Promise<void>>> = {
  write: writeForEver,
  "write torn": (storage) => writeForEver(torn(storage)),
  /** Adds one to a number in a file under a lock, and then writes down which one it was. */
  async count(storage) {
    say("ready");
    for (;;)
      await withLock(storage, "test", (lease) => addOne(lease.storage), { ttlMs: 1_000, waitMs: 60_000 });
  },
};

async function addOne(storage: Storage): Promise<void> {
  const next = Number(Buffer.from(await storage.read(NUMBER)).toString()) + 1;
  await storage.write(NUMBER, Buffer.from(`${next}`));
  await storage.write(COUNTED, Buffer.from(`${next}\n`), { append: true });
}

async function writeForEver(storage: Storage): Promise<void> {
  for (let number = 0; ; number += 1) {
    await storage.write(REPLACED, version(number));
    if (number === 0) say("ready");
    await storage.write(newFile(number % 40), version(number), { ifAbsent: true }).catch(ifThere);
    await storage.write(LOG, record(number), { append: true });
  }
}

function ifThere(error: { code: string }): void {
  if (error.code !== "STORAGE_EXISTS") throw error;
}

function say(word: string): void {
  process.stdout.write(`${word}\n`);
}

const [job = "", place = "{}"] = process.argv.slice(2);
await JOBS[job]?.(await openPlace(JSON.parse(place) as DriverPlace));
