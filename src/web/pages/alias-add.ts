import { aliasAdd } from "../../operations/alias/add.ts";
import { inputFrom } from "../form-input.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { domainsToChoose } from "../parts/domain-choice.ts";
import { labelsOf, operationField } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";

export interface AliasAddData {
  readonly domain: string;
  readonly target: string;
  /** Offered while typing; patterns may be typed, too. */
  readonly domains: readonly string[];
}

const PATH = "/add-alias";

export const aliasAddPage = definePage<AliasAddData>({
  path: PATH,
  blame: {
    ALIAS_EXISTS: "alias",
    ACCOUNT_EXISTS: "alias",
    ACCOUNT_NOT_FOUND: "target",
    DOMAIN_NOT_FOUND: "domain",
  },
  async load(ask) {
    const { query } = ask.visit;
    const domains = (await domainsToChoose(ask)) ?? [];
    // With one domain there is nothing to choose.
    const only = domains.length === 1 ? (domains[0] ?? "") : "";
    return { domain: query.get("domain") ?? only, target: query.get("target") ?? "", domains };
  },
  view({ domain, target, domains }, frame) {
    const { t } = frame;
    return {
      title: t.aliasAdd.title,
      body: html`${pageHead(frame, {
        title: t.aliasAdd.title,
        crumbs: [{ href: frame.link("/aliases"), words: t.menu.aliases }],
      })}
${refusalSummary(frame, labelsOf(t, aliasAdd))}
<form class="flow" method="post" action="${frame.link(PATH)}">
${operationField(frame, aliasAdd, "alias", { more: { autofocus: !frame.refusal } })}
${operationField(frame, aliasAdd, "domain", {
  value: domain,
  more: { inputmode: "url", list: domains.length > 0 ? "domains" : null },
  after: html`${domains.length > 0 && html`<datalist id="domains">${domains.map((name) => html`<option value="${name}"></option>`)}</datalist>`}`,
})}
${operationField(frame, aliasAdd, "target", { value: target, more: { inputmode: "email" } })}
${formEnd(frame, t.aliasAdd.button, { href: frame.link("/aliases"), words: t.frame.cancel })}
</form>`,
    };
  },
  async submit({ run, visit }) {
    const row = await run(aliasAdd, inputFrom(visit.form, ["domain", "alias", "target"]));
    return {
      to: "/aliases",
      query: { domain: row.domain },
      flash: {
        tone: "ok",
        text: "aliasAdded",
        values: { name: `${row.alias}@${row.domain}`, target: row.target },
      },
    };
  },
});
