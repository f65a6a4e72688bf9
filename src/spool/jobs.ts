import { fail } from "../errors/error.ts";
import { withLock } from "../storage/lock.ts";
import { nameOf, parentOf, type StoragePath, storagePath } from "../storage/path.ts";
import type { Move, Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { SpoolJob, SpoolWish } from "../xmail/spool.ts";
import { parseSpoolFilter } from "../xmail/spool-filter.ts";
import { eachCell, type SpoolFiles } from "./each-cell.ts";
import { forgetOldJobs, type KeptJob, newJobId, readJob, saveJob, shownJob } from "./job-file.ts";
import {
  BIN,
  binOf,
  type Cell,
  COMPANIONS,
  type Companion,
  cellName,
  cellsOf,
  cellsWith,
  compareCells,
  heldBinOf,
  SPOOL,
  STAGES,
  type Stage,
} from "./layout.ts";
import { locate } from "./look.ts";
import { type Item, moveFiles, type Orders, refuseImpossible, type Way, wayOf } from "./moves.ts";

/** Messages that are written down, moved and counted together: fewer where each move takes its time. */
const AT_ONCE = 4000;
const AT_ONCE_OVER_A_LINE = 200;
const LOCK = "spool";
const BEGINNING: Cell = { level1: -1, level2: -1 };
const END: Cell = { level1: Number.MAX_SAFE_INTEGER, level2: 0 };

export async function beginJob(storage: Storage, wish: SpoolWish, orders: Orders | null): Promise<SpoolJob> {
  const { action, filter, domain = "", messages, by, now } = wish;
  refuseImpossible(storage, action, orders);
  parseSpoolFilter(filter);
  await forgetOldJobs(storage, now);
  return saved(storage, {
    ...newJob(action, by, now),
    filter,
    domain,
    messages: messages ? [...messages] : null,
    of: (await cellsOf(storage)).length,
  });
}

/** Only what is known to be whole can be put back: a job that goes on still takes away. */
export async function undoJob(storage: Storage, undoes: string, by: string, now: Date): Promise<SpoolJob> {
  return withLock(storage, LOCK, async () => {
    const job = await readJob(storage, undoes);
    if (!shownJob(job).undoable) fail("NOT_UNDOABLE");
    const undo: KeptJob = {
      ...newJob("putBack", by, now),
      filter: job.filter,
      domain: job.domain,
      messages: null,
      of: job.of,
      undoes,
    };
    await saveJob(storage, undo);
    await saveJob(storage, { ...job, finished: true, undoneBy: undo.id });
    return shownJob(undo);
  });
}

function newJob(action: KeptJob["action"], by: string, now: Date) {
  return {
    id: newJobId(now),
    action,
    begun: now.toISOString(),
    by,
    finished: false,
    done: 0,
    bytes: 0,
    gone: 0,
    looked: 0,
    undoable: false,
    undoes: "",
    undoneBy: "",
    pending: [],
    at: BEGINNING,
  } as const;
}

async function saved(storage: Storage, job: KeptJob): Promise<SpoolJob> {
  await saveJob(storage, job);
  return shownJob(job);
}

/**
 * Goes on with a job for about `forMs`. Each batch is written down before the first of it is moved; what a killed process
 * left half moved is moved first of all.
 */
export async function workOn(
  files: SpoolFiles,
  id: string,
  orders: Orders | null,
  forMs: number,
  { signal }: CallOptions = {},
): Promise<SpoolJob> {
  const { storage } = files;
  const until = performance.now() + forMs;
  const isOver = () => performance.now() > until || signal?.aborted === true;
  return withLock(storage, LOCK, async () => {
    let job = await readJob(storage, id);
    if (job.finished) return shownJob(job);
    job = await carryOut(storage, job, orders);
    let batch: Item[] = [];
    for await (const { cell, items, looked, of } of found(files, job)) {
      batch.push(...items);
      job = { ...job, at: { level1: cell.level1, level2: cell.level2 + 1 }, looked, of };
      while (batch.length >= (storage.moveAll ? AT_ONCE : AT_ONCE_OVER_A_LINE)) {
        job = await carryOut(storage, await noted(storage, job, batch), orders);
        batch = [];
      }
      if (isOver()) {
        if (batch.length > 0) job = await carryOut(storage, await noted(storage, job, batch), orders);
        // Awaited: it may fail while the threads that read ahead are still ending.
        return await saved(storage, job);
      }
    }
    if (batch.length > 0) job = await carryOut(storage, await noted(storage, job, batch), orders);
    return saved(storage, { ...job, at: END, looked: job.of, finished: true });
  });
}

async function noted(storage: Storage, job: KeptJob, pending: readonly Item[]): Promise<KeptJob> {
  const next = { ...job, pending };
  await saveJob(storage, next);
  return next;
}

interface Part {
  readonly cell: Cell;
  readonly items: readonly Item[];
  readonly looked: number;
  readonly of: number;
}

async function* found(files: SpoolFiles, job: KeptJob): AsyncGenerator<Part> {
  if (job.action === "putBack") yield* inBin(files.storage, job);
  else yield* inSpool(files, job);
}

async function* inSpool(files: SpoolFiles, job: KeptJob): AsyncGenerator<Part> {
  const { filter, domain, action, messages } = job;
  const all = cellsWith(messages, await cellsOf(files.storage));
  const cells = all.filter((cell) => compareCells(cell, job.at) >= 0);
  // What is older than the job's beginning then is so still, however long it takes.
  const now = new Date(job.begun);
  const question = { about: "job", action, filter, domain: domain || undefined, messages, now } as const;
  let looked = all.length - cells.length;
  for await (const { cell, answer: items } of eachCell(files, cells, question, {})) {
    looked += 1;
    yield { cell, items, looked, of: all.length };
  }
}

/** What another job put into the bin; its names tell all. */
async function* inBin(storage: Storage, job: KeptJob): AsyncGenerator<Part> {
  const scan = storage.scan?.bind(storage) ?? fail("STORAGE_UNSUPPORTED");
  const cells = (await cellsOf(storage)).filter((cell) => compareCells(cell, job.at) >= 0);
  let looked = job.of - cells.length;
  for (const cell of cells) {
    const mains: Item[] = [];
    const beside = new Map<string, Companion[]>();
    for (const held of [false, true]) {
      const folder = storagePath((held ? heldBinOf : binOf)(job.undoes), cellName(cell));
      for await (const { path, size } of scan([folder])) {
        const [kind = "", name = ""] = path.slice(folder.length + 1).split("/");
        if ((STAGES as readonly string[]).includes(kind))
          mains.push({ ...cell, name, stage: kind as Stage, held, beside: [], size });
        else if ((COMPANIONS as readonly string[]).includes(kind))
          beside.set(name, [...(beside.get(name) ?? []), kind as Companion]);
      }
    }
    looked += 1;
    yield {
      cell,
      items: mains.map((item) => ({ ...item, beside: beside.get(item.name) ?? [] })),
      looked: Math.max(0, looked),
      of: job.of,
    };
  }
}

/** Moves what is written down, as far as it is not moved yet, and counts it; resolves the job without it. */
async function carryOut(storage: Storage, job: KeptJob, orders: Orders | null): Promise<KeptJob> {
  const { pending, action } = job;
  if (pending.length === 0) return job;
  if (action === "resend") return resent(job, orders ?? fail("XMAIL_STOPPED"));
  const source = action === "putBack" ? job.undoes : job.id;
  const ways = pending.map((item) => wayOf(action, item, source, orders !== null));
  await moveFiles(
    storage,
    ways.flatMap(({ first }) => first),
  );
  const arrived = await moveMains(storage, pending, ways);
  // What stayed keeps its log and its lists of commands.
  await moveFiles(
    storage,
    ways.flatMap(({ last }, n) => (arrived[n] ? last : [])),
  );
  const done = await submitted(ways, pending, arrived, orders);
  const bytes = pending.reduce((sum, { size }, n) => (done[n] ? sum + size : sum), 0);
  const count = done.filter(Boolean).length;
  return {
    ...job,
    pending: [],
    done: job.done + count,
    bytes: job.bytes + bytes,
    gone: job.gone + pending.length - count,
  };
}

/**
 * Moves the messages themselves; resolves which are where they belong. One that XMail moved on meanwhile is followed once,
 * and what was not moved now may have been moved by the process that was killed.
 */
async function moveMains(
  storage: Storage,
  items: readonly Item[],
  ways: readonly Way[],
): Promise<readonly boolean[]> {
  const withMain = ways.flatMap(({ main }, n) => (main ? [{ n, main }] : []));
  const moved = await moveFiles(
    storage,
    withMain.map(({ main }) => main),
  );
  const arrived = ways.map(({ main }) => main === null);
  for (const [k, { n, main }] of withMain.entries()) {
    const item = items[n] ?? fail("INTERNAL");
    arrived[n] =
      moved[k] === true || (await isAtStage(storage, main[1])) || (await followed(storage, item, main));
  }
  return arrived;
}

async function isAtStage(storage: Storage, to: StoragePath): Promise<boolean> {
  for (const stage of STAGES) if ((await storage.stat(sibling(to, stage))) !== null) return true;
  return false;
}

async function followed(storage: Storage, item: Item, [from, to]: Move): Promise<boolean> {
  // Into the queue nothing is followed: there it is XMail's. What is no more in the bin was not moved on by XMail.
  if (to.startsWith(`${SPOOL}/`) || from.startsWith(`${BIN}/`)) return false;
  const place = await locate(storage, item, {});
  if (!place || place.held) return false;
  const [moved] = await moveFiles(storage, [[place.path, sibling(to, place.stage)]]);
  return moved === true;
}

function sibling(path: StoragePath, stage: Stage): StoragePath {
  return storagePath(parentOf(parentOf(path)), stage, nameOf(path));
}

async function submitted(
  ways: readonly Way[],
  items: readonly Item[],
  arrived: readonly boolean[],
  orders: Orders | null,
): Promise<readonly boolean[]> {
  const told = items.filter((_, n) => ways[n]?.submit && arrived[n]);
  if (told.length === 0 || !orders) return arrived;
  const answers = await orders.submit(told);
  const taken = new Set(told.filter((_, n) => answers[n]));
  return items.map((item, n) => (ways[n]?.submit ? taken.has(item) : arrived[n] === true));
}

/** XMail takes patterns: an address with `*` or `?` in it would reach others, too. */
async function resent(job: KeptJob, orders: Orders): Promise<KeptJob> {
  const items = job.pending.filter(({ to = "" }) => to.includes("@") && !/[*?[\]\\]/.test(to));
  const recipients = [...new Set(items.map(({ to = "" }) => to))];
  if (recipients.length > 0) await orders.flush(recipients);
  return {
    ...job,
    pending: [],
    done: job.done + items.length,
    bytes: job.bytes + items.reduce((sum, { size }) => sum + size, 0),
    gone: job.gone + job.pending.length - items.length,
  };
}
