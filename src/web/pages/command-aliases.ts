import type { Static } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import {
  commandAliasList,
  commandAliasRemove,
  commandAliasStep,
} from "../../operations/command-alias/command-alias.ts";
import { html } from "../html.ts";
import { definePage, type Frame, type Params } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { operationField } from "../parts/field.ts";
import { token } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { fillText, shown } from "../parts/shown.ts";
import { domainPath } from "../paths.ts";
import { plainListPage } from "../rows/plain-list.ts";
import { plainRemovePage } from "../rows/plain-remove.ts";
import { pathTo } from "../rows/row-screens.ts";
import { count } from "../text/format.ts";

type Row = Static<typeof commandAliasList.output>["items"][number];

const PATH = "/domains/:domain/command-aliases";
const ONE = `${PATH}/:alias`;
const crumbs = ({ t, link }: Frame, { domain = "" }: Params) => [
  { href: link("/domains"), words: t.menu.domains },
  { href: link(domainPath(domain)), words: shown(domain) },
];

export const commandAliasesPage = plainListPage<Row>({
  operation: commandAliasList,
  path: PATH,
  words: (t) => t.commandAliases,
  crumbs,
  actions: ({ t, may, link }, params) => [
    may.reach(commandAliasStep.add.name, domainTarget(params["domain"] ?? "")) &&
      html`<a class="btn primary" href="${link(domainPath(params["domain"] ?? "", "/add-command-alias"))}">${t.commandAliases.add}</a>`,
  ],
  columns: ({ t, may, link }, { params }) => [
    {
      label: t.commandAliases.alias,
      looks: "c-key",
      cell: ({ alias, takes }) =>
        html`<a href="${link(pathTo(ONE, { ...params, alias }, "/steps"))}">${shown(`${alias}@${params["domain"] ?? ""}`)}</a>${
          takes && html` ${badge("warn", t.commandAliases.takes)}`
        }`,
    },
    { label: t.commandAliases.steps, looks: "num", cell: ({ steps }) => count(steps) },
    {
      label: t.rows.actions,
      looks: "c-act",
      cell: ({ alias }) =>
        may.reach(commandAliasRemove.name)
          ? html`<a class="btn sm" href="${link(pathTo(ONE, { ...params, alias }, "/remove"))}" aria-label="${fillText(t.rows.removeLabel, { name: alias })}">${t.rows.remove}</a>`
          : null,
    },
  ],
});

/** Asks for the name; the first step makes it. */
export const commandAliasAddPage = definePage<Params>({
  path: "/domains/:domain/add-command-alias",
  load: async ({ params }) => params,
  view(params, frame) {
    const { t } = frame;
    const { domain = "" } = params;
    return {
      title: t.commandAliases.add,
      body: html`${pageHead(frame, {
        title: t.commandAliases.add,
        lead: t.commandAliases.addLead,
        crumbs: [
          ...crumbs(frame, params),
          { href: frame.link(pathTo(PATH, params)), words: t.commandAliases.title },
        ],
      })}
<form class="flow" method="post" action="${frame.link(domainPath(domain, "/add-command-alias"))}">
${operationField(frame, commandAliasStep.add, "alias")}
<div class="form-end">${token(frame)}<button class="btn primary">${t.commandAliases.toSteps}</button><a class="btn" href="${frame.link(pathTo(PATH, params))}">${t.frame.cancel}</a></div>
</form>`,
    };
  },
  async submit({ params, visit }) {
    const alias = (visit.form.get("alias") ?? "").trim().toLowerCase();
    return { to: pathTo(ONE, { ...params, alias: alias === "" ? "-" : alias }, "/steps/add") };
  },
});

export const commandAliasRemovePage = plainRemovePage({
  operation: commandAliasRemove,
  path: `${ONE}/remove`,
  flash: "commandAliasRemoved",
  words: (t) => t.commandAliases,
  name: ({ alias = "", domain = "" }) => `${alias}@${domain}`,
  crumbs,
  back: (params) => pathTo(PATH, params),
});
