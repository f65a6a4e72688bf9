import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { notice } from "../parts/flash.ts";
import { guide } from "../parts/guide.ts";
import { pageHead } from "../parts/page-head.ts";

/** What to do when an account was stolen; each step leads to the page that does it. */
export const emergencyPage = definePage<null>({
  path: "/emergency",
  load: async () => null,
  view(_, frame) {
    const { t, may } = frame;
    const { emergency: words, menu } = t;
    const { first, next, after } = words;
    const rescue = { path: "/rescue", words: menu.rescue, needs: "incident.list" };
    const accounts = { path: "/accounts", words: menu.accounts, needs: "account.list" };
    const queue = { path: "/queue?by=auth", words: menu.queue, needs: "spool.shape" };
    return {
      title: words.title,
      body: html`${pageHead(frame, {
        title: words.title,
        lead: words.lead,
        actions: [
          may.use(rescue.needs) &&
            html`<a class="btn primary" href="${frame.link(rescue.path)}">${words.toRescue}</a>`,
        ],
      })}
${notice("info", html`<p>${words.calm}</p>`)}
${guide(frame, "first", words.firstTitle, [
  { ...first.look, link: queue },
  { ...first.suspend, link: may.use(rescue.needs) ? rescue : accounts },
  { ...first.hold, link: queue },
  { ...first.stop, link: { path: "/service", words: menu.service, needs: "service.stop" } },
])}
${guide(frame, "then", words.thenTitle, [
  { ...next.password, link: accounts },
  { ...next.traces, link: { path: "/log-findings", words: menu.logFindings, needs: "log.lint" } },
  { ...next.ban, link: { path: "/banned-addresses", words: menu.bannedAddresses, needs: "spammer.list" } },
  { ...next.clean, link: queue },
  { ...next.left, link: { path: "/changes", words: menu.changes, needs: "change.list" } },
  { ...next.resume, link: accounts },
])}
${guide(frame, "after", words.afterTitle, [
  { ...after.watch, link: { path: "/statistics", words: menu.statistics, needs: "log.statistics" } },
  { ...after.lists, link: { path: "/queue?by=reason", words: menu.queue, needs: "spool.shape" } },
  { ...after.tell, link: { path: "/mail-trace", words: menu.mailTrace, needs: "log.trace" } },
  { ...after.report, link: rescue },
  {
    ...after.prevent,
    link: { path: "/mailboxes?filter=unused", words: menu.mailboxes, needs: "mailbox.usage" },
  },
])}`,
    };
  },
});
