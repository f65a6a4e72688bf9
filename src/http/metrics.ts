import { fail } from "../errors/error.ts";
import { type Look, NUMBERS, type NumberName, PROBLEMS } from "../kernel/watch.ts";
import { METRICS_PATH } from "./api-routes.ts";
import { wrongMethod } from "./problem.ts";
import type { Site, Visit } from "./types.ts";

/** Of each number: unit-suffixed name and help, as Prometheus wants them. */
const HELP: Readonly<Record<NumberName, readonly [name: string, help: string]>> = {
  domains: ["domains", "Domains"],
  accounts: ["accounts", "Mailboxes"],
  lists: ["lists", "Mailing lists"],
  aliases: ["aliases", "Aliases"],
  queueMessages: ["queue_messages", "Messages in the queue, frozen ones too"],
  queueBytes: ["queue_bytes", "Size of the queue"],
  queueOldestSeconds: ["queue_oldest_seconds", "Age of its oldest message"],
  frozenMessages: ["frozen_messages", "Messages that XMail gave up"],
  mailToday: ["mail_today_messages", "Messages taken in since midnight"],
  mailBytesToday: ["mail_today_bytes", "Their size"],
  mailLastWeek: ["mail_last_week_messages", "The same a week ago until this hour"],
  mailBytesLastWeek: ["mail_last_week_bytes", "Their size"],
  refusedToday: ["refused_today_lines", "Refusals of SMTP since midnight"],
  mailboxesFull: ["mailboxes_full", "Mailboxes that take no mail"],
  mailboxesNearlyFull: ["mailboxes_nearly_full", "Mailboxes with 10 MiB or less left"],
  certificateDays: [
    "certificate_days",
    "Days for which the certificate of XMail is good; negative once it is over",
  ],
};

/**
 * `GET /metrics` in the text format of Prometheus, for whoever may look: an API key with `watch.status` and `watch.get` as
 * bearer token. What is not known is left out, and never 0.
 */
export function createMetrics(look: (visit: Visit) => Promise<Look>): Site {
  return async (visit) => {
    if (visit.path !== METRICS_PATH) return null;
    if (visit.method !== "GET") return wrongMethod("GET, HEAD", visit.requestId);
    if (!visit.principal) fail("UNAUTHENTICATED");
    const text = metricsOf(await look(visit));
    return new Response(text, { headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" } });
  };
}

/** Names of accounts and addresses stay out: a label for each would never end. */
function metricsOf({ at, numbers, problems, unknown }: Look): string {
  const gauge = (name: string, help: string, lines: readonly string[]) => [
    `# HELP xmailcfg_${name} ${help}.`,
    `# TYPE xmailcfg_${name} gauge`,
    ...lines.map((line) => `xmailcfg_${name}${line}`),
  ];
  const counts = Object.entries(PROBLEMS).map(([code, { tone }]) => {
    const found = problems.filter((one) => one.code === code).length;
    return `{code="${code}",tone="${tone}"} ${found}`;
  });
  return [
    ...gauge("look_timestamp_seconds", "When it was looked", [` ${Math.floor(Date.parse(at) / 1000)}`]),
    ...gauge("problems", "Problems there are", counts),
    ...gauge(
      "unknown",
      "Parts that could not be looked at",
      unknown.length === 0 ? [] : unknown.map((part) => `{part="${part}"} 1`),
    ),
    ...NUMBERS.flatMap((name) => {
      const value = numbers[name];
      return value === null ? [] : gauge(...HELP[name], [` ${value}`]);
    }),
    "",
  ].join("\n");
}
