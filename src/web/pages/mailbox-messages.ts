import type { Static } from "../../kernel/schema.ts";
import { messageList } from "../../operations/message/list.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { empty } from "../parts/empty.ts";
import { mailPath, momentOr } from "../parts/mailbox-words.ts";
import { pageHead } from "../parts/page-head.ts";
import { fillText, shown } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import { accountPath, part } from "../paths.ts";
import { bytes, count } from "../text/format.ts";

export interface MailboxMessagesData {
  readonly domain: string;
  readonly name: string;
  readonly cursor: string | null;
  readonly list: Static<typeof messageList.output>;
}

type Row = MailboxMessagesData["list"]["items"][number];

/** What is in the mailbox of an account. Asked for a reason first, as it is other people's. */
export const mailboxMessagesPage = definePage<MailboxMessagesData>({
  path: "/mailboxes/:domain/:name",
  async load({ run, params: { domain = "", name = "" }, visit }) {
    const cursor = visit.query.get("cursor");
    const list = await run(messageList, { domain, name, ...(cursor ? { cursor } : {}) });
    return { domain, name, cursor, list };
  },
  back: ({ domain = "", name = "" }) => accountPath({ domain, name }),
  view({ domain, name, cursor, list }, frame) {
    const { t } = frame;
    const path = mailPath({ domain, name });
    const address = shown(`${name}@${domain}`);
    const { items, next } = list;
    return {
      title: t.mailbox.mail,
      body: html`${pageHead(frame, {
        title: html`${t.mailbox.mail}: ${address}`,
        lead: html`${t.mailbox.mailLead} ${fillText(t.mailbox.inAll, { messages: count(list.messages), size: bytes(list.bytes) })}`,
        crumbs: [{ href: frame.link(accountPath({ domain, name })), words: address }],
      })}
${
  items.length === 0
    ? empty(t.mailbox.empty, null)
    : table<Row>(
        t.mailbox.mail,
        [
          {
            label: t.mailbox.subject,
            looks: "c-key c-wide",
            cell: ({ message, subject }) =>
              html`<a href="${frame.link(`${path}/${part(message)}`)}">${subject.trim() === "" ? t.mailbox.noSubject : shown(subject)}</a>`,
          },
          { label: t.mailbox.from, looks: "c-wide", cell: ({ from }) => (from === "" ? "–" : shown(from)) },
          { label: t.mailbox.arrived, looks: "nowrap", cell: ({ arrived }) => momentOr(frame, arrived, "–") },
          { label: t.mailbox.size, looks: "num", cell: ({ size }) => bytes(size) },
        ],
        items,
      )
}
<nav class="pager tight" aria-label="${t.list.pages}"><ul>${cursor !== null && html`<li><a href="${frame.link(path)}">${t.mailbox.first}</a></li>`}${next !== null && html`<li><a href="${frame.link(path, { cursor: next })}" rel="next">${t.mailbox.further}</a></li>`}</ul></nav>`,
    };
  },
});
