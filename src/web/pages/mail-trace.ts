import type { Static } from "../../kernel/schema.ts";
import { logTrace, type TracedMessage } from "../../operations/log/trace.ts";
import { inputFrom } from "../form-input.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf, schemaAttributes } from "../parts/field.ts";
import { notice, refusalSummary } from "../parts/flash.ts";
import { logEvent, logParties } from "../parts/log-words.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill, shown } from "../parts/shown.ts";
import { messagesTable } from "../parts/spool-words.ts";
import { searchBox } from "../parts/toolbar.ts";
import type { Text } from "../text/en.ts";

const PATH = "/mail-trace";
const QUERY = ["address", "id", "subject", "since", "until"];

export interface MailTraceData {
  readonly query: Readonly<Record<string, string>>;
  /** `null` before anything was asked. */
  readonly found: Static<typeof logTrace.output> | null;
}

export const mailTracePage = definePage<MailTraceData>({
  path: PATH,
  async load({ run, visit }) {
    const query = inputFrom(visit.query, [], QUERY);
    const asked = QUERY.some((name) => visit.query.has(name));
    return { query, found: asked ? await run(logTrace, query) : null };
  },
  refused: ({ visit }: Ask) => ({ query: inputFrom(visit.query, [], QUERY), found: null }),
  view({ query, found }, frame) {
    const { t } = frame;
    const labels = labelsOf(t, logTrace);
    // Only the queue knows subjects.
    const asksSubject = frame.may.use("spool.list");
    return {
      title: t.trace.title,
      body: html`${pageHead(frame, { title: t.trace.title, lead: t.trace.lead })}
${refusalSummary(frame, labels, { changes: false })}
${asksSubject && html`<p class="small mute">${t.trace.bySubject}</p>`}
<form class="toolbar" method="get" action="${frame.link(PATH)}" role="search" aria-label="${t.trace.title}">${QUERY.filter(
        (name) => name !== "subject" || asksSubject,
      ).map((name) =>
        searchBox(frame, name, labels[name] ?? name, query[name] ?? "", {
          grow: name === "address" || name === "subject",
          more: { ...schemaAttributes(logTrace, name), ...TIMES[name] },
        }),
      )}<button class="btn primary">${t.trace.button}</button></form>
${found && answer(frame, found)}`,
    };
  },
});

const TIMES: Readonly<Record<string, Record<string, string | undefined>>> = {
  since: { type: "datetime-local", pattern: undefined, maxlength: undefined },
  until: { type: "datetime-local", pattern: undefined, maxlength: undefined },
};

type Found = NonNullable<MailTraceData["found"]>;

function answer(frame: Frame, found: Found): Html {
  const { t } = frame;
  const { items, more } = found;
  if (items.length === 0) return empty(t.trace.none, t.trace.noneText);
  return html`<p aria-live="polite">${t.trace.found(items.length)}</p>
${more && notice("info", html`<p>${t.trace.more}</p>`)}
${items.map((message, i) => story(frame, message, `message-${i}`, found.queue))}`;
}

const TONES = {
  delivered: "ok",
  sent: "ok",
  passed: "info",
  refused: "bad",
  waiting: "warn",
  frozen: "bad",
  held: "warn",
} as const;

/** What a badge alone would leave open. */
function explained(
  { trace }: Text,
  { outcome, queue }: TracedMessage,
  looked: Found["queue"],
): string | null {
  if (outcome === "frozen") return trace.frozenText;
  if (outcome === "held") return trace.heldText;
  if (outcome !== "waiting" || queue.length > 0) return null;
  return looked === "all" ? trace.waitingText : trace.unsureText;
}

function story(frame: Frame, message: TracedMessage, id: string, looked: Found["queue"]): Html {
  const { t } = frame;
  const { outcome, steps, sender, recipients, queue } = message;
  const more = explained(t, message, looked);
  const parties = fill(t.trace.fromTo, {
    sender: sender === "" ? t.trace.noSender : sender,
    recipients: recipients.length === 0 ? "–" : recipients.join(", "),
  });
  return html`<section class="flow" aria-labelledby="${id}"><h2 id="${id}" class="wrap">${parties} ${badge(TONES[outcome], t.trace.outcomes[outcome])}</h2>
${more !== null && html`<p>${more}</p>`}
${
  steps.length > 0 &&
  html`<ol class="steps">${steps.map(
    (step) =>
      html`<li${!step.refused && html` class="done"`}><span>${logEvent(frame, step)}<br><span class="small wrap">${logParties(step)}</span></span><small>${step.time === null ? t.logs.noTime : shown(step.time)} · ${t.logs.kinds[step.kind]}</small></li>`,
  )}</ol>`
}
${queue.length > 0 && html`<h3>${t.trace.queued(queue.length)}</h3>${messagesTable(frame, t.trace.queued(queue.length), queue)}`}
${message.id !== null && html`<p class="small"><a href="${frame.link("/logs", { id: message.id })}">${t.trace.toLogs}</a> <span class="mute mono">${fill(t.trace.id, { id: message.id })}</span></p>`}
</section>`;
}
