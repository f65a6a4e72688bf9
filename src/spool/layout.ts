import { orNull } from "../storage/if-there.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { SpoolState } from "../xmail/spool.ts";

/** One folder of the hashed spool: `spool/6/2`. */
export interface Cell {
  readonly level1: number;
  readonly level2: number;
}

/** A message by the names of its folders; the same wherever in the spool it stands. */
export interface MessageRef extends Cell {
  readonly name: string;
}

/** Folders of a cell that hold messages. */
export const STAGES = ["mess", "rsnd", "froz"] as const;
export type Stage = (typeof STAGES)[number];
/** What belongs to the message of the same name: the log of its tries, and rests of lists of commands. */
export const COMPANIONS = ["slog", "cust", "mprc"] as const;
export type Companion = (typeof COMPANIONS)[number];

export const SPOOL = storagePath("spool");
/** Where we keep mail that XMail is not to see. On the same disk as the spool, so that moving is renaming. */
export const HELD = storagePath(".xmailcfg/spool/held");
export const JOBS = storagePath(".xmailcfg/spool/jobs");
export const BIN = storagePath(".xmailcfg/spool/bin");

export const STATE_OF: Readonly<Record<Stage, SpoolState>> = { mess: "ready", rsnd: "retry", froz: "frozen" };

export function binOf(job: string): StoragePath {
  return storagePath(BIN, job);
}

/** Within the bin of a job: what had been held, and goes back out of XMail's sight. */
export function heldBinOf(job: string): StoragePath {
  return storagePath(BIN, job, "held");
}

/** Every name that goes into a path or a command was checked here. */
const NAME = /^(?!\.)[A-Za-z0-9._-]{1,200}$/;

export function isMessageName(name: string): boolean {
  return NAME.test(name) && !name.endsWith(".") && !name.endsWith(".slog");
}

export function idOf({ level1, level2, name }: MessageRef): string {
  return `${level1}_${level2}_${name}`;
}

/** When a message came, milliseconds since 1970: its name begins with it. */
export function timeOf(name: string): number | null {
  const [since] = /^\d{12,14}(?=\.)/.exec(name) ?? [];
  return since === undefined ? null : Number(since);
}

/** `null` for what is no id of a message. */
export function refOf(id: string): MessageRef | null {
  const [, level1, level2, name = ""] = /^(\d{1,4})_(\d{1,4})_(.+)$/.exec(id) ?? [];
  if (level1 === undefined || !isMessageName(name)) return null;
  return { level1: Number(level1), level2: Number(level2), name };
}

/** `6/2`. */
export function cellName({ level1, level2 }: Cell): string {
  return `${level1}/${level2}`;
}

export function compareCells(a: Cell, b: Cell): number {
  return a.level1 - b.level1 || a.level2 - b.level2;
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

/** All cells there are, in the spool or among what is held; any level of splitting. */
export function cellsOf(storage: Storage, how: { readonly signal?: AbortSignal } = {}): Promise<Cell[]> {
  return cellsBelow(storage, [SPOOL, HELD], how);
}

/** All cells in any of these folders. */
export async function cellsBelow(
  storage: Storage,
  roots: readonly StoragePath[],
  how: { readonly signal?: AbortSignal } = {},
): Promise<Cell[]> {
  // Side by side: over a line each folder takes its time.
  const found = await Promise.all(
    roots.map(async (root) => {
      const below = async (level1: number) =>
        (await numbersIn(storage, storagePath(root, String(level1)), how)).map((level2) => ({
          level1,
          level2,
        }));
      return (await Promise.all((await numbersIn(storage, root, how)).map(below))).flat();
    }),
  );
  const cells = new Map(found.flat().map((cell) => [cellName(cell), cell]));
  return [...cells.values()].sort(compareCells);
}

async function numbersIn(
  storage: Storage,
  folder: StoragePath,
  how: { readonly signal?: AbortSignal },
): Promise<number[]> {
  const entries = (await orNull(storage.list(folder, how))) ?? [];
  return entries
    .filter(({ kind, name }) => kind === "folder" && /^(?:0|[1-9]\d{0,3})$/.test(name))
    .map(({ name }) => Number(name));
}
