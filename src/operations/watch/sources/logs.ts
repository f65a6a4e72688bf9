import type { Context } from "../../../kernel/context.ts";
import type { NumberName } from "../../../kernel/watch.ts";
import type { LogStore } from "../../../xmail/logs.ts";
import { beginOfDays, logTime } from "../../log/clock.ts";
import { type LogFinding, logLint } from "../../log/lint.ts";
import { problem, type Source } from "./source.ts";

const DAY_MS = 24 * 3_600_000;

/** Signs of abuse today and yesterday, and the mail of today beside that of a week ago until the same hour. */
export const logsSource: Source = async (ctx) => {
  const { logs } = ctx.xmail;
  if (!logs) return null;
  const { items } = await logLint.handler(ctx, { days: 2 });
  return {
    problems: items.map((found) => problem(found.code, aboutOf(found), found.value, found.bound)),
    numbers: await traffic(ctx, logs),
  };
};

function aboutOf({ ip, file, name, domain }: LogFinding): string {
  return ip ?? file ?? (domain === null ? (name ?? "") : `${name ?? ""}@${domain}`);
}

async function traffic(ctx: Context, logs: LogStore): Promise<Partial<Record<NumberName, number>>> {
  const now = ctx.now();
  const until = new Date(now.getTime() - 7 * DAY_MS);
  const count = async (since: string, last: string) =>
    (await logs.tally({ kind: "smtp", groups: [], since, until: last }, ctx)).total;
  const today = await count(beginOfDays(now, 1), logTime(now));
  const before = await count(beginOfDays(until, 1), logTime(until));
  return {
    mailToday: today.messages,
    mailBytesToday: today.bytes,
    refusedToday: today.refused,
    mailLastWeek: before.messages,
    mailBytesLastWeek: before.bytes,
  };
}
