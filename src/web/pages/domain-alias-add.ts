import { domainAliasAdd } from "../../operations/domain-alias/add.ts";
import { inputFrom } from "../form-input.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { domainsToChoose } from "../parts/domain-choice.ts";
import { choice, fieldWords, labelsOf, operationField } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { visible } from "../parts/shown.ts";

export interface DomainAliasAddData {
  readonly domain: string;
  readonly domains: readonly string[] | null;
}

const PATH = "/add-domain-alias";

export const domainAliasAddPage = definePage<DomainAliasAddData>({
  path: PATH,
  blame: { DOMAIN_ALIAS_EXISTS: "alias", DOMAIN_EXISTS: "alias", DOMAIN_NOT_FOUND: "domain" },
  async load(ask) {
    return { domain: ask.visit.query.get("domain") ?? "", domains: await domainsToChoose(ask) };
  },
  view({ domain, domains }, frame) {
    const { t } = frame;
    const words = fieldWords(t, domainAliasAdd.name, "domain");
    return {
      title: t.domainAliasAdd.title,
      body: html`${pageHead(frame, {
        title: t.domainAliasAdd.title,
        crumbs: [{ href: frame.link("/domain-aliases"), words: t.menu.domainAliases }],
      })}
${refusalSummary(frame, labelsOf(t, domainAliasAdd))}
<form class="flow" method="post" action="${frame.link(PATH)}">
${operationField(frame, domainAliasAdd, "alias", { more: { inputmode: "url", autofocus: !frame.refusal } })}
${
  domains === null
    ? operationField(frame, domainAliasAdd, "domain", { value: domain, more: { inputmode: "url" } })
    : choice(
        frame,
        "domain",
        words.label,
        [
          ...(domains.length === 1 ? [] : [{ value: "", words: t.accountAdd.choose }]),
          ...domains.map((name) => ({ value: name, words: visible(name) })),
        ],
        { value: domain, help: words.help, required: true },
      )
}
${formEnd(frame, t.domainAliasAdd.button, { href: frame.link("/domain-aliases"), words: t.frame.cancel })}
</form>`,
    };
  },
  async submit({ run, visit }) {
    const row = await run(domainAliasAdd, inputFrom(visit.form, ["domain", "alias"]));
    return {
      to: "/domain-aliases",
      flash: { tone: "ok", text: "domainAliasAdded", values: { name: row.alias, target: row.domain } },
    };
  },
});
