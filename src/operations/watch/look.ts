import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import type { Static } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { LOOKED_AT, type Look, type LookedAt, NUMBERS, PROBLEMS, type Problem } from "../../kernel/watch.ts";
import { fields } from "../fields.ts";
import { LookRow, seconds } from "./fields.ts";
import { certificateSource } from "./sources/certificate.ts";
import { logsSource } from "./sources/logs.ts";
import { mailboxesSource } from "./sources/mailboxes.ts";
import { queueSource } from "./sources/queue.ts";
import { changesSource, serverSource } from "./sources/server.ts";
import { boundsOf, type Seen, type Source } from "./sources/source.ts";

const SOURCES: Readonly<Record<LookedAt, Source>> = {
  server: serverSource,
  changes: changesSource,
  queue: queueSource,
  logs: logsSource,
  mailboxes: mailboxesSource,
  certificate: certificateSource,
};

export const watchStatus = defineOperation({
  name: "watch.status",
  summary: "Look at everything: what is wrong, and how much there is",
  effect: "read",
  input: fields({ seconds }),
  output: LookRow,
  errors: [],
  http: "GET /watch/status",
  target: () => SERVER,
  handler: async (ctx, { seconds: within }) => lookRow(await lookAround(ctx, within)),
  tellsFault: ({ problems }) => problems.length > 0,
});

/** One part that fails keeps nobody from the others. */
export async function lookAround(ctx: Context, within: number | undefined): Promise<Look> {
  const wish = { bounds: boundsOf(ctx), seconds: within };
  const seen: Partial<Record<LookedAt, Seen | null>> = {};
  for (const part of LOOKED_AT) {
    seen[part] = await SOURCES[part](ctx, wish).catch((error: unknown) => {
      if (ctx.signal.aborted) throw error;
      ctx.log.warn({ error, part, requestId: ctx.requestId }, "a part of the look failed");
      return null;
    });
  }
  const found = LOOKED_AT.flatMap((part) => seen[part] ?? []);
  const numbers = Object.assign({}, ...found.map((one) => one.numbers)) as Seen["numbers"];
  return {
    at: ctx.now().toISOString(),
    problems: found.flatMap(({ problems }) => problems).sort(badFirst),
    numbers: Object.fromEntries(NUMBERS.map((name) => [name, numbers[name] ?? null])) as Look["numbers"],
    unknown: LOOKED_AT.filter((part) => !seen[part]),
  };
}

function badFirst(a: Problem, b: Problem): number {
  return Number(isMild(a)) - Number(isMild(b));
}

function isMild({ code }: Problem): boolean {
  return PROBLEMS[code].tone === "warn";
}

export function lookRow({ problems, numbers, unknown, at }: Look): Static<typeof LookRow> {
  return {
    at,
    problems: problems.map((one) => ({ ...one, tone: PROBLEMS[one.code].tone })),
    numbers: { ...numbers },
    unknown: [...unknown],
  };
}
