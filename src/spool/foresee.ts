import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { SpoolCount, SpooledMessage, SpoolForeseen, SpoolForesight } from "../xmail/spool.ts";
import { deadline, signalOf } from "./catch.ts";
import type { SightQuestion } from "./cell-question.ts";
import { eachCell, type SpoolFiles } from "./each-cell.ts";
import { cellsOf, cellsWith, compareCells, refOf } from "./layout.ts";
import { logOf } from "./look.ts";
import { type Samples, samplesOf } from "./samples.ts";
import { summaryOf } from "./slog.ts";

/** Counts what an action would do and what it would leave, with samples of both. */
export async function foresee(files: SpoolFiles, ask: SpoolForesight): Promise<SpoolForeseen> {
  const { among = "", messages = null, samples: most } = ask;
  const isLate = deadline(ask.within);
  const cells = cellsWith(messages, await cellsOf(files.storage, ask));
  const question: SightQuestion = { ...ask, about: "sight", among, messages };
  const samples = samplesOf(most);
  const leftSamples = samplesOf(most);
  let [caught, left] = [NONE, NONE];
  let looked = 0;
  for await (const { answer } of eachCell(files, cells, question, signalOf(ask))) {
    looked += 1;
    caught = sumOf(caught, answer.caught);
    left = sumOf(left, answer.left);
    samples.join(answer.samples);
    leftSamples.join(answer.leftSamples);
    if (isLate()) break;
  }
  const shown = (some: Samples) => listed(files.storage, some, signalOf(ask));
  return {
    caught,
    left,
    samples: await shown(samples.all()),
    leftSamples: await shown(leftSamples.all()),
    looked,
    of: cells.length,
  };
}

/** As the queue lists them, in its order, with their tries, which were not needed to count them. */
async function listed(storage: Storage, samples: Samples, how: CallOptions): Promise<SpooledMessage[]> {
  const all = samples.flatMap(([, message]) => {
    const ref = refOf(message.id);
    return ref ? [{ ref, message }] : [];
  });
  all.sort((a, b) => compareCells(a.ref, b.ref) || (a.ref.name < b.ref.name ? -1 : 1));
  return Promise.all(
    all.map(async ({ ref, message }) => {
      if (message.state === "ready" || message.tries > 0) return message;
      return { ...message, ...summaryOf(await logOf(storage, ref, message.state === "held", how)) };
    }),
  );
}

const NONE: SpoolCount = { messages: 0, bytes: 0, oldest: 0 };

function sumOf(a: SpoolCount, b: SpoolCount): SpoolCount {
  if (a.messages === 0 || b.messages === 0) return a.messages === 0 ? b : a;
  return {
    messages: a.messages + b.messages,
    bytes: a.bytes + b.bytes,
    oldest: Math.min(a.oldest, b.oldest),
  };
}
