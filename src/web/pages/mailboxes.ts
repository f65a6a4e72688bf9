import type { Static } from "../../kernel/schema.ts";
import { domainTarget, SERVER } from "../../kernel/target.ts";
import {
  MAILBOX_STATES,
  type MailboxRow,
  type MailboxState,
  UNUSED_DAYS,
} from "../../operations/mailbox/fields.ts";
import { mailboxUsage } from "../../operations/mailbox/usage.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf, schemaAttributes } from "../parts/field.ts";
import { flashOf, notice, refusalSummary } from "../parts/flash.ts";
import { postButton } from "../parts/form.ts";
import { queryOf } from "../parts/listing.ts";
import { fillBar, growthWords, leftWords, momentOr, stateBadges, usedWords } from "../parts/mailbox-words.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { pager } from "../parts/pager.ts";
import { fill, fillText, shown } from "../parts/shown.ts";
import { stats } from "../parts/stats.ts";
import { type Column, table } from "../parts/table.ts";
import { filterBox, searchBox, toolbar } from "../parts/toolbar.ts";
import { accountPath } from "../paths.ts";
import { bytes, count } from "../text/format.ts";

const PATH = "/mailboxes";
const QUERY = ["search", "domain", "filter", "sort"];
const SORTS = ["size", "left", "growth", "messages", "signIn", "address"] as const;

export interface MailboxesData {
  readonly query: Readonly<Record<string, string>>;
  readonly usage: Static<typeof mailboxUsage.output>;
}

const NOTHING: MailboxesData["usage"] = {
  ...{ items: [], total: 0, first: 0, next: null, previous: null },
  ...{ bytes: 0, messages: 0, full: 0, nearly: 0, growing: 0, unused: 0 },
  progress: { counted: 0, of: 0, finished: true, oldest: null },
};

/** How full the mailboxes are: the states first, each the way to its list. */
export const mailboxesPage = definePage<MailboxesData>({
  path: PATH,
  async load(ask) {
    const query = queryOf(ask, QUERY);
    return { query, usage: await ask.run(mailboxUsage, query) };
  },
  refused: (ask) => ({ query: queryOf(ask, QUERY), usage: NOTHING }),
  view({ query, usage }, frame) {
    const { t } = frame;
    const isNew = usage.progress.of === 0 && !query["domain"] && !frame.refusal;
    return {
      title: t.mailbox.title,
      body: html`${pageHead(frame, {
        title: t.mailbox.title,
        lead: t.mailbox.lead,
        actions: isNew ? [] : actions(frame, query, usage),
      })}
${flashOf(frame)}
${refusalSummary(frame, labelsOf(t, mailboxUsage), { changes: false })}
${isNew ? empty(t.mailbox.none, t.mailbox.noneText, [countButton(frame, query, t.mailbox.count)]) : whole(frame, query, usage)}`,
    };
  },
});

function actions(frame: Frame, query: MailboxesData["query"], { progress }: MailboxesData["usage"]) {
  const { t } = frame;
  return [
    html`<a class="btn" href="${frame.link(`${PATH}/largest`, { domain: query["domain"] })}">${t.mailbox.largest}</a>`,
    countButton(frame, query, progress.finished ? t.mailbox.again : t.mailbox.goOn),
  ];
}

function countButton(frame: Frame, { domain }: MailboxesData["query"], words: string): Html | false {
  const { may } = frame;
  const whose = domain === undefined ? SERVER : domainTarget(domain);
  if (!may.reach("mailbox.count", whose))
    return may.use("mailbox.count") && html`<p class="small mute">${frame.t.mailbox.chooseDomain}</p>`;
  return postButton(frame, `${PATH}/count`, words, {
    looks: "btn primary",
    fields: domain === undefined ? {} : { domain },
    review: false,
  });
}

function whole(frame: Frame, query: MailboxesData["query"], usage: MailboxesData["usage"]): Html {
  const { t } = frame;
  const { progress } = usage;
  const link = (changes: Record<string, string | null>) =>
    frame.link(PATH, { ...query, cursor: null, ...changes });
  const state = MAILBOX_STATES.find((one) => one === query["filter"]);
  return html`${stats(t.mailbox.states, [
    { label: t.mailbox.allCount, value: progress.of, href: link({ filter: null }) },
    ...MAILBOX_STATES.map((one) => ({
      label: t.mailbox.stateNames[one],
      value: usage[one],
      href: link({ filter: one, sort: one === "unused" ? "signIn" : one === "growing" ? "growth" : "left" }),
    })),
  ])}
${!progress.finished && notice("warn", html`<p>${fillText(t.mailbox.unfinished, { done: count(progress.counted), of: count(progress.of) })}</p>`)}
${tools(frame, query)}
<p class="small mute">${state === undefined ? fillText(t.mailbox.together, { messages: count(usage.messages), size: bytes(usage.bytes) }) : fillText(t.mailbox.stateHelp[state], { days: UNUSED_DAYS })} ${progress.oldest !== null && fill(t.mailbox.countedAt, { when: moment(frame, progress.oldest) })}</p>
${usage.items.length === 0 ? nothing(frame, state, query) : html`${table(t.mailbox.caption, columns(frame), usage.items)}${pager(frame, usage, (cursor) => link({ cursor }))}`}`;
}

function nothing(
  frame: Frame,
  state: MailboxState | undefined,
  { search, domain }: MailboxesData["query"],
): Html {
  const { t } = frame;
  const isPlain = search === undefined && domain === undefined;
  return html`<p>${state !== undefined && isPlain ? t.mailbox.noneIn[state] : t.mailbox.noMatch}</p><p><a class="btn" href="${frame.link(PATH)}">${t.list.showAll}</a></p>`;
}

function tools(frame: Frame, query: MailboxesData["query"]): Html {
  const { t } = frame;
  const labels = labelsOf(t, mailboxUsage);
  return toolbar(frame, PATH, t.mailbox.title, [
    searchBox(frame, "search", labels["search"] ?? "", query["search"] ?? "", {
      more: schemaAttributes(mailboxUsage, "search"),
    }),
    searchBox(frame, "domain", labels["domain"] ?? "", query["domain"] ?? "", {
      grow: false,
      more: { ...schemaAttributes(mailboxUsage, "domain"), inputmode: "url" },
    }),
    filterBox("filter", labels["filter"] ?? "", query["filter"] ?? "", [
      { value: "", words: t.mailbox.all },
      ...MAILBOX_STATES.map((value) => ({ value, words: t.mailbox.stateNames[value] })),
    ]),
    filterBox(
      "sort",
      labels["sort"] ?? "",
      query["sort"] ?? "size",
      SORTS.map((value) => ({ value, words: t.mailbox.sortNames[value] })),
    ),
  ]);
}

function columns(frame: Frame): Column<MailboxRow>[] {
  const { t, may } = frame;
  return [
    {
      label: t.mailbox.address,
      looks: "c-key",
      cell: (row) =>
        may.use("account.get")
          ? html`<a href="${frame.link(accountPath(row))}">${shown(row.address)}</a>`
          : shown(row.address),
    },
    { label: t.mailbox.state, looks: "nowrap", cell: (row) => stateBadges(frame, row) },
    { label: t.mailbox.fill, looks: "c-bar", cell: fillBar },
    { label: t.mailbox.used, looks: "num", cell: (row) => usedWords(frame, row) },
    { label: t.mailbox.left, looks: "num", cell: (row) => leftWords(frame, row) },
    { label: t.mailbox.messages, looks: "num", cell: ({ messages }) => count(messages) },
    { label: t.mailbox.growth, looks: "num", cell: ({ growthPerDay }) => growthWords(growthPerDay) },
    { label: t.mailbox.newest, looks: "c-opt nowrap", cell: ({ newest }) => momentOr(frame, newest, "–") },
    {
      label: t.mailbox.signIn,
      looks: "c-opt nowrap",
      cell: ({ lastLogin }) => momentOr(frame, lastLogin, t.mailbox.never),
    },
  ];
}
