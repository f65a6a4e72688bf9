import { domainAdd } from "../../operations/domain/add.ts";
import { inputFrom } from "../form-input.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { labelsOf, operationField } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { domainPath } from "../paths.ts";

export const domainAddPage = definePage<void>({
  path: "/add-domain",
  blame: { DOMAIN_EXISTS: "domain" },
  view(_, frame) {
    const { t } = frame;
    return {
      title: t.domainAdd.title,
      body: html`${pageHead(frame, {
        title: t.domainAdd.title,
        crumbs: [{ href: frame.link("/domains"), words: t.menu.domains }],
      })}
${refusalSummary(frame, labelsOf(t, domainAdd))}
<form class="flow" method="post" action="${frame.link("/add-domain")}">
${operationField(frame, domainAdd, "domain", { more: { inputmode: "url", autofocus: true } })}
${formEnd(frame, t.domainAdd.button, { href: frame.link("/domains"), words: t.frame.cancel })}
</form>`,
    };
  },
  async submit({ run, visit }) {
    const { domain } = await run(domainAdd, inputFrom(visit.form, ["domain"]));
    return {
      to: domainPath(domain),
      flash: { tone: "ok", text: "domainAdded", values: { name: domain } },
    };
  },
});
