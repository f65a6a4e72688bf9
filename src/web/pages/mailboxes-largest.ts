import type { Static } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import { mailboxLargest } from "../../operations/mailbox/largest.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { type Listed, nothingListed, queryOf } from "../parts/listing.ts";
import { mailPath, momentOr } from "../parts/mailbox-words.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { pager } from "../parts/pager.ts";
import { fill, shown } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import { accountPath, part } from "../paths.ts";
import { bytes } from "../text/format.ts";

const PATH = "/mailboxes/largest";

type Row = Static<typeof mailboxLargest.output>["items"][number];
export interface MailboxesLargestData extends Listed<Row> {
  /** When the oldest of it was counted. */
  readonly oldest: string | null;
}

/** The largest messages of all accounts, or of a domain. */
export const mailboxesLargestPage = definePage<MailboxesLargestData>({
  path: PATH,
  async load(ask) {
    const query = queryOf(ask, ["domain"]);
    const { progress, ...page } = await ask.run(mailboxLargest, query);
    return { query, page, oldest: progress.oldest };
  },
  refused: (ask) => ({ ...nothingListed(queryOf(ask, ["domain"])), oldest: null }),
  view({ query, page, oldest }, frame) {
    const { t, may } = frame;
    return {
      title: t.mailbox.largest,
      body: html`${pageHead(frame, {
        title: t.mailbox.largest,
        lead: html`${t.mailbox.largestLead} ${oldest !== null && fill(t.mailbox.countedAt, { when: moment(frame, oldest) })}`,
        crumbs: [{ href: frame.link("/mailboxes", { domain: query["domain"] }), words: t.mailbox.title }],
      })}
${refusalSummary(frame, labelsOf(t, mailboxLargest), { changes: false })}
${
  page.items.length === 0
    ? empty(t.mailbox.noLargest, null)
    : html`${table<Row>(
        t.mailbox.largest,
        [
          {
            label: t.mailbox.address,
            looks: "c-key",
            cell: (row) =>
              may.use("account.get")
                ? html`<a href="${frame.link(accountPath(row))}">${shown(row.address)}</a>`
                : shown(row.address),
          },
          { label: t.mailbox.size, looks: "num", cell: ({ size }) => bytes(size) },
          {
            label: t.mailbox.arrived,
            looks: "nowrap",
            cell: ({ arrived }) => momentOr(frame, arrived, "–"),
          },
          {
            label: t.mailbox.message,
            cell: (row) =>
              may.reach("message.get", accountTarget(row))
                ? html`<a href="${frame.link(mailPath(row, `/${part(row.message)}`))}">${t.mailbox.open}</a>`
                : null,
          },
        ],
        page.items,
      )}${pager(frame, page, (cursor) => frame.link(PATH, { ...query, cursor }))}`
}`,
    };
  },
});
