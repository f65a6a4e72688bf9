import { parentPort, workerData } from "node:worker_threads";
import { answering, type CellQuestion } from "./spool/cell-question.ts";
import type { Cell } from "./spool/layout.ts";
import { readCells } from "./spool/scan.ts";
import { local } from "./storage/local.ts";

export interface CellRequest {
  readonly n: number;
  readonly cell: Cell;
}

export interface CellReply {
  readonly n: number;
  /** `null`: something went wrong, which whoever asked finds out himself. */
  readonly answer: unknown;
}

const { folder, question } = workerData as { readonly folder: string; readonly question: CellQuestion };
const storage = local(folder);
/** A link that was put in its place meanwhile would lead elsewhere. */
const isSame = () => storage.folder?.() === folder;
const { wishes, of } = answering(question);

async function reply({ n, cell }: CellRequest): Promise<void> {
  const answers: unknown[] = [];
  try {
    if (isSame()) for await (const content of readCells(storage, [cell], wishes)) answers.push(of(content));
  } catch {
    // Told by there being no answer.
  }
  const told: CellReply = { n, answer: answers[0] ?? null };
  parentPort?.postMessage(told);
}

// One after the other: each cell is a thousand messages, and more at once would only want more memory.
let last = Promise.resolve();
parentPort?.on("message", (request: CellRequest) => {
  last = last.then(() => reply(request));
});
