import type { Static } from "../../kernel/schema.ts";
import { spoolHold, spoolRelease, spoolRemove, spoolResend } from "../../operations/spool/act.ts";
import { spoolExplain } from "../../operations/spool/look.ts";
import { html } from "../html.ts";
import { type Ask, definePage } from "../page.ts";
import { confirmField } from "../parts/confirm-field.ts";
import { labelsOf } from "../parts/field.ts";
import { notice, refusalSummary } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { facts } from "../parts/kv.ts";
import { pageHead } from "../parts/page-head.ts";
import { whyField } from "../parts/review-screen.ts";
import { fill, shown } from "../parts/shown.ts";
import { messagesTable } from "../parts/spool-words.ts";
import { bytes, count } from "../text/format.ts";

const PATH = "/queue/act";
const OPERATIONS = {
  remove: spoolRemove,
  hold: spoolHold,
  release: spoolRelease,
  resend: spoolResend,
} as const;
type Action = keyof typeof OPERATIONS;
const PATIENCE_SECONDS = 5;

export interface QueueActData {
  readonly action: Action;
  readonly filter: string;
  readonly found: Static<typeof spoolExplain.output>;
}

/** What an action on a filter would be done to, and the button that does it. */
export const queueActPage = definePage<QueueActData>({
  path: PATH,
  async load(ask) {
    const { action, filter } = asked(ask);
    const found = await ask.run(spoolExplain, { action, filter, seconds: PATIENCE_SECONDS });
    return { action, filter, found };
  },
  view({ action, filter, found }, frame) {
    const { t } = frame;
    const { caught, left, samples, leftSamples, looked, of } = found;
    return {
      title: t.queue.actions[action],
      body: html`${pageHead(frame, {
        title: t.queue.actions[action],
        lead: t.queue.actionHelp[action],
        crumbs: [{ href: frame.link("/queue", { filter }), words: t.queue.title }],
      })}
${refusalSummary(frame, labelsOf(t, OPERATIONS[action]))}
${facts([
  [t.queue.filter, filter === "" ? t.queue.noFilter : html`<span class="mono">${shown(filter)}</span>`],
  [t.queue.caught, html`${count(caught.messages)} · ${bytes(caught.bytes)}`],
  [t.queue.left, html`${count(left.messages)} · ${bytes(left.bytes)}`],
])}
${looked < of && notice("warn", html`<p>${fill(t.queue.part, { looked: count(looked), of: count(of) })}</p>`)}
${action !== "release" && action !== "resend" && html`<p class="small mute">${t.queue.aboutSent}</p>`}
<form class="flow" method="post" action="${frame.link(PATH)}">
<input type="hidden" name="action" value="${action}"><input type="hidden" name="filter" value="${filter}">
${whyField(frame)}${confirmField(frame)}
<div class="form-end">${token(frame)}<button class="btn${action === "remove" ? " danger" : " primary"}">${t.queue.actions[action]}</button><a class="btn" href="${frame.link("/queue", { filter })}">${t.frame.cancel}</a></div>
</form>
${samples.length > 0 && html`<section class="flow" aria-labelledby="s1"><h2 id="s1">${t.queue.samples}</h2>${messagesTable(frame, t.queue.samples, samples)}</section>`}
${leftSamples.length > 0 && html`<section class="flow" aria-labelledby="s2"><h2 id="s2">${t.queue.leftSamples}</h2>${messagesTable(frame, t.queue.leftSamples, leftSamples)}</section>`}`,
    };
  },
  async submit(ask) {
    const { action, filter } = asked(ask);
    const confirm = ask.visit.form.get("confirm");
    const input = { filter, ...(confirm === null ? {} : { confirm }) };
    const { job } = await ask.run(OPERATIONS[action], input);
    return { to: `/queue/jobs/${job}` };
  },
});

function asked({ visit }: Ask): { action: Action; filter: string } {
  const from = visit.form.has("action") ? visit.form : visit.query;
  const action = from.get("action") ?? "";
  return {
    action: Object.hasOwn(OPERATIONS, action) ? (action as Action) : "hold",
    filter: from.get("filter")?.trim() ?? "",
  };
}
