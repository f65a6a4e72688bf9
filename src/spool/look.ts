import { fail, failField } from "../errors/error.ts";
import { orNull } from "../storage/if-there.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type {
  SpoolAction,
  SpoolAsk,
  SpoolCount,
  SpooledDetails,
  SpooledMessage,
  SpoolForeseen,
  SpoolForesight,
  SpoolPage,
  SpoolState,
} from "../xmail/spool.ts";
import { concernsDomain, isCaught, parseSpoolFilter } from "../xmail/spool-filter.ts";
import { asWritten } from "../xmail/stored-mail.ts";
import {
  type Cell,
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
import { readCells } from "./scan.ts";
import { summaryOf, triesIn } from "./slog.ts";

/** A whole mail that is shown or handed out, bytes. */
export const LONGEST_MAIL = 32 * 1024 * 1024;
/** Of a mail whose headers are shown. */
const HEADER_BYTES = 64 * 1024;

/** Which messages an action is for. */
export const FOR_STATES: Readonly<Record<SpoolAction, readonly SpoolState[]>> = {
  remove: ["ready", "retry", "frozen", "held"],
  hold: ["ready", "retry", "frozen"],
  release: ["frozen", "held"],
  resend: ["retry"],
  putBack: [],
};

/** What of the messages counts, for whoever asks. */
export function catching({ filter, domain, now, visible }: SpoolAsk): (message: SpooledMessage) => boolean {
  const parsed = parseSpoolFilter(filter);
  const at = now.getTime();
  return (message) =>
    (domain === undefined || concernsDomain(message, domain)) &&
    isCaught(parsed, message, at) &&
    (visible === undefined || visible(message));
}

/** Whether a message is one of these; of all, where none are named. */
export function naming(ids: readonly string[] | null | undefined): (message: SpooledMessage) => boolean {
  const only = ids ? new Set(ids) : null;
  return ({ id }) => only === null || only.has(id);
}

/** The folders that these messages are in; all, where none are named. */
export function cellsWith(
  ids: readonly string[] | null | undefined,
  cells: readonly Cell[],
): readonly Cell[] {
  if (!ids) return cells;
  const named = new Set(ids.flatMap((id) => refOf(id) ?? []).map(cellName));
  return cells.filter((cell) => named.has(cellName(cell)));
}

/** Whether time is up. */
export function deadline(within: number | undefined): () => boolean {
  const until = within === undefined ? Number.POSITIVE_INFINITY : performance.now() + within;
  return () => performance.now() > until;
}

export async function pageOf(
  storage: Storage,
  ask: SpoolAsk & { readonly after?: string; readonly limit: number },
): Promise<SpoolPage> {
  const isWanted = catching(ask);
  const isLate = deadline(ask.within);
  const from = ask.after === undefined ? null : (refOf(ask.after) ?? refuseCursor());
  const cells = (await cellsOf(storage, ask)).filter(
    (cell) => from === null || compareCells(cell, from) >= 0,
  );
  const items: SpooledMessage[] = [];
  for await (const { cell, messages } of readCells(storage, cells, { ...signalOf(ask), logs: "read" })) {
    const isFirst = from !== null && compareCells(cell, from) === 0;
    for (const { message, name } of messages) {
      if ((isFirst && name <= from.name) || !isWanted(message)) continue;
      items.push(message);
      if (items.length > ask.limit) return { items: items.slice(0, -1), next: items.at(-2)?.id ?? null };
    }
    // Behind every name there can be. The cell that the page begins in is no step forward.
    if (isLate() && !isFirst && compareCells(cell, cells.at(-1) ?? cell) < 0)
      return { items, next: `${cell.level1}_${cell.level2}_zzzz` };
  }
  return { items, next: null };
}

function refuseCursor(): never {
  return failField("cursor", "cursor", "cursor: it is not one of ours.");
}

export async function foresee(storage: Storage, ask: SpoolForesight): Promise<SpoolForeseen> {
  const { action, samples: most, now } = ask;
  const isWanted = catching(ask);
  const isLate = deadline(ask.within);
  const { domain, among = "", messages: only } = ask;
  const isAmong = catching({ filter: among, domain, now });
  const isNamed = naming(only);
  const inSight = (message: SpooledMessage) => isNamed(message) && isAmong(message);
  const cells = cellsWith(only, await cellsOf(storage, ask));
  const needs = parseSpoolFilter(ask.filter).needsLogs || parseSpoolFilter(among).needsLogs;
  const caught = counter();
  const left = counter();
  const samples: SpooledMessage[] = [];
  const leftSamples: SpooledMessage[] = [];
  let looked = 0;
  for await (const { messages } of readCells(storage, cells, {
    ...signalOf(ask),
    logs: needs ? "read" : "none",
  })) {
    looked += 1;
    for (const { message } of messages) {
      if (!FOR_STATES[action].includes(message.state) || !inSight(message)) continue;
      const isMeant = isWanted(message);
      (isMeant ? caught : left).add(message);
      // From all over the spool: neighbours are often alike.
      sample(isMeant ? samples : leftSamples, message, most, (isMeant ? caught : left).count().messages);
    }
    if (isLate()) break;
  }
  return { caught: caught.count(), left: left.count(), samples, leftSamples, looked, of: cells.length };
}

/** The first ones, then each with the odds that keep all equally likely; the same for the same spool. */
function sample(into: SpooledMessage[], message: SpooledMessage, most: number, seen: number): void {
  if (into.length < most) into.push(message);
  else {
    const at = Math.floor(((Math.imul(seen, 0x9e3779b1) >>> 0) / 4_294_967_296) * seen);
    if (at < most) into[at] = message;
  }
}

export function counter(): { add(message: SpooledMessage): void; count(): SpoolCount } {
  let messages = 0;
  let bytes = 0;
  let oldest = 0;
  return {
    add({ size, since }) {
      messages += 1;
      bytes += size;
      if (oldest === 0 || since < oldest) oldest = since;
    },
    count: () => ({ messages, bytes, oldest }),
  };
}

export function signalOf({ signal }: CallOptions): CallOptions {
  return signal ? { signal } : {};
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
  const log =
    (await orNull(storage.read(beside("slog"), options))) ??
    (await orNull(storage.read(`${beside("mess")}.slog` as StoragePath, options))) ??
    new Uint8Array();
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
