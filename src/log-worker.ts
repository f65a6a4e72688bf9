import { parentPort, workerData } from "node:worker_threads";
import { countPart, type Part } from "./log/part.ts";
import { readOpened } from "./storage/local-open.ts";

/** A thread that counts its part of the logs: tells how many bytes it has done, time and again, and at its end what it counted. */
async function countAndTell(part: Part): Promise<void> {
  const counted = await countPart(
    part,
    (descriptor) => ({ read: (into, position) => readOpened(descriptor, into, position) }),
    (bytes) => parentPort?.postMessage(bytes),
  );
  parentPort?.postMessage(counted);
}

// What goes wrong ends the thread, and whoever began it counts the part itself.
void countAndTell(workerData as Part);
