import { AppError } from "../errors/error.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { type Answering, answering, type CellAnswer, type CellQuestion } from "./cell-question.ts";
import type { Cell } from "./layout.ts";
import { readCells } from "./scan.ts";

/** Threads that have opened the files of this machine themselves, and answer one question of one cell after another. */
export interface CellThreads {
  readonly count: number;
  /** Rejects when it could not be answered there. */
  answer(cell: Cell): Promise<unknown>;
  /** Resolves when they have ended. */
  end(): Promise<void>;
}

/** `folder` is that of the MailRoot. `null` when none can be begun now. */
export type StartThreads = (folder: string, question: CellQuestion) => CellThreads | null;

/** The files of a spool; with `threads` where other processors can help to read them. */
export interface SpoolFiles {
  readonly storage: Storage;
  readonly threads: StartThreads | null;
  /** Work alone after which threads are worth their beginning, milliseconds; 200, if absent. */
  readonly aloneMs?: number;
}

const ALONE_MS = 200;
/** Cells that must be left. */
const WORTH = 16;
/** Cells that a thread has before it at most, so that no more answers than these are held in memory. */
const AHEAD = 3;

interface Answered<Q extends CellQuestion> {
  readonly cell: Cell;
  readonly answer: CellAnswer<Q>;
}

/** Answers a question cell by cell, in their order; in threads of their own when there is much to read. */
export async function* eachCell<Q extends CellQuestion>(
  files: SpoolFiles,
  cells: readonly Cell[],
  question: Q,
  how: CallOptions,
): AsyncGenerator<Answered<Q>> {
  const { storage, aloneMs = ALONE_MS } = files;
  const here = answering(question);
  // Who may see what is decided by a function, which reaches no other thread.
  const isPlain = question.visible === undefined;
  const began = performance.now();
  let done = 0;
  let begun: CellThreads | null = null;
  for await (const answered of alone(files, cells, here, how)) {
    yield answered;
    done += 1;
    if (!isPlain || cells.length - done < WORTH || performance.now() - began < aloneMs) continue;
    begun = storage.folder ? (files.threads?.(storage.folder(), plain(question)) ?? null) : null;
    if (begun) break;
  }
  if (begun) yield* inThreads(files, begun, cells.slice(done), here, how);
}

async function* alone<Q extends CellQuestion>(
  { storage }: SpoolFiles,
  cells: readonly Cell[],
  { wishes, of }: Answering<Q>,
  how: CallOptions,
): AsyncGenerator<Answered<Q>> {
  for await (const content of readCells(storage, cells, { ...wishes, ...how }))
    yield { cell: content.cell, answer: of(content) };
}

async function* inThreads<Q extends CellQuestion>(
  files: SpoolFiles,
  threads: CellThreads,
  cells: readonly Cell[],
  here: Answering<Q>,
  how: CallOptions,
): AsyncGenerator<Answered<Q>> {
  const { given, forget } = givenUp(how);
  const left = cells.values();
  const underWay: { readonly cell: Cell; readonly answer: Promise<CellAnswer<Q> | null> }[] = [];
  try {
    for (;;) {
      while (underWay.length < threads.count * AHEAD) {
        const { value: cell } = left.next();
        if (!cell) break;
        // Whatever broke there is found out, and told, here.
        const answer = threads.answer(cell).catch(() => null) as Promise<CellAnswer<Q> | null>;
        underWay.push({ cell, answer });
      }
      const first = underWay.shift();
      if (!first) return;
      const answer = await Promise.race([first.answer, given]);
      if (answer === null) yield* alone(files, [first.cell], here, how);
      else yield { cell: first.cell, answer };
    }
  } finally {
    forget();
    await threads.end();
  }
}

/** Rejects with `ABORTED` when the caller gives up. */
function givenUp({ signal }: CallOptions): { readonly given: Promise<never>; forget(): void } {
  let refuse = () => {};
  const given = new Promise<never>((_, reject) => {
    refuse = () => reject(new AppError("ABORTED", undefined, { cause: signal?.reason }));
  });
  // Nobody may be waiting when it comes.
  given.catch(() => undefined);
  if (signal?.aborted) refuse();
  signal?.addEventListener("abort", refuse);
  return { given, forget: () => signal?.removeEventListener("abort", refuse) };
}

/** What came along with the question and is of no use to a thread. */
function plain<Q extends CellQuestion>(question: Q): Q {
  return Object.fromEntries(
    Object.entries(question).filter(([name, value]) => typeof value !== "function" && name !== "signal"),
  ) as unknown as Q;
}
