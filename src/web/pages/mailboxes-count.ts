import type { Static } from "../../kernel/schema.ts";
import { mailboxCount } from "../../operations/mailbox/count.ts";
import { mailboxUsage } from "../../operations/mailbox/usage.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { flashOf, refusalSummary } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { fillText, shown } from "../parts/shown.ts";
import { count } from "../text/format.ts";

const PATH = "/mailboxes/count";
/** Of each part: longer than this no host lets a page work. */
const PART_SECONDS = 5;

export interface MailboxesCountData {
  readonly domain: string | null;
  readonly progress: Static<typeof mailboxCount.output>;
}

/** How far the count is; the page carries it on, part by part, with script by itself. */
export const mailboxesCountPage = definePage<MailboxesCountData>({
  path: PATH,
  async load({ run, visit }) {
    const domain = (visit.method === "POST" ? visit.form : visit.query).get("domain");
    const { progress } = await run(mailboxUsage, { limit: 1, ...(domain ? { domain } : {}) });
    return { domain: domain || null, progress };
  },
  view({ domain, progress }, frame) {
    const { t, may } = frame;
    const words = fillText(t.mailbox.countedOf, { done: count(progress.counted), of: count(progress.of) });
    const list = frame.link("/mailboxes", { domain });
    return {
      title: t.mailbox.countTitle,
      body: html`${pageHead(frame, {
        title: domain === null ? t.mailbox.countTitle : html`${t.mailbox.countTitle}: ${shown(domain)}`,
        lead: progress.finished && progress.of > 0 ? t.mailbox.finished : t.mailbox.countLead,
        crumbs: [{ href: list, words: t.mailbox.title }],
      })}
${flashOf(frame)}${refusalSummary(frame, {})}
<div class="flow" role="status"><p><strong>${words}</strong></p>
<progress max="${Math.max(1, progress.of)}" value="${progress.counted}" aria-label="${words}"></progress></div>
${
  !(progress.finished && progress.of > 0) &&
  may.use("mailbox.count") &&
  html`<form class="flow" method="post" action="${frame.link(PATH)}"${!progress.finished && html` data-carry-on`}><p class="small mute">${t.mailbox.goOnHelp}</p>
${domain !== null && html`<input type="hidden" name="domain" value="${domain}">`}
<div class="form-end">${token(frame)}<button class="btn primary">${t.mailbox.goOn}</button></div></form>`
}
<p><a class="btn" href="${list}">${t.mailbox.toList}</a></p>`,
    };
  },
  async submit({ run, visit }) {
    const domain = visit.form.get("domain");
    await run(mailboxCount, { seconds: PART_SECONDS, ...(domain ? { domain } : {}) });
    return { to: PATH, query: { domain } };
  },
});
