import type { Static } from "../../kernel/schema.ts";
import { accountSetPassword } from "../../operations/account/set-password.ts";
import { incidentSet } from "../../operations/incident/change.ts";
import type { IncidentReport } from "../../operations/incident/look.ts";
import type { spoolExplain, spoolShape } from "../../operations/spool/look.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { bytes, count } from "../text/format.ts";
import { operationField } from "./field.ts";
import { notice } from "./flash.ts";
import { token } from "./form.ts";
import { moment } from "./moment.ts";
import { passwordFields } from "./password-fields.ts";
import type { RescueStep } from "./rescue-words.ts";
import { fill, fillText, shown, visible } from "./shown.ts";
import { groupName } from "./spool-words.ts";
import { table } from "./table.ts";
import { tabs } from "./tabs.ts";

export const RESCUE_SIDES = ["subject", "from", "ip", "domain"] as const;
export type RescueSide = (typeof RESCUE_SIDES)[number];

export interface RescueData {
  readonly report: IncidentReport;
  readonly step: RescueStep | "finish";
  /** The step that is asked to be undone. */
  readonly undo: RescueStep | null;
  readonly by: RescueSide;
  /** The account's mail in the queue: all of it, or what is held. */
  readonly shape: Static<typeof spoolShape.output> | null;
  /** What the step would be done to. */
  readonly found: Static<typeof spoolExplain.output> | null;
}

export const rescuePath = (incident: string) => `/rescue/${incident}`;

/** A form of one button. */
export function actForm(
  frame: Frame,
  { report }: Pick<RescueData, "report">,
  act: string,
  words: string,
  more: { readonly inside?: Html; readonly looks?: string; readonly wayOut?: string } = {},
): Html {
  const { inside, looks = "btn primary", wayOut } = more;
  return html`<form class="flow" method="post" action="${frame.link(rescuePath(report.incident))}"><input type="hidden" name="act" value="${act}">${inside}
<div class="form-end">${token(frame)}<button class="${looks}">${words}</button>${wayOut !== undefined && html`<a class="btn" href="${wayOut}">${frame.t.frame.cancel}</a>`}</div></form>`;
}

/** What is to be done now: told in words, with the one button that does it. */
export function stepSection(frame: Frame, data: RescueData): Html {
  const { t, may } = frame;
  const { step, report } = data;
  const n = report.steps.findIndex((one) => one.step === step) + 1 || report.steps.length + 1;
  const heading = html`<h2 id="now">${n}. ${t.rescue.stepNames[step]}</h2>`;
  const bodies: Readonly<Record<RescueData["step"], () => Html>> = {
    suspend: () => html`<p>${t.rescue.suspendText}</p>
${may.reach("account.suspend") && report.suspended === false && actForm(frame, data, "suspend", t.rescue.suspendButton)}`,
    hold: () => hold(frame, data),
    remove: () => remove(frame, data),
    release: () => release(frame, data),
    password: () => html`<p>${t.rescue.passwordText}</p>
${may.reach("account.setPassword") && actForm(frame, data, "password", t.rescue.passwordButton, { inside: html`${passwordFields(frame, accountSetPassword)}<input type="hidden" name="user" autocomplete="username" value="${report.name}@${report.domain}">` })}`,
    finish: () => finish(frame, data),
  };
  return html`<section class="flow" aria-labelledby="now">${heading}${bodies[step]()}</section>`;
}

function hold(frame: Frame, data: RescueData): Html {
  const { t, may } = frame;
  const waiting = data.shape ? waitingOf(data.shape) : 0;
  const words =
    data.shape && !isPart(data.shape)
      ? fillText(t.rescue.holdButton, { count: count(waiting) })
      : t.rescue.holdButtonPart;
  return html`<p>${t.rescue.holdText}</p>${partNotice(frame, data.shape)}
<p class="small mute">${t.queue.aboutSent}</p>
${may.reach("spool.hold") && actForm(frame, data, "hold", words)}`;
}

/** What XMail could still send. */
export function waitingOf({ states }: NonNullable<RescueData["shape"]>): number {
  return (states.ready ?? 0) + (states.retry ?? 0) + (states.frozen ?? 0);
}

function remove(frame: Frame, data: RescueData): Html {
  const { t, may } = frame;
  const { report, shape, by, found } = data;
  const link = (side: string) => frame.link(rescuePath(report.incident), { step: "remove", by: side });
  const chooses = may.reach("incident.set");
  const caught = found && (isPart(found) ? null : found.caught.messages);
  return html`<p>${t.rescue.removeText}</p>${partNotice(frame, shape)}
${tabs(
  t.rescue.by,
  RESCUE_SIDES.map((side) => ({ href: link(side), words: t.queue.sides[side], current: side === by })),
)}
${
  chooses
    ? html`<form class="flow" method="post" action="${frame.link(rescuePath(report.incident))}"><input type="hidden" name="act" value="spam"><input type="hidden" name="by" value="${by}">
${groups(frame, data, chooses)}
${operationField(frame, incidentSet, "spam", { value: report.spam, stack: true, help: t.rescue.spamHelp, more: { spellcheck: "false" } })}
<div class="form-end">${token(frame)}<button class="btn${found && found.caught.messages > 0 ? "" : " primary"}">${t.rescue.spamButton}</button></div></form>`
    : groups(frame, data, chooses)
}
${
  found &&
  html`<section class="sub" aria-labelledby="dry"><h3 id="dry">${t.rescue.spamNow}</h3>${partNotice(frame, found)}
${sides(frame, found)}
${
  found.caught.messages === 0
    ? html`<p>${t.rescue.nothingCaught}</p>`
    : may.reach("spool.remove") &&
      actForm(
        frame,
        data,
        "remove",
        caught === null
          ? t.rescue.removeButtonPart
          : fillText(t.rescue.removeButton, { count: count(caught) }),
      )
}
${samples(frame, t.rescue.spamSamples, "s1", found.samples)}${samples(frame, t.rescue.honestSamples, "s2", found.leftSamples)}</section>`
}`;
}

function groups(frame: Frame, { report, by, shape }: RescueData, chooses: boolean): Html {
  const { t } = frame;
  if (!shape || shape.groups.length === 0) return html`<p>${t.rescue.nothingHeld}</p>`;
  const chosen = ` ${report.spam} `;
  return table(
    t.rescue.groups,
    [
      {
        label: t.queue.sides[by],
        looks: "c-key c-wide",
        cell: ({ key, filter }) =>
          chooses
            ? html`<input type="hidden" name="known" value="${filter}"><label class="check"><input class="tick" type="checkbox" name="part" value="${filter}" aria-label="${fillText(t.rescue.tick, { name: visible(key) })}"${chosen.includes(` ${filter} `) && html` checked`}>${groupName(t, by, key)}</label>`
            : groupName(t, by, key),
      },
      { label: t.rescue.messages, looks: "num", cell: ({ messages }) => count(messages) },
      {
        label: t.rescue.oldest,
        looks: "nowrap",
        cell: ({ oldest }) => (oldest === null ? "–" : moment(frame, oldest)),
      },
      { label: t.rescue.example, looks: "c-wide", cell: ({ subject }) => shown(subject) },
    ],
    shape.groups,
  );
}

function sides({ t }: Frame, { caught, left }: NonNullable<RescueData["found"]>): Html {
  const stat = (label: string, tone: string, messages: number, note: string) =>
    html`<li class="stat is-${tone}"><span class="stat-label">${label}</span><span class="stat-num">${count(messages)}</span><span class="stat-note">${note}</span></li>`;
  return html`<ul class="stats" aria-label="${t.rescue.spamNow}">${stat(t.rescue.toBin, "bad", caught.messages, `${bytes(caught.bytes)} · ${t.rescue.toBinNote}`)}${stat(t.rescue.toRelease, "ok", left.messages, bytes(left.bytes))}</ul>`;
}

function release(frame: Frame, data: RescueData): Html {
  const { t, may } = frame;
  const { found } = data;
  const whole = found && !isPart(found);
  return html`<p>${t.rescue.releaseText}</p>${partNotice(frame, found)}
${found && found.caught.messages === 0 && html`<p>${t.rescue.nothingHeld}</p>`}
${may.reach("spool.release") && actForm(frame, data, "release", whole ? fillText(t.rescue.releaseButton, { count: count(found.caught.messages) }) : t.rescue.releaseButtonPart)}
${found && samples(frame, t.rescue.honestSamples, "s2", found.samples)}`;
}

function finish(frame: Frame, data: RescueData): Html {
  const { t, may } = frame;
  const { suspended, closed } = data.report;
  if (closed !== null) {
    return html`<p>${fill(t.rescue.closedText, { time: moment(frame, closed), name: data.report.closedBy })}</p>
${may.reach("incident.reopen") && actForm(frame, data, "reopen", t.rescue.reopen, { looks: "btn" })}`;
  }
  return html`<p>${t.rescue.finishText}</p>
${suspended === true && may.reach("account.resume") && actForm(frame, data, "resume", t.rescue.letIn, { looks: "btn" })}
${may.reach("incident.close") && actForm(frame, data, "close", t.rescue.close, { inside: html`<p class="small mute">${t.rescue.closeHelp}</p>` })}`;
}

function samples(
  frame: Frame,
  title: string,
  id: string,
  rows: NonNullable<RescueData["found"]>["samples"],
): Html | null {
  if (rows.length === 0) return null;
  const { queue } = frame.t;
  return html`<section class="flow" aria-labelledby="${id}"><h3 id="${id}">${title}</h3>${table(
    title,
    [
      {
        label: queue.subject,
        looks: "c-key c-wide",
        cell: ({ message, subject }) =>
          html`<a href="${frame.link(`/queue/messages/${message}`)}">${subject === "" ? queue.empty : shown(subject)}</a>`,
      },
      { label: queue.from, looks: "c-wide", cell: ({ from }) => (from === "" ? "<>" : shown(from)) },
      { label: queue.to, looks: "c-wide", cell: ({ to }) => shown(to) },
      { label: queue.ip, cell: ({ ip }) => shown(ip) },
    ],
    rows,
  )}</section>`;
}

function isPart({ looked, of }: { readonly looked: number; readonly of: number }): boolean {
  return looked < of;
}

function partNotice({ t }: Frame, seen: RescueData["shape"] | RescueData["found"]): Html | null {
  if (!seen || !isPart(seen)) return null;
  const { looked, of } = seen;
  return notice("warn", html`<p>${fill(t.rescue.part, { looked: count(looked), of: count(of) })}</p>`);
}
