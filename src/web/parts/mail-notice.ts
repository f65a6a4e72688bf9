import { type Asked, OPEN } from "../asked.ts";
import { hereOf } from "../frame.ts";
import { html } from "../html.ts";
import type { AnyPage, Frame, Screen } from "../page.ts";
import { field } from "./field.ts";
import { notice } from "./flash.ts";
import { token } from "./form.ts";
import { facts } from "./kv.ts";
import { pageHead } from "./page-head.ts";
import { shown } from "./shown.ts";

/** Fields that a form does not bring along: the token is a new one, and secrets stay where they were typed. */
const NOT_KEPT = /^csrf$|^why$|passw|secret/i;

/** Before mail of other people is opened: what that means, what is recorded, and the question why. */
export function mailNotice(page: AnyPage, { visit, params, opened }: Asked): (frame: Frame) => Screen {
  const fields: readonly (readonly [string, string])[] =
    visit.method === "GET" ? [["step", OPEN]] : [...visit.form].filter(([name]) => !NOT_KEPT.test(name));
  return noticeScreen({
    path: hereOf(visit),
    fields,
    mailbox:
      opened.flatMap((one) => (one.kind === "account" ? [`${one.name}@${one.domain}`] : []))[0] ?? null,
    back: page.back?.(params) ?? "/",
  });
}

interface Notice {
  /** Address that takes the form. */
  readonly path: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly mailbox: string | null;
  /** Where to go who does not open it. */
  readonly back: string;
}

export function noticeScreen({ path, fields, mailbox, back }: Notice): (frame: Frame) => Screen {
  return (frame) => {
    const { t } = frame;
    return {
      title: t.audit.noticeTitle,
      body: html`${pageHead(frame, { title: t.audit.noticeTitle })}
${notice("warn", html`<div class="flow">${t.audit.notice.map((text) => html`<p>${text}</p>`)}</div>`)}
${mailbox !== null && facts([[t.audit.whose, shown(mailbox)]])}
<form class="flow" method="post" action="${frame.link(path)}">
${field(frame, "why", t.audit.why, { help: t.audit.whyHelp, required: true, more: { maxlength: 200 } })}
${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="form-end">${token(frame)}<button class="btn primary">${t.audit.open}</button><a class="btn" href="${frame.link(back)}">${t.audit.leave}</a></div>
</form>`,
    };
  };
}
