import { orNull } from "../storage/if-there.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { SpooledMessage, SpoolPage } from "../xmail/spool.ts";
import { readJob } from "./job-file.ts";
import {
  binOf,
  type Cell,
  cellName,
  cellsBelow,
  compareCells,
  heldBinOf,
  idOf,
  isMessageName,
  refOf,
  STAGES,
  STATE_OF,
  type Stage,
  timeOf,
} from "./layout.ts";
import { LONGEST_MAIL, mailIn, refuseLarge } from "./look.ts";
import { HEAD_BYTES, readHead } from "./message-file.ts";
import { NO_SLOG, summaryOf } from "./slog.ts";

interface Kept {
  readonly name: string;
  readonly folder: StoragePath;
  readonly stage: Stage;
  readonly held: boolean;
  readonly size: number;
}

/** What a job removed and nobody put back, folder by folder. `NOT_FOUND`. */
export async function removedBy(
  storage: Storage,
  job: string,
  {
    after = "",
    limit,
    signal,
  }: CallOptions & { readonly after?: string | undefined; readonly limit: number },
): Promise<SpoolPage> {
  const options = signal ? { signal } : {};
  await readJob(storage, job, options);
  const from = refOf(after);
  const items: SpooledMessage[] = [];
  for (const cell of await cellsBelow(storage, [binOf(job), heldBinOf(job)], options)) {
    const behind = from ? compareCells(cell, from) : 1;
    if (behind < 0) continue;
    for (const kept of await inCell(storage, job, cell, options)) {
      if (behind === 0 && from && kept.name <= from.name) continue;
      const message = await messageOf(storage, cell, kept, options);
      if (!message) continue;
      if (items.length === limit) return { items, next: items.at(-1)?.id ?? null };
      items.push(message);
    }
  }
  return { items, next: null };
}

/** The mail itself. `null` when it is not among what the job removed; `NOT_FOUND` without such a job. */
export async function removedMail(
  storage: Storage,
  job: string,
  id: string,
  options: CallOptions = {},
): Promise<Uint8Array | null> {
  await readJob(storage, job, options);
  const ref = refOf(id);
  if (!ref) return null;
  for (const kept of await inCell(storage, job, ref, options)) {
    if (kept.name !== ref.name) continue;
    if (kept.size > LONGEST_MAIL) refuseLarge();
    const bytes = await orNull(storage.read(storagePath(kept.folder, kept.stage, kept.name), options));
    if (bytes) return mailIn(bytes);
  }
  return null;
}

/** In the order of their names. */
async function inCell(
  storage: Storage,
  job: string,
  cell: Cell,
  options: CallOptions,
): Promise<readonly Kept[]> {
  const found: Kept[] = [];
  for (const held of [false, true]) {
    const folder = storagePath((held ? heldBinOf : binOf)(job), cellName(cell));
    for (const stage of STAGES) {
      const entries = (await orNull(storage.list(storagePath(folder, stage), options))) ?? [];
      for (const { name, kind, size } of entries) {
        if (kind === "file" && isMessageName(name)) found.push({ name, folder, stage, held, size });
      }
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function messageOf(
  storage: Storage,
  cell: Cell,
  { name, folder, stage, held, size }: Kept,
  options: CallOptions,
): Promise<SpooledMessage | null> {
  const part = storage.can.rangedRead ? { ...options, length: HEAD_BYTES } : options;
  const bytes = await orNull(storage.read(storagePath(folder, stage, name), part));
  const head = bytes && readHead(bytes);
  if (!head) return null;
  const log = await orNull(storage.read(storagePath(folder, "slog", name), options));
  return {
    id: idOf({ ...cell, name }),
    state: held ? "held" : STATE_OF[stage],
    ...head,
    size,
    since: timeOf(name) ?? 0,
    ...(log ? summaryOf(log) : NO_SLOG),
  };
}
