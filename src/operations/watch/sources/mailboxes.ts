import { addressOf } from "../../../xmail/names.ts";
import { problem, type Source } from "./source.ts";

/** XMailCFG's bound: so little left is told. */
const NEARLY_BYTES = 10 * 1024 * 1024;
/** Of each kind; all of them are counted. */
const MOST_TOLD = 20;

/** Full mailboxes, as they were counted last: a count walks all of them, and is an order of its own. */
export const mailboxesSource: Source = async (ctx) => {
  const { mailboxes } = ctx.xmail;
  if (!mailboxes) return null;
  const counted = (await mailboxes.counted({ signal: ctx.signal })).filter((one) => one.countedAt !== null);
  if (counted.length === 0) return null;
  const limited = counted.flatMap(({ limit, bytes, ...ref }) =>
    limit === null || limit === 0 ? [] : [{ about: addressOf(ref), bytes, limit }],
  );
  const full = limited.filter(({ bytes, limit }) => bytes >= limit);
  const nearly = limited.filter(({ bytes, limit }) => bytes < limit && limit - bytes <= NEARLY_BYTES);
  return {
    problems: [
      ...full.slice(0, MOST_TOLD).map((one) => problem("mailboxFull", one.about, one.bytes, one.limit)),
      ...nearly
        .slice(0, MOST_TOLD)
        .map((one) => problem("mailboxNearlyFull", one.about, one.bytes, one.limit)),
    ],
    numbers: { mailboxesFull: full.length, mailboxesNearlyFull: nearly.length },
  };
};
