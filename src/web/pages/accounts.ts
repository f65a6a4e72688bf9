import { domainTarget } from "../../kernel/target.ts";
import { accountList } from "../../operations/account/list.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { type Account, accountState, fillOf } from "../parts/account-state.ts";
import { bar } from "../parts/bar.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf, schemaAttributes } from "../parts/field.ts";
import { flashOf } from "../parts/flash.ts";
import { isNarrowed, type Listed, listing, nothingListed, queryOf } from "../parts/listing.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill, fillText, shown } from "../parts/shown.ts";
import type { Column } from "../parts/table.ts";
import { filterBox, searchBox, toolbar } from "../parts/toolbar.ts";
import { accountPath } from "../paths.ts";
import { bytes } from "../text/format.ts";

const PATH = "/accounts";
const QUERY = ["search", "domain", "kind", "sort", "order"];
const SORTS = ["name", "domain", "kind"] as const;
const ORDERS = ["ascending", "descending"] as const;

export const accountsPage = definePage<Listed<Account>>({
  path: PATH,
  async load(ask) {
    const query = queryOf(ask, QUERY);
    return { query, page: await ask.run(accountList, query) };
  },
  refused: (ask) => nothingListed(queryOf(ask, QUERY)),
  view(data, frame) {
    const { t } = frame;
    const { query, page } = data;
    const lists = query["kind"] === "list";
    const narrowed = isNarrowed(query, ["search", "domain"]);
    const none = page.total === 0 && !narrowed && !frame.refusal;
    const add = addButton(frame, query);
    const title = lists ? t.accounts.lists : t.accounts.title;
    const lead = lists ? t.accounts.leadLists(page.total) : t.accounts.lead(page.total);
    return {
      title,
      body: html`${pageHead(frame, {
        title,
        ...(none || frame.refusal ? {} : { lead: narrowed ? t.accounts.found(page.total) : lead }),
        actions: [...csvLinks(frame, query, none), !none && add],
      })}
${flashOf(frame)}
${listing(frame, data, {
  path: PATH,
  caption: t.accounts.caption,
  labels: labelsOf(t, accountList),
  toolbar: filters(frame, query, title),
  filters: { search: t.list.contains, domain: t.list.domain },
  columns: columnsFor(frame, query),
  none: lists
    ? empty(t.accounts.noneLists, t.accounts.noneListsText, [add])
    : empty(t.accounts.none, t.accounts.noneText, [add]),
  noMatch:
    query["search"] === undefined
      ? t.accounts.noMatchFilter
      : fill(t.accounts.noMatch, { text: query["search"] }),
})}`,
    };
  },
});

function addButton(frame: Frame, { domain, kind }: Readonly<Record<string, string>>): Html | false {
  if (!frame.may.use("account.add")) return false;
  const words = kind === "list" ? frame.t.accounts.addList : frame.t.accounts.add;
  const href = frame.link("/add-account", { domain, kind: kind === "list" ? kind : null });
  return html`<a class="btn primary" href="${href}">${words}</a>`;
}

function csvLinks(
  { t, may, link }: Frame,
  { domain }: Readonly<Record<string, string>>,
  none: boolean,
): (Html | false)[] {
  return [
    !none &&
      mayExport(may, domain) &&
      html`<a class="btn" href="${link("/export/accounts", { domain })}">${t.imports.export}</a>`,
    may.use("account.import") &&
      html`<a class="btn" href="${link("/import", { kind: "account", domain })}">${t.imports.button}</a>`,
  ];
}

function mayExport(may: Frame["may"], domain: string | undefined): boolean {
  return domain === undefined
    ? may.reach("account.export")
    : may.reach("account.export", domainTarget(domain));
}

function filters(frame: Frame, query: Readonly<Record<string, string>>, title: string): Html {
  const { t } = frame;
  const labels = labelsOf(t, accountList);
  return toolbar(frame, PATH, title, [
    searchBox(frame, "search", labels["search"] ?? "", query["search"] ?? "", {
      more: schemaAttributes(accountList, "search"),
    }),
    searchBox(frame, "domain", labels["domain"] ?? "", query["domain"] ?? "", {
      grow: false,
      more: { ...schemaAttributes(accountList, "domain"), inputmode: "url" },
    }),
    filterBox("kind", labels["kind"] ?? "", query["kind"] ?? "", [
      { value: "", words: t.accounts.allTypes },
      { value: "user", words: t.accounts.types.user },
      { value: "list", words: t.accounts.types.list },
    ]),
    filterBox(
      "sort",
      labels["sort"] ?? "",
      query["sort"] ?? "name",
      SORTS.map((value) => ({ value, words: t.accounts.sorts[value] })),
    ),
    filterBox(
      "order",
      labels["order"] ?? "",
      query["order"] ?? "ascending",
      ORDERS.map((value) => ({ value, words: t.accounts.orders[value] })),
    ),
  ]);
}

function columnsFor(frame: Frame, query: Readonly<Record<string, string>>): Column<Account>[] {
  const { t, may } = frame;
  return [
    {
      label: t.accounts.address,
      looks: "c-key",
      sort: sortBy(frame, query, "name"),
      cell: (row) =>
        may.use("account.get")
          ? html`<a href="${frame.link(accountPath(row))}">${shown(row.address)}</a>`
          : shown(row.address),
    },
    {
      label: t.accounts.name,
      looks: "c-opt",
      cell: (row) => (row.realName === "" ? null : shown(row.realName)),
    },
    {
      label: t.accounts.type,
      looks: "c-opt nowrap",
      sort: sortBy(frame, query, "kind"),
      cell: (row) => t.accounts.types[row.kind],
    },
    { label: t.accounts.state, looks: "nowrap", cell: (row) => accountState(t, row, true) },
    {
      label: t.accounts.mailbox,
      looks: "c-bar",
      cell: (row) => {
        const full = row.kind === "list" ? null : fillOf(row);
        return full === null ? null : bar(full);
      },
    },
    { label: t.accounts.used, looks: "num", cell: (row) => (row.kind === "list" ? null : used(frame, row)) },
    {
      label: t.accounts.lastSignIn,
      looks: "c-opt nowrap",
      cell: (row) => {
        if (row.kind === "list") return null;
        return row.lastLogin ? moment(frame, row.lastLogin.at) : t.accounts.never;
      },
    },
  ];
}

function used({ t }: Frame, { mailbox }: Account): string {
  if (mailbox.limitBytes === null) return bytes(mailbox.bytes);
  return fillText(t.accounts.ofLimit, { used: bytes(mailbox.bytes), limit: bytes(mailbox.limitBytes) });
}

/** A click on the heading in use turns the order round. */
function sortBy(frame: Frame, query: Readonly<Record<string, string>>, sort: (typeof SORTS)[number]) {
  const now = (query["sort"] ?? "name") === sort ? (query["order"] ?? "ascending") : null;
  const order = now === "descending" ? "descending" : now === null ? null : "ascending";
  const href = frame.link(PATH, {
    ...query,
    cursor: null,
    sort,
    order: order === "ascending" ? "descending" : "ascending",
  });
  return { href, order } as const;
}
