import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { domainTarget, SERVER } from "../../kernel/target.ts";
import { LOG_GROUPS, type LogCount } from "../../xmail/logs.ts";
import { Bytes, Count, ExistingDomain, fields, oneOf } from "../fields.ts";
import { logsOf } from "./reading.ts";
import { timeFields, timesOf } from "./rows.ts";

const Row = fields({
  key: Type.String({ description: "The hour, domain, …; * for all that were too many to tell apart" }),
  lines: Count,
  messages: Type.Integer({ minimum: 0, description: "Messages taken in, each once" }),
  bytes: Bytes,
  refused: Type.Integer({ minimum: 0, description: "Lines that refuse something" }),
});
export type StatisticsRow = Static<typeof Row>;

const DEFAULT_MOST = 50;

export const logStatistics = defineOperation({
  name: "log.statistics",
  summary: "Count mail by hour, day, domain, account, client, status or sender: messages, bytes and refusals",
  effect: "read",
  input: fields({
    by: oneOf(LOG_GROUPS, { description: "What is counted apart" }),
    log: Type.Optional(
      oneOf(["smtp", "pop3"], { description: "Mail taken in, if absent, or sign-ins to fetch it" }),
    ),
    domain: Type.Optional(ExistingDomain),
    ...timeFields,
    most: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000, description: "Rows, 50 if absent" })),
  }),
  output: fields({
    items: Type.Array(Row, {
      description: "Hours and days in their order, all else by bytes, messages and lines",
    }),
    total: Row,
    different: Type.Integer({ minimum: 0, description: "Rows that there would be in all" }),
  }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /log-statistics",
  target: ({ domain }) => (domain === undefined ? SERVER : domainTarget(domain)),
  async handler(ctx, { by, log = "smtp", domain, since, until, most = DEFAULT_MOST }) {
    const { groups, total } = await logsOf(ctx).tally(
      {
        kind: log,
        groups: [by],
        ...timesOf({ ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) }),
        ...(domain === undefined ? {} : { domain }),
      },
      ctx,
    );
    const rows = groups[by] ?? [];
    const timed = by === "hour" || by === "day";
    const sorted = [...rows].sort(timed ? byKey : byWeight);
    return {
      items: timed ? sorted.slice(-most) : sorted.slice(0, most),
      total: { ...total, key: "" },
      different: rows.length,
    };
  },
});

const byKey = (a: LogCount, b: LogCount) => (a.key < b.key ? -1 : 1);

function byWeight(a: LogCount, b: LogCount): number {
  return b.bytes - a.bytes || b.messages - a.messages || b.lines - a.lines || byKey(a, b);
}
