import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { CountElsewhere, Packed } from "./log/part.ts";
import { LOG_WORKER } from "./log-worker-source.ts";

/** `null` where there is no second processor to gain anything by. */
export function logThreads(): CountElsewhere | null {
  return availableParallelism() > 1 ? countInThread : null;
}

/** Begins a thread for a part of the logs; when this settles, the thread has ended. */
export const countInThread: CountElsewhere = async (part, read, signal) => {
  signal?.throwIfAborted();
  // Of what this process was started with nothing is for the thread: it has all it needs in its text.
  const worker = new Worker(LOG_WORKER, { eval: true, workerData: part, execArgv: [] });
  const end = () => void worker.terminate();
  signal?.addEventListener("abort", end);
  try {
    return await new Promise<Packed>((resolve, reject) => {
      let counted: Packed | null = null;
      worker.on("message", (told: number | Packed) => {
        if (typeof told !== "number") {
          counted = told;
          return;
        }
        try {
          read(told);
        } catch (error) {
          reject(error);
        }
      });
      worker.on("error", reject);
      worker.on("exit", (code) =>
        counted && code === 0 ? resolve(counted) : reject(new Error(`The thread ended with ${code}.`)),
      );
    });
  } finally {
    signal?.removeEventListener("abort", end);
    await worker.terminate();
  }
};
