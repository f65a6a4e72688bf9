import type { Static } from "../../kernel/schema.ts";
import { domainList } from "../../operations/domain/list.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf, schemaAttributes } from "../parts/field.ts";
import { flashOf } from "../parts/flash.ts";
import { isNarrowed, type Listed, listing, nothingListed, queryOf } from "../parts/listing.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill, shown } from "../parts/shown.ts";
import { searchBox, toolbar } from "../parts/toolbar.ts";
import { domainPath } from "../paths.ts";
import { count } from "../text/format.ts";

type Row = Static<typeof domainList.output>["items"][number];

const PATH = "/domains";

export const domainsPage = definePage<Listed<Row>>({
  path: PATH,
  async load(ask) {
    const query = queryOf(ask, ["search"]);
    return { query, page: await ask.run(domainList, query) };
  },
  refused: (ask) => nothingListed(queryOf(ask, ["search"])),
  view(data, frame) {
    const { t, may } = frame;
    const { query, page } = data;
    const labels = labelsOf(t, domainList);
    const add =
      may.reach("domain.add") &&
      html`<a class="btn primary" href="${frame.link("/add-domain")}">${t.domains.add}</a>`;
    const none = page.total === 0 && !isNarrowed(query, ["search"]) && !frame.refusal;
    const accounts = (row: Row, kind: "user" | "list", n: number) =>
      may.use("account.list") && n > 0
        ? html`<a href="${frame.link("/accounts", { domain: row.domain, kind })}">${count(n)}</a>`
        : count(n);
    return {
      title: t.domains.title,
      body: html`${pageHead(frame, {
        title: t.domains.title,
        ...(none || frame.refusal
          ? {}
          : {
              lead: isNarrowed(query, ["search"]) ? t.domains.found(page.total) : t.domains.lead(page.total),
            }),
        actions: [!none && add],
      })}
${flashOf(frame)}
${listing(frame, data, {
  path: PATH,
  caption: t.domains.caption,
  labels,
  toolbar: toolbar(frame, PATH, t.domains.title, [
    searchBox(frame, "search", labels["search"] ?? "", query["search"] ?? "", {
      more: schemaAttributes(domainList, "search"),
    }),
  ]),
  filters: { search: t.list.contains },
  columns: [
    {
      label: t.domains.name,
      looks: "c-key",
      cell: (row) =>
        may.use("domain.get")
          ? html`<a href="${frame.link(domainPath(row.domain))}">${shown(row.domain)}</a>`
          : shown(row.domain),
    },
    { label: t.domains.accounts, looks: "num", cell: (row) => accounts(row, "user", row.accounts) },
    { label: t.domains.lists, looks: "num", cell: (row) => accounts(row, "list", row.lists) },
    {
      label: t.domains.aliases,
      looks: "num",
      cell: (row) =>
        may.use("alias.list") && row.aliases > 0
          ? html`<a href="${frame.link("/aliases", { domain: row.domain })}">${count(row.aliases)}</a>`
          : count(row.aliases),
    },
  ],
  none: empty(t.domains.none, t.domains.noneText, [add]),
  noMatch: fill(t.domains.noMatch, { text: query["search"] ?? "" }),
})}`,
    };
  },
});
