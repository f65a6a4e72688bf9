import { hasCode } from "../errors/error.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { BEGIN, type ChainEnd, isGenuine, readLine } from "./audit-chain.ts";
import { auditFiles, auditPath } from "./audit-files.ts";
import { endsWhole, placedLinesBackwards, placedLinesForwards } from "./line-file.ts";

/** Beside the log, so that a log whose last lines were cut off does not look whole. */
const HEAD = storagePath("audit", "head.json");

/** The last record, and where its file ended after it. */
export interface Head extends ChainEnd {
  readonly day: string;
  readonly size: number;
}

/** What the next record goes on from. */
export interface Tail extends Head {
  /** Whether the file ends in half a line, which the next must not continue. */
  readonly torn: boolean;
  /** The chain had records, and its head was gone. */
  readonly headLost: boolean;
}

/** `missing`: there is none; `damaged`: what stands there is none, as after a power cut. */
export async function readHead(storage: Storage): Promise<Head | "missing" | "damaged"> {
  try {
    const { seq, hash, day, size } = JSON.parse(Buffer.from(await storage.read(HEAD)).toString()) as Head;
    const isHead =
      [seq, size].every((count) => Number.isSafeInteger(count) && count >= 0) &&
      /^[0-9a-f]{64}$/.test(hash) &&
      /^\d{4}-\d\d-\d\d$/.test(day);
    return isHead ? { seq, hash, day, size } : "damaged";
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return "missing";
    if (error instanceof SyntaxError || error instanceof TypeError) return "damaged";
    throw error;
  }
}

/** Not waiting for the disk: the log itself does, and a head that lags behind it is led on from there. */
export async function writeHead(storage: Storage, { seq, hash, day, size }: Head): Promise<void> {
  const text = `${JSON.stringify({ seq, hash, day, size })}\n`;
  await storage.write(HEAD, Buffer.from(text), { mode: 0o600, fleeting: true });
}

/** Where the next record goes, on `day` or the day of the one before it. Under the lock. */
export async function tailFor(storage: Storage, day: string): Promise<Tail> {
  const head = await readHead(storage);
  if (typeof head === "string") return withoutHead(storage, day, head === "missing");
  const caught = await caughtUp(storage, head);
  if (caught.day >= day) return caught;
  const next = await sizedAt(storage, day);
  const tail = { ...caught, ...next, day };
  // Before the record: whoever finds a head knows the one file that may have gone on without it.
  await writeHead(storage, tail);
  return tail;
}

/** A process that was ended between the two writes left records that the head does not know yet. */
async function caughtUp(storage: Storage, head: Head): Promise<Tail> {
  const path = auditPath(head.day);
  const { size } = (await storage.stat(path)) ?? { size: 0 };
  const tail = { ...head, size, torn: false, headLost: false };
  if (size === head.size) return tail;
  // Shorter: something was cut off. The chain goes on from the head, so that the gap stays for ever.
  let end: ChainEnd = head;
  if (size > head.size) {
    for await (const { line } of placedLinesForwards(storage, path, head.size)) {
      const read = readLine(line);
      const { link } = read ?? {};
      if (read && link?.seq === end.seq + 1 && link.previous === end.hash && isGenuine(read)) end = link;
    }
  }
  return { ...tail, seq: end.seq, hash: end.hash, torn: !(await endsWhole(storage, path)) };
}

/** At the beginning, and when somebody took the head away: the log itself says how far it got. */
async function withoutHead(storage: Storage, day: string, missing: boolean): Promise<Tail> {
  const files = [...(await auditFiles(storage))].reverse();
  const newest = files[0]?.day ?? day;
  const place = newest > day ? newest : day;
  const end = await lastIn(storage, files);
  const tail = { ...end, day: place, ...(await sizedAt(storage, place)) };
  return { ...tail, headLost: missing && end.seq > 0 };
}

async function lastIn(storage: Storage, files: readonly { readonly path: ReturnType<typeof auditPath> }[]) {
  for (const { path } of files) {
    for await (const { line } of placedLinesBackwards(storage, path)) {
      const read = line.includes('"seq":') ? readLine(line) : null;
      if (read?.link && isGenuine(read)) return { seq: read.link.seq, hash: read.link.hash };
    }
  }
  return BEGIN;
}

async function sizedAt(storage: Storage, day: string): Promise<{ size: number; torn: boolean }> {
  const path = auditPath(day);
  const { size } = (await storage.stat(path)) ?? { size: 0 };
  return { size, torn: size > 0 && !(await endsWhole(storage, path)) };
}
