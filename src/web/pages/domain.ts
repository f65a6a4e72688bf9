import type { Static } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { domainGet } from "../../operations/domain/get.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { dangerZone } from "../parts/danger-zone.ts";
import { flashOf } from "../parts/flash.ts";
import { historyLink } from "../parts/history-link.ts";
import { facts } from "../parts/kv.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown, visible } from "../parts/shown.ts";
import { stats } from "../parts/stats.ts";
import { domainPath } from "../paths.ts";
import { bytes, count } from "../text/format.ts";

export const domainPage = definePage<Static<typeof domainGet.output>>({
  path: "/domains/:domain",
  load: ({ run, params }) => run(domainGet, { domain: params["domain"] }),
  view({ domain, holdings }, frame) {
    const { t, may } = frame;
    const here = domainPath(domain);
    const list = (operation: string, path: string, query = {}) =>
      may.use(operation) ? frame.link(path, { domain, ...query }) : null;
    const ways = [
      { operation: "domainMailStep.list", path: "/steps", words: t.rows.tables.domainMailStep.title },
      { operation: "commandAlias.list", path: "/command-aliases", words: t.commandAliases.title },
      { operation: "domainDefault.get", path: "/defaults", words: t.defaults.open },
    ].filter(({ operation }) => may.reach(operation, domainTarget(domain)));
    return {
      title: visible(domain),
      body: html`${pageHead(frame, {
        title: shown(domain),
        crumbs: [{ href: frame.link("/domains"), words: t.menu.domains }],
        actions: [
          historyLink(frame, domain),
          may.reach("account.add", domainTarget(domain)) &&
            html`<a class="btn primary" href="${frame.link("/add-account", { domain })}">${t.domain.addAccount}</a>`,
        ],
      })}
${flashOf(frame)}
${stats(t.domain.numbers, [
  {
    label: t.domain.accounts,
    value: holdings.accounts,
    href: list("account.list", "/accounts", { kind: "user" }),
  },
  { label: t.domain.lists, value: holdings.lists, href: list("account.list", "/accounts", { kind: "list" }) },
  { label: t.domain.aliases, value: holdings.aliases, href: list("alias.list", "/aliases") },
  {
    label: t.domain.domainAliases,
    value: holdings.domainAliases,
    href: list("domainAlias.list", "/domain-aliases"),
  },
])}
${
  ways.length > 0 &&
  html`<p class="row">${ways.map(({ path, words }) => html`<a class="btn" href="${frame.link(`${here}${path}`)}">${words}</a>`)}</p>`
}
<section class="flow" aria-labelledby="facts"><h2 id="facts">${t.domain.facts}</h2>
${facts(
  [
    [t.domain.mail, `${t.domain.messages(holdings.messages)}, ${bytes(holdings.bytes)}`],
    [t.domain.externalAliases, count(holdings.externalAliases)],
    [t.domain.popLinks, count(holdings.popLinks)],
  ],
  true,
)}</section>
${dangerZone(t.domain.danger, [
  may.reach("domain.remove") && {
    title: t.domain.removeTitle,
    words: t.domain.removeText,
    action: html`<a class="btn danger" href="${frame.link(`${here}/remove`)}">${t.domain.remove}</a>`,
  },
])}`,
    };
  },
});
