import { fail, failField } from "../errors/error.ts";
import { orNull } from "../storage/if-there.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { SpoolAsk, SpooledDetails, SpooledMessage, SpoolPage } from "../xmail/spool.ts";
import { asWritten } from "../xmail/stored-mail.ts";
import { deadline, signalOf } from "./catch.ts";
import { eachCell, type SpoolFiles } from "./each-cell.ts";
import {
  cellName,
  cellsOf,
  compareCells,
  HELD,
  type MessageRef,
  refOf,
  SPOOL,
  STAGES,
  STATE_OF,
  type Stage,
} from "./layout.ts";
import { allHeaders, latin1, mailStart, readHead } from "./message-file.ts";
import { summaryOf, triesIn } from "./slog.ts";

/** A whole mail that is shown or handed out, bytes. */
export const LONGEST_MAIL = 32 * 1024 * 1024;
/** Of a mail whose headers are shown. */
const HEADER_BYTES = 64 * 1024;

export async function pageOf(
  files: SpoolFiles,
  ask: SpoolAsk & { readonly after?: string; readonly limit: number },
): Promise<SpoolPage> {
  const { after, limit } = ask;
  const isLate = deadline(ask.within);
  const behind = after === undefined ? null : (refOf(after) ?? refuseCursor());
  const cells = (await cellsOf(files.storage, ask)).filter(
    (cell) => behind === null || compareCells(cell, behind) >= 0,
  );
  const items: SpooledMessage[] = [];
  const question = { ...ask, about: "page", behind, most: limit + 1 } as const;
  for await (const { cell, answer } of eachCell(files, cells, question, signalOf(ask))) {
    items.push(...answer);
    if (items.length > limit) return { items: items.slice(0, limit), next: items[limit - 1]?.id ?? null };
    // Behind every name there can be. The cell that the page begins in is no step forward.
    const isFirst = behind !== null && compareCells(cell, behind) === 0;
    if (isLate() && !isFirst && compareCells(cell, cells.at(-1) ?? cell) < 0)
      return { items, next: `${cell.level1}_${cell.level2}_zzzz` };
  }
  return { items, next: null };
}

function refuseCursor(): never {
  return failField("cursor", "cursor", "cursor: it is not one of ours.");
}

/** Where a message stands now; `null` when it is gone. */
export async function locate(
  storage: Storage,
  ref: MessageRef,
  options: CallOptions,
): Promise<{
  readonly path: StoragePath;
  readonly stage: Stage;
  readonly held: boolean;
  readonly size: number;
} | null> {
  for (const root of [SPOOL, HELD]) {
    // The later stage is the truer one, where XMail moves it while we look.
    for (const stage of [...STAGES].reverse()) {
      const path = storagePath(root, cellName(ref), stage, ref.name);
      const stat = await storage.stat(path, options);
      if (stat?.kind === "file") return { path, stage, held: root === HELD, size: stat.size };
    }
  }
  return null;
}

export async function detailsOf(
  storage: Storage,
  id: string,
  options: CallOptions,
): Promise<SpooledDetails | null> {
  const ref = refOf(id);
  const place = ref && (await locate(storage, ref, options));
  if (!ref || !place) return null;
  const bytes = await orNull(readStart(storage, place, HEADER_BYTES, options));
  const head = bytes && readHead(bytes);
  if (!bytes || !head) return null;
  const root = place.held ? HELD : SPOOL;
  const beside = (folder: string) => storagePath(root, cellName(ref), folder, ref.name);
  const log = await logOf(storage, ref, place.held, options);
  const rests = await Promise.all(["cust", "mprc"].map((one) => storage.stat(beside(one), options)));
  const [since] = ref.name.split(".");
  return {
    id,
    state: place.held ? "held" : STATE_OF[place.stage],
    ...head,
    size: place.size,
    since: /^\d{12,14}$/.test(since ?? "") ? Number(since) : 0,
    ...summaryOf(log),
    headers: allHeaders(bytes),
    log: triesIn(log),
    rest: rests.some((one) => one !== null),
  };
}

/** The log of a message's tries; empty where there is none. */
export async function logOf(
  storage: Storage,
  ref: MessageRef,
  isHeld: boolean,
  options: CallOptions,
): Promise<Uint8Array> {
  const beside = (folder: string) => storagePath(isHeld ? HELD : SPOOL, cellName(ref), folder, ref.name);
  return (
    (await orNull(storage.read(beside("slog"), options))) ??
    (await orNull(storage.read(`${beside("mess")}.slog` as StoragePath, options))) ??
    new Uint8Array()
  );
}

export async function mailOf(storage: Storage, id: string, options: CallOptions): Promise<Uint8Array | null> {
  const ref = refOf(id);
  const place = ref && (await locate(storage, ref, options));
  if (!place) return null;
  if (place.size > LONGEST_MAIL) refuseLarge();
  const bytes = await orNull(storage.read(place.path, options));
  return bytes && mailIn(bytes);
}

/** The mail in a spool file, as it was written. */
export function mailIn(bytes: Uint8Array): Uint8Array {
  return asWritten(bytes.subarray(mailStart(latin1(bytes.subarray(0, HEADER_BYTES)))));
}

export function refuseLarge(): never {
  return fail("STORAGE_UNSUPPORTED", "This message is too large to be shown: over 32 MB.");
}

function readStart(
  storage: Storage,
  { path, size }: { readonly path: StoragePath; readonly size: number },
  most: number,
  options: CallOptions,
): Promise<Uint8Array> {
  if (size <= most || !storage.can.rangedRead) return storage.read(path, options);
  return storage.read(path, { ...options, length: most });
}
