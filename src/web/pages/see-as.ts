import { failField } from "../../errors/error.ts";
import { checkedReason } from "../../kernel/reason.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { field } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { SEE_AS_END_PATH, SEE_AS_PATH } from "../parts/seeing.ts";

/** A master looks at the panel as somebody sees it to whom a part of it was given. */
export const seeAsPage = definePage<{ readonly who: string }>({
  path: SEE_AS_PATH,
  load: async ({ visit }) => ({ who: visit.query.get("who") ?? "" }),
  view({ who }, frame) {
    const { t } = frame;
    const labels = { who: t.seeAs.who, why: t.seeAs.why };
    return {
      title: t.seeAs.title,
      body: html`${pageHead(frame, { title: t.seeAs.title, lead: t.seeAs.lead })}
${refusalSummary(frame, labels, { changes: false })}
<form method="post" action="${frame.link(SEE_AS_PATH)}" class="flow">
${field(frame, "who", labels.who, { value: who, help: t.seeAs.whoHelp, required: true, more: { maxlength: 320, autocapitalize: "none", spellcheck: "false" } })}
${field(frame, "why", labels.why, { help: t.seeAs.whyHelp, required: true, more: { maxlength: 200 } })}
<div class="form-end">${token(frame)}<button class="btn primary">${t.seeAs.button}</button><a class="btn" href="${frame.link("/")}">${t.frame.cancel}</a></div>
</form>`,
    };
  },
  async submit({ visit, options }) {
    const who = visit.form.get("who")?.trim() ?? "";
    const reason = checkedReason(visit.form.get("why") ?? "");
    if (reason === undefined) return failField("why", "required", "why is missing.");
    if (!(await options.seeAs(visit, who, reason))) {
      return failField("who", "no-panel", "Nobody of this name has a panel of his own.");
    }
    return { to: "/" };
  },
});

/** The way back. */
export const seeAsEndPage = definePage({
  path: SEE_AS_END_PATH,
  back: () => "/",
  async submit({ visit }) {
    visit.browser.seeAs(null);
    return { to: "/" };
  },
});
