import { problem, type Source } from "./source.ts";

const HOUR_MS = 3_600_000;

/** How much waits, and since when: a stolen account fills the queue before anything else. */
export const queueSource: Source = async (ctx, { bounds, seconds }) => {
  const { spool } = ctx.xmail;
  if (!spool) return null;
  const isAll = spool.sees === "all";
  const now = ctx.now();
  const shape = await spool.shape({
    filter: "",
    domain: undefined,
    now,
    signal: ctx.signal,
    // Who had signed in to send a frozen message is told only by the whole of it, which is too much for a look.
    ...(isAll ? { by: "auth" } : { by: "from", subjects: false }),
    most: 1,
    ...(seconds === undefined ? {} : { within: seconds * 1000 }),
  });
  // An empty queue has no oldest message.
  const age = shape.oldest > 0 ? Math.max(0, now.getTime() - shape.oldest) : 0;
  const hours = Math.floor(age / HOUR_MS);
  const top = shape.groups[0];
  const frozen = { frozenMessages: shape.states.frozen ?? 0 };
  return {
    problems: [
      ...(shape.messages >= bounds.queueMessages
        ? [problem("queueLarge", mostly(top, shape.messages), shape.messages, bounds.queueMessages)]
        : []),
      ...(hours >= bounds.queueHours ? [problem("queueOld", "", hours, bounds.queueHours)] : []),
    ],
    // Of a part of the queue the whole is not known.
    numbers: isAll
      ? {
          queueMessages: shape.messages,
          queueBytes: shape.bytes,
          queueOldestSeconds: Math.floor(age / 1000),
          ...frozen,
        }
      : frozen,
  };
};

/** Who sent most of it: half of the queue by one account is a stolen account as a rule. */
function mostly(top: { readonly key: string; readonly messages: number } | undefined, all: number): string {
  return top && top.messages * 2 >= all ? top.key : "";
}
