import { setMaxListeners } from "node:events";
import { fail } from "../errors/error.ts";
import { orNull } from "../storage/if-there.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Scanned, Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { SpooledMessage } from "../xmail/spool.ts";
import {
  type Cell,
  COMPANIONS,
  type Companion,
  cellName,
  HELD,
  idOf,
  isMessageName,
  SPOOL,
  STAGES,
  STATE_OF,
  type Stage,
} from "./layout.ts";
import { HEAD_BYTES, readHead } from "./message-file.ts";
import { NO_SLOG, type SlogSummary, summaryOf } from "./slog.ts";

/** A message as a cell holds it: where its file stands, and what stands beside it. */
export interface Found {
  readonly message: SpooledMessage;
  readonly name: string;
  readonly stage: Stage;
  readonly held: boolean;
}

export interface CellContent {
  readonly cell: Cell;
  /** In the order of their names. */
  readonly messages: readonly Found[];
  /** By name: which companions there are. Empty unless they were asked for. */
  readonly companions: ReadonlyMap<string, readonly Companion[]>;
  readonly writing: number;
  readonly orphans: number;
}

export interface ScanWishes extends CallOptions {
  /** `read`: logs are read for tries and reasons; `names`: which companions there are; `none`: neither. */
  readonly logs: "read" | "names" | "none";
  /** Whether to look for what is being written, too. */
  readonly temp?: boolean;
}

const TIME_OF_NAME = /^(\d{12,14})\./;
const LOG_BESIDE = ".slog";

/** Cells under way at once where each question takes its time on the line. */
const CELLS_AHEAD = 16;
/** Storages that are not faster so; the control port would be asked for messages that nobody looks at. */
const ONE_BY_ONE: ReadonlySet<string> = new Set(["local", "ctrl-frozen"]);

/**
 * In the order of the cells, some of which are read ahead over a line, so that no more than these are held in memory. What
 * XMail moves meanwhile may be seen where it stood or where it went, or be missed: whoever acts on it looks again.
 */
export async function* readCells(
  storage: Storage,
  cells: readonly Cell[],
  wishes: ScanWishes,
): AsyncGenerator<CellContent> {
  const ahead = ONE_BY_ONE.has(storage.kind) ? 1 : CELLS_AHEAD;
  const left = new AbortController();
  const signal = wishes.signal ? AbortSignal.any([wishes.signal, left.signal]) : left.signal;
  // Each file that is read on the way listens to it.
  setMaxListeners(0, signal);
  const waiting = cells.values();
  const underWay: Promise<CellContent>[] = [];
  try {
    for (;;) {
      while (underWay.length < ahead) {
        const { value: cell } = waiting.next();
        if (!cell) break;
        const running = readCell(storage, cell, { ...wishes, signal });
        // It may fail before its turn comes, or when nobody wants to know any more.
        running.catch(() => undefined);
        underWay.push(running);
      }
      const first = underWay.shift();
      if (!first) return;
      yield await first;
    }
  } finally {
    left.abort();
  }
}

interface Raw {
  readonly file: Scanned;
  readonly name: string;
  readonly stage: Stage;
  readonly held: boolean;
}

async function readCell(
  storage: Storage,
  cell: Cell,
  { logs, temp = false, signal }: ScanWishes,
): Promise<CellContent> {
  const scan =
    storage.scan?.bind(storage) ?? fail("STORAGE_UNSUPPORTED", "This storage cannot walk the spool.");
  const how = signal ? { signal } : {};
  const below = async (folders: readonly StoragePath[], head: number): Promise<Scanned[]> => {
    const files: Scanned[] = [];
    for await (const file of scan(folders, { head, ...how })) files.push(file);
    return files;
  };
  const root = storagePath(SPOOL, cellName(cell));
  const held = storagePath(HELD, cellName(cell));
  const here = (folders: readonly string[], head: number) =>
    below(
      folders.map((folder) => storagePath(root, folder)),
      head,
    );
  // All at once: over a line each waits mostly. What is held has no other folders, and mostly is not there at all.
  const [ofStages, beside, kept, written] = await Promise.all([
    here(STAGES, HEAD_BYTES),
    here(logs === "none" ? [] : COMPANIONS, logs === "read" ? HEAD_BYTES : 0),
    below([held], HEAD_BYTES),
    here(temp ? ["temp"] : [], 0),
  ]);
  const found = new Map<string, Raw>();
  const summaries = new Map<string, SlogSummary>();
  const companions = new Map<string, Companion[]>();
  for (const file of [...ofStages, ...beside, ...kept]) {
    const base = file.path.startsWith(`${held}/`) ? held : root;
    const { folder, name } = partsOf(base, file.path);
    if (isOneOf(COMPANIONS, folder)) {
      if (logs === "none") continue;
      companions.set(name, [...(companions.get(name) ?? []), folder]);
      if (folder === "slog" && logs === "read") summaries.set(name, await logOf(storage, file, how));
    } else if (isOneOf(STAGES, folder)) {
      if (name.endsWith(LOG_BESIDE)) {
        const of = name.slice(0, -LOG_BESIDE.length);
        if (logs === "read") summaries.set(of, await logOf(storage, file, how));
      } else if (isMessageName(name)) {
        // One that XMail moved while we looked may be seen twice: the later stage is the truer one.
        const raw: Raw = { file, name, stage: folder, held: base === held };
        const known = found.get(name);
        if (!known || rankOf(raw) >= rankOf(known)) found.set(name, raw);
      }
    }
  }
  const messages = [...found.values()].flatMap((raw) => foundIn(cell, raw, summaries) ?? []);
  messages.sort((a, b) => (a.name < b.name ? -1 : 1));
  let orphans = 0;
  for (const name of companions.keys()) if (!found.has(name)) orphans += 1;
  return { cell, messages, companions, writing: written.length, orphans };
}

/** Files come in whatever order a server answers. */
function rankOf({ held, stage }: Pick<Raw, "held" | "stage">): number {
  return (held ? STAGES.length : 0) + STAGES.indexOf(stage);
}

function partsOf(root: StoragePath, path: StoragePath): { folder: string; name: string } {
  const inside = path.slice(root.length + 1);
  const slash = inside.indexOf("/");
  return { folder: inside.slice(0, slash), name: inside.slice(slash + 1) };
}

function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return (names as readonly string[]).includes(name);
}

/** Logs of many tries are longer than what a scan hands back, and the last try is what counts. */
async function logOf(storage: Storage, file: Scanned, how: CallOptions): Promise<SlogSummary> {
  if (file.size <= file.head.length) return summaryOf(file.head);
  const whole = await orNull(storage.read(file.path, how));
  return whole ? summaryOf(whole) : NO_SLOG;
}

function foundIn(
  cell: Cell,
  { file, name, stage, held }: Raw,
  logs: ReadonlyMap<string, SlogSummary>,
): Found | null {
  const head = readHead(file.head);
  if (!head) return null;
  const { tries, lastTry, reason } = logs.get(name) ?? NO_SLOG;
  const since = TIME_OF_NAME.exec(name)?.[1];
  const message: SpooledMessage = {
    id: idOf({ ...cell, name }),
    state: held ? "held" : STATE_OF[stage],
    ...head,
    size: file.size,
    since: since === undefined ? file.mtimeMs : Number(since),
    tries,
    lastTry,
    reason,
  };
  return { message, name, stage, held };
}
