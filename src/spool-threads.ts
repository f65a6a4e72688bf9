import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { CellThreads, StartThreads } from "./spool/each-cell.ts";
import type { Cell } from "./spool/layout.ts";
import type { CellReply, CellRequest } from "./spool-worker.ts";
import { SPOOL_WORKER } from "./spool-worker-source.ts";

/** More would want memory and processors that others wait for. */
const THREADS = 2;
/** At the same time in this process, when several people look at a storm; whoever comes then works alone. */
const MOST_RUNNING = 4;
/** Megabytes of memory; a cell that needs more is answered by whoever began the thread. */
const LIMITS = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 };

/** `null` where there is no second processor to gain anything by. */
export function spoolThreads(): StartThreads | null {
  return availableParallelism() > 1 ? startThreads : null;
}

/** Those at work now, for whoever asks. */
let running = 0;
/** Whether this process may begin threads, as far as is known. */
let isAllowed = true;

export const startThreads: StartThreads = (folder, question) => {
  if (!isAllowed || running + THREADS > MOST_RUNNING) return null;
  const threads: ReturnType<typeof startOne>[] = [];
  try {
    while (threads.length < THREADS) threads.push(startOne({ folder, question }));
  } catch (error) {
    // The limits of a host, or of Node itself: with one thread, or alone, it works, too.
    if (!/^ERR_(?:ACCESS_DENIED|WORKER_)/.test((error as NodeJS.ErrnoException).code ?? "")) throw error;
    isAllowed = false;
    if (threads.length === 0) return null;
  }
  return {
    count: threads.length,
    answer(cell) {
      const [idle] = [...threads].sort((a, b) => a.waiting() - b.waiting());
      return idle ? idle.answer(cell) : Promise.reject(new Error("There is no thread."));
    },
    async end() {
      await Promise.all(threads.map(({ end }) => end()));
    },
  };
};

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

function startOne(workerData: unknown): Omit<CellThreads, "count"> & { waiting(): number } {
  // Of what this process was started with nothing is for the thread: it has all it needs in its text.
  const worker = new Worker(SPOOL_WORKER, { eval: true, workerData, execArgv: [], resourceLimits: LIMITS });
  running += 1;
  const asked = new Map<number, Waiting>();
  let count = 0;
  let broken: Error | null = null;
  const breakAll = (error: Error) => {
    broken ??= error;
    for (const { reject } of asked.values()) reject(error);
    asked.clear();
  };
  worker.on("error", breakAll);
  worker.on("messageerror", breakAll);
  worker.on("exit", (code) => {
    running -= 1;
    breakAll(new Error(`The thread ended with ${code}.`));
  });
  worker.on("message", ({ n, answer }: CellReply) => {
    if (answer === null) asked.get(n)?.reject(new Error("The thread could not answer."));
    else asked.get(n)?.resolve(answer);
    asked.delete(n);
  });
  return {
    // One that is broken is asked last.
    waiting: () => (broken ? Number.MAX_SAFE_INTEGER : asked.size),
    answer(cell: Cell) {
      if (broken) return Promise.reject(broken);
      const n = count++;
      const request: CellRequest = { n, cell };
      return new Promise((resolve, reject) => {
        asked.set(n, { resolve, reject });
        worker.postMessage(request);
      });
    },
    end: async () => void (await worker.terminate()),
  };
}
