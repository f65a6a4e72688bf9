import type { Static } from "../../kernel/schema.ts";
import {
  customDomain,
  customDomainExplain,
  customDomainStep,
} from "../../operations/custom-domain/custom-domain.ts";
import { html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { operationField, schemaAttributes } from "../parts/field.ts";
import { notice } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { fillText, shown } from "../parts/shown.ts";
import { searchBox, toolbar } from "../parts/toolbar.ts";
import { plainListPage } from "../rows/plain-list.ts";
import { plainRemovePage } from "../rows/plain-remove.ts";
import { pathTo } from "../rows/row-screens.ts";
import { count } from "../text/format.ts";

interface Row {
  readonly domain: string;
  readonly entries: number;
}
type Explained = Static<typeof customDomainExplain.output>;

const PATH = "/custom-domains";
const ONE = `${PATH}/:domain`;
const crumbs = ({ t, link }: Frame) => [{ href: link(PATH), words: t.menu.customDomains }];

export const customDomainsPage = plainListPage<Row, Explained | null>({
  operation: customDomain.list,
  path: PATH,
  words: (t) => t.customDomains,
  async more({ run, visit }) {
    const domain = (visit.query.get("which") ?? "").trim();
    return domain === "" ? null : run(customDomainExplain, { domain });
  },
  above: (frame, { more }) =>
    html`${toolbar(frame, PATH, frame.t.customDomains.which, [
      searchBox(frame, "which", frame.t.customDomains.which, more?.domain ?? "", {
        more: { ...schemaAttributes(customDomainExplain, "domain"), required: false, inputmode: "url" },
      }),
    ])}${more && notice("info", html`<p>${explained(frame, more)}</p>`)}`,
  actions: ({ t, may, link }) => [
    may.reach(customDomainStep.add.name) &&
      html`<a class="btn primary" href="${link("/add-custom-domain")}">${t.customDomains.add}</a>`,
  ],
  columns: ({ t, may, link }) => [
    {
      label: t.customDomains.domain,
      looks: "c-key",
      cell: ({ domain }) => html`<a href="${link(pathTo(ONE, { domain }, "/steps"))}">${shown(domain)}</a>`,
    },
    {
      label: t.customDomains.covers,
      cell: ({ domain }) =>
        domain === "*"
          ? t.customDomains.all
          : domain.startsWith(".")
            ? t.customDomains.below
            : t.customDomains.one,
    },
    { label: t.commandAliases.steps, looks: "num", cell: ({ entries }) => count(entries) },
    {
      label: t.rows.actions,
      looks: "c-act",
      cell: ({ domain }) =>
        may.reach(customDomain.remove.name)
          ? html`<a class="btn sm" href="${link(pathTo(ONE, { domain }, "/remove"))}" aria-label="${fillText(t.rows.removeLabel, { name: domain })}">${t.rows.remove}</a>`
          : null,
    },
  ],
});

function explained({ t }: Frame, { domain, local, applies }: Explained): string {
  if (local) return fillText(t.customDomains.isLocal, { domain });
  if (applies === null) return fillText(t.customDomains.noneApplies, { domain });
  return fillText(t.customDomains.applies, { domain, file: applies });
}

/** Asks for the name; the first step makes the file. */
export const customDomainAddPage = definePage<null>({
  path: "/add-custom-domain",
  load: async () => null,
  view(_, frame) {
    const { t } = frame;
    return {
      title: t.customDomains.add,
      body: html`${pageHead(frame, { title: t.customDomains.add, lead: t.customDomains.addLead, crumbs: crumbs(frame) })}
<form class="flow" method="post" action="${frame.link("/add-custom-domain")}">
${operationField(frame, customDomainStep.add, "domain")}
<div class="form-end">${token(frame)}<button class="btn primary">${t.commandAliases.toSteps}</button><a class="btn" href="${frame.link(PATH)}">${t.frame.cancel}</a></div>
</form>`,
    };
  },
  async submit({ visit }) {
    const domain = (visit.form.get("domain") ?? "").trim().toLowerCase();
    return { to: pathTo(ONE, { domain: domain === "" ? "*" : domain }, "/steps/add") };
  },
});

export const customDomainRemovePage = plainRemovePage({
  operation: customDomain.remove,
  path: `${ONE}/remove`,
  flash: "customDomainRemoved",
  words: (t) => t.customDomains,
  name: ({ domain = "" }) => domain,
  crumbs,
  back: () => PATH,
});
