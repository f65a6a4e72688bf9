import type { Static } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { aliasList } from "../../operations/alias/list.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf, schemaAttributes } from "../parts/field.ts";
import { flashOf } from "../parts/flash.ts";
import { isNarrowed, type Listed, listing, nothingListed, queryOf } from "../parts/listing.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill, fillText, shown } from "../parts/shown.ts";
import type { Column } from "../parts/table.ts";
import { searchBox, toolbar } from "../parts/toolbar.ts";
import { accountPath, aliasRemovePath } from "../paths.ts";

type Row = Static<typeof aliasList.output>["items"][number];

const PATH = "/aliases";
const QUERY = ["search", "domain"];

export const aliasesPage = definePage<Listed<Row>>({
  path: PATH,
  async load(ask) {
    const query = queryOf(ask, QUERY);
    return { query, page: await ask.run(aliasList, query) };
  },
  refused: (ask) => nothingListed(queryOf(ask, QUERY)),
  view(data, frame) {
    const { t, may } = frame;
    const { query, page } = data;
    const labels = labelsOf(t, aliasList);
    const narrowed = isNarrowed(query, QUERY);
    const none = page.total === 0 && !narrowed && !frame.refusal;
    const add =
      may.use("alias.add") &&
      html`<a class="btn primary" href="${frame.link("/add-alias", { domain: query["domain"] })}">${t.aliases.add}</a>`;
    return {
      title: t.aliases.title,
      body: html`${pageHead(frame, {
        title: t.aliases.title,
        ...(none || frame.refusal
          ? {}
          : { lead: narrowed ? t.aliases.found(page.total) : t.aliases.lead(page.total) }),
        actions: [
          !none &&
            may.reach(
              "alias.export",
              ...(query["domain"] === undefined ? [] : [domainTarget(query["domain"])]),
            ) &&
            html`<a class="btn" href="${frame.link("/export/aliases", { domain: query["domain"] })}">${t.imports.export}</a>`,
          may.use("alias.import") &&
            html`<a class="btn" href="${frame.link("/import", { kind: "alias", domain: query["domain"] })}">${t.imports.button}</a>`,
          !none && add,
        ],
      })}
${flashOf(frame)}
${listing(frame, data, {
  path: PATH,
  caption: t.aliases.caption,
  labels,
  toolbar: toolbar(frame, PATH, t.aliases.title, [
    searchBox(frame, "search", labels["search"] ?? "", query["search"] ?? "", {
      more: schemaAttributes(aliasList, "search"),
    }),
    searchBox(frame, "domain", labels["domain"] ?? "", query["domain"] ?? "", {
      grow: false,
      more: { ...schemaAttributes(aliasList, "domain"), inputmode: "url" },
    }),
  ]),
  filters: { search: t.list.contains, domain: t.list.domain },
  columns: columnsFor(frame),
  none: empty(t.aliases.none, t.aliases.noneText, [add]),
  noMatch:
    query["search"] === undefined
      ? t.aliases.noMatchFilter
      : fill(t.aliases.noMatch, { text: query["search"] }),
})}
<p class="small mute tight">${t.aliases.order} ${
        may.use("alias.explain") && html`<a href="${frame.link("/mail-route")}">${t.aliases.route}</a>`
      }</p>`,
    };
  },
});

function columnsFor(frame: Frame): Column<Row>[] {
  const { t, may } = frame;
  const columns: Column<Row>[] = [
    { label: t.aliases.alias, looks: "c-key", cell: (row) => shown(`${row.alias}@${row.domain}`) },
    { label: t.aliases.matches, looks: "nowrap", cell: (row) => t.aliases.kinds[row.kind] },
    { label: t.aliases.target, looks: "c-wide", cell: (row) => target(frame, row) },
  ];
  if (!may.use("alias.remove")) return columns;
  return [...columns, { label: t.aliases.remove, looks: "c-act", cell: removeLink }];

  function removeLink({ alias, domain }: Row): Html | null {
    if (!may.reach("alias.remove", domainTarget(domain))) return null;
    const href = frame.link(aliasRemovePath(domain, alias));
    const label = fillText(t.aliases.removeLabel, { name: `${alias}@${domain}` });
    return html`<a class="btn sm" href="${href}" aria-label="${label}">${t.aliases.remove}</a>`;
  }
}

function target(frame: Frame, row: Row): Html {
  const at = row.target.lastIndexOf("@");
  const name = row.target.slice(0, at);
  const domain = row.target.slice(at + 1);
  if (at < 1 || !frame.may.reach("account.get", { kind: "account", domain, name })) return shown(row.target);
  return html`<a href="${frame.link(accountPath({ domain, name }))}">${shown(row.target)}</a>`;
}
