import { failField } from "../../errors/error.ts";
import type { Static } from "../../kernel/schema.ts";
import { spoolHold, spoolRelease, spoolRemove, spoolResend } from "../../operations/spool/act.ts";
import type { SpoolRow } from "../../operations/spool/fields.ts";
import { spoolExplain } from "../../operations/spool/look.ts";
import { narrowedTo } from "../../operations/spool/narrow.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { confirmField } from "../parts/confirm-field.ts";
import { labelsOf } from "../parts/field.ts";
import { notice, refusalSummary } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { facts } from "../parts/kv.ts";
import { pageHead } from "../parts/page-head.ts";
import { SIDES } from "../parts/queue-lists.ts";
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
/** Of either side; of messages that were chosen one by one all are shown. */
const SAMPLES = 10;

interface Asked {
  readonly action: Action;
  readonly filter: string;
  /** Messages that were ticked; `null`: whatever the filter catches. */
  readonly messages: readonly string[] | null;
}

export interface QueueActData extends Asked {
  /** `null` where what was asked for cannot be: then there is nothing to press. */
  readonly found: Static<typeof spoolExplain.output> | null;
}

/** What an action on a filter, or on ticked messages, would be done to, and the button that does it. */
export const queueActPage = definePage<QueueActData>({
  path: PATH,
  async load(ask) {
    const what = asked(ask);
    const samples = what.messages?.length ?? SAMPLES;
    const input = { action: what.action, ...meant(what), samples, seconds: PATIENCE_SECONDS };
    return { ...what, found: await ask.run(spoolExplain, input) };
  },
  refused: ({ visit }) => ({ ...plainly(visit.query), messages: null, found: null }),
  view(data, frame) {
    const { t } = frame;
    const { action, filter } = data;
    const back = frame.link("/queue", { filter });
    return {
      title: t.queue.actions[action],
      body: html`${pageHead(frame, {
        title: t.queue.actions[action],
        lead: forGood(data) ? t.queue.removeForGood : t.queue.actionHelp[action],
        crumbs: [{ href: back, words: t.queue.title }],
      })}
${refusalSummary(frame, labelsOf(t, OPERATIONS[action]))}
${data.found ? question(frame, data, data.found) : html`<p><a class="btn" href="${back}">${t.queue.toQueue}</a></p>`}`,
    };
  },
  async submit(ask) {
    const what = asked(ask);
    const confirm = ask.visit.form.get("confirm");
    const input = { ...meant(what), ...(confirm === null ? {} : { confirm }) };
    const { job } = await ask.run(OPERATIONS[what.action], input);
    return { to: `/queue/jobs/${job}` };
  },
});

/** Said before it is done: nothing could put them back. */
function forGood({ action, found }: QueueActData): boolean {
  return action === "remove" && found?.undoable === false;
}

function question(
  frame: Frame,
  { action, filter, messages }: QueueActData,
  { caught, left, samples, leftSamples, looked, of }: NonNullable<QueueActData["found"]>,
): Html {
  const { t } = frame;
  return html`${facts([
    messages
      ? [t.queue.chosen, count(messages.length)]
      : [t.queue.filter, filter === "" ? t.queue.noFilter : html`<span class="mono">${shown(filter)}</span>`],
    [t.queue.caught, html`${count(caught.messages)} · ${bytes(caught.bytes)}`],
    ...(messages ? [] : [[t.queue.left, html`${count(left.messages)} · ${bytes(left.bytes)}`] as const]),
  ])}
${looked < of && notice("warn", html`<p>${fill(t.queue.part, { looked: count(looked), of: count(of) })}</p>`)}
${action !== "release" && action !== "resend" && html`<p class="small mute">${t.queue.aboutSent}</p>`}
<form class="flow" method="post" action="${frame.link(PATH)}">
<input type="hidden" name="action" value="${action}"><input type="hidden" name="filter" value="${filter}">${messages?.map(
    (message) => html`<input type="hidden" name="message" value="${message}">`,
  )}
${whyField(frame)}${confirmField(frame)}
<div class="form-end">${token(frame)}<button class="btn${action === "remove" ? " danger" : " primary"}">${t.queue.actions[action]}</button><a class="btn" href="${frame.link("/queue", { filter })}">${t.frame.cancel}</a></div>
</form>
${samplesOf(frame, "s1", messages ? t.queue.rows : t.queue.samples, samples)}
${samplesOf(frame, "s2", t.queue.leftSamples, leftSamples)}`;
}

function samplesOf(frame: Frame, id: string, words: string, rows: readonly SpoolRow[]): Html | null {
  if (rows.length === 0) return null;
  return html`<section class="flow" aria-labelledby="${id}"><h2 id="${id}">${words}</h2>${messagesTable(frame, words, rows)}</section>`;
}

/** What was ticked on the page of the queue; a filter alone otherwise. */
function asked({ visit }: Ask): Asked {
  const from = visit.form.has("action") ? visit.form : visit.query;
  const { action, filter } = plainly(from);
  const messages = from.getAll("message");
  const groups = from.getAll("group");
  const by = SIDES.find((one) => one === from.get("by"));
  if (messages.length > 0) return { action, filter, messages };
  if (by && groups.length > 0) return { action, filter: narrowedTo(filter, by, groups), messages: null };
  // Without this, ticking nothing would mean everything.
  if (by || from.has("of")) failField("ticked", "ticked", "Nothing is ticked.");
  return { action, filter, messages: null };
}

function plainly(from: URLSearchParams): { action: Action; filter: string } {
  const action = from.get("action") ?? "";
  return {
    action: Object.hasOwn(OPERATIONS, action) ? (action as Action) : "hold",
    filter: from.get("filter")?.trim() ?? "",
  };
}

/** Who ticked a message saw it, whatever the filter says of it now. */
function meant({ filter, messages }: Asked) {
  return messages ? { messages } : { filter };
}
