import type { Static } from "../../kernel/schema.ts";
import { domainAliasList } from "../../operations/domain-alias/list.ts";
import { html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf, schemaAttributes } from "../parts/field.ts";
import { flashOf } from "../parts/flash.ts";
import { isNarrowed, type Listed, listing, nothingListed, queryOf } from "../parts/listing.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill, fillText, shown } from "../parts/shown.ts";
import type { Column } from "../parts/table.ts";
import { searchBox, toolbar } from "../parts/toolbar.ts";
import { domainAliasRemovePath, domainPath } from "../paths.ts";

type Row = Static<typeof domainAliasList.output>["items"][number];

const PATH = "/domain-aliases";
const QUERY = ["search", "domain"];

export const domainAliasesPage = definePage<Listed<Row>>({
  path: PATH,
  async load(ask) {
    const query = queryOf(ask, QUERY);
    return { query, page: await ask.run(domainAliasList, query) };
  },
  refused: (ask) => nothingListed(queryOf(ask, QUERY)),
  view(data, frame) {
    const { t, may } = frame;
    const { query, page } = data;
    const labels = labelsOf(t, domainAliasList);
    const narrowed = isNarrowed(query, QUERY);
    const none = page.total === 0 && !narrowed && !frame.refusal;
    const add =
      may.reach("domainAlias.add") &&
      html`<a class="btn primary" href="${frame.link("/add-domain-alias", { domain: query["domain"] })}">${t.domainAliases.add}</a>`;
    return {
      title: t.domainAliases.title,
      body: html`${pageHead(frame, {
        title: t.domainAliases.title,
        ...(none || frame.refusal
          ? {}
          : { lead: narrowed ? t.domainAliases.found(page.total) : t.domainAliases.lead(page.total) }),
        actions: [!none && add],
      })}
${flashOf(frame)}
${listing(frame, data, {
  path: PATH,
  caption: t.domainAliases.caption,
  labels,
  toolbar: toolbar(frame, PATH, t.domainAliases.title, [
    searchBox(frame, "search", labels["search"] ?? "", query["search"] ?? "", {
      more: schemaAttributes(domainAliasList, "search"),
    }),
    searchBox(frame, "domain", labels["domain"] ?? "", query["domain"] ?? "", {
      grow: false,
      more: { ...schemaAttributes(domainAliasList, "domain"), inputmode: "url" },
    }),
  ]),
  filters: { search: t.list.contains, domain: t.list.domain },
  columns: columnsFor(frame),
  none: empty(t.domainAliases.none, t.domainAliases.noneText, [add]),
  noMatch:
    query["search"] === undefined
      ? t.domainAliases.noMatchFilter
      : fill(t.domainAliases.noMatch, { text: query["search"] }),
})}`,
    };
  },
});

function columnsFor(frame: Frame): Column<Row>[] {
  const { t, may } = frame;
  const columns: Column<Row>[] = [
    { label: t.domainAliases.alias, looks: "c-key", cell: (row) => shown(row.alias) },
    {
      label: t.domainAliases.target,
      looks: "c-wide",
      cell: ({ domain }) =>
        may.reach("domain.get", { kind: "domain", domain })
          ? html`<a href="${frame.link(domainPath(domain))}">${shown(domain)}</a>`
          : shown(domain),
    },
  ];
  if (!may.reach("domainAlias.remove")) return columns;
  return [
    ...columns,
    {
      label: t.domainAliases.remove,
      looks: "c-act",
      cell: ({ alias, domain }) => {
        const href = frame.link(domainAliasRemovePath(domain, alias));
        const label = fillText(t.domainAliases.removeLabel, { name: alias });
        return html`<a class="btn sm" href="${href}" aria-label="${label}">${t.domainAliases.remove}</a>`;
      },
    },
  ];
}
