import { randomBytes } from "node:crypto";
import { fail } from "../errors/error.ts";
import { orNull } from "../storage/if-there.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { SpoolJob } from "../xmail/spool.ts";
import { binOf, JOBS } from "./layout.ts";
import type { Item } from "./moves.ts";

/** A job as it is kept; what is done to how many stands there before it is done. */
export interface KeptJob extends SpoolJob {
  /** Only these, by id. */
  readonly messages: readonly string[] | null;
  /** What is being moved: after a kill, some of it may be moved already. */
  readonly pending: readonly Item[];
  /** Cell that is looked at next. */
  readonly at: { readonly level1: number; readonly level2: number };
  /** A job that put its messages back; empty otherwise. */
  readonly undoneBy: string;
}

/** How long removed mail can be put back. */
const KEPT_DAYS = 30;
const ID = /^(\d{8})T(\d{9})Z-[0-9a-f]{8}$/;

export function newJobId(now: Date): string {
  return `${jobIdAt(now)}-${randomBytes(4).toString("hex")}`;
}

/** How ids of this millisecond begin: they sort by time. */
export function jobIdAt(now: Date): string {
  return now.toISOString().replace(/[-:.]/g, "");
}

function fileOf(id: string) {
  if (!ID.test(id)) fail("NOT_FOUND");
  return storagePath(JOBS, `${id}.json`);
}

export async function saveJob(storage: Storage, job: KeptJob): Promise<void> {
  await storage.write(fileOf(job.id), Buffer.from(JSON.stringify(job)));
}

/** `NOT_FOUND`. */
export async function readJob(storage: Storage, id: string, options: CallOptions = {}): Promise<KeptJob> {
  const bytes =
    (await orNull(storage.read(fileOf(id), options))) ?? fail("NOT_FOUND", "There is no such job.");
  return JSON.parse(Buffer.from(bytes).toString()) as KeptJob;
}

/** The newest first. */
export async function jobIds(storage: Storage, options: CallOptions = {}): Promise<string[]> {
  const entries = (await orNull(storage.list(JOBS, options))) ?? [];
  return entries
    .map(({ name }) => name.replace(/\.json$/, ""))
    .filter((name) => ID.test(name))
    .sort()
    .reverse();
}

/** Removes for good what was removed so long ago. */
export async function forgetOldJobs(storage: Storage, now: Date): Promise<void> {
  const before = jobIdAt(new Date(now.getTime() - KEPT_DAYS * 86_400_000));
  for (const id of await jobIds(storage)) {
    if (id >= before) continue;
    const job = await readJob(storage, id);
    // What is being put back is needed, however old it is.
    if (!job.finished || (job.undoneBy !== "" && !(await isFinished(storage, job.undoneBy)))) continue;
    await orNull(storage.remove(binOf(id)));
    await orNull(storage.remove(fileOf(id)));
  }
}

async function isFinished(storage: Storage, id: string): Promise<boolean> {
  const bytes = await orNull(storage.read(fileOf(id)));
  return bytes === null || (JSON.parse(Buffer.from(bytes).toString()) as KeptJob).finished;
}

/** The job as others see it. */
export function shownJob(job: KeptJob): SpoolJob {
  const { messages: _, pending: __, at: ___, undoneBy, ...rest } = job;
  return { ...rest, undoable: job.action === "remove" && undoneBy === "" && job.done > 0 };
}
