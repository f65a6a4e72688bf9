import type { Static } from "../../kernel/schema.ts";
import {
  externalAliasAdd,
  externalAliasList,
  externalAliasRemove,
} from "../../operations/external-alias/external-alias.ts";
import { html } from "../html.ts";
import type { Frame } from "../page.ts";
import { fillText, shown } from "../parts/shown.ts";
import { plainFormPage } from "../rows/plain-form.ts";
import { plainListPage } from "../rows/plain-list.ts";
import { plainRemovePage } from "../rows/plain-remove.ts";
import { pathTo } from "../rows/row-screens.ts";

type Row = Static<typeof externalAliasList.output>["items"][number];

const PATH = "/external-aliases";
const ONE = `${PATH}/:remote`;
const crumbs = ({ t, link }: Frame) => [{ href: link(PATH), words: t.menu.externalAliases }];

export const externalAliasesPage = plainListPage<Row>({
  operation: externalAliasList,
  path: PATH,
  words: (t) => t.externalAliases,
  actions: ({ t, may, link }) => [
    may.reach(externalAliasAdd.name) &&
      html`<a class="btn primary" href="${link("/add-external-alias")}">${t.externalAliases.add}</a>`,
  ],
  columns: ({ t, may, link }) => [
    { label: t.externalAliases.remote, looks: "c-key", cell: ({ remote }) => shown(remote) },
    { label: t.externalAliases.local, cell: ({ local }) => shown(local) },
    {
      label: t.rows.actions,
      looks: "c-act",
      cell: ({ remote }) =>
        may.reach(externalAliasRemove.name)
          ? html`<a class="btn sm" href="${link(pathTo(ONE, { remote }, "/remove"))}" aria-label="${fillText(t.rows.removeLabel, { name: remote })}">${t.rows.remove}</a>`
          : null,
    },
  ],
});

export const externalAliasAddPage = plainFormPage({
  operation: externalAliasAdd,
  path: "/add-external-alias",
  fields: ["remote", "local"],
  title: ({ t }) => t.externalAliases.add,
  button: ({ t }) => t.externalAliases.add,
  crumbs,
  back: () => PATH,
  load: async ({ visit }) => ({ local: visit.query.get("local") ?? "" }),
  done: (_, output) => ({
    to: PATH,
    flash: { tone: "ok", text: "externalAliasAdded", values: { name: (output as Row).remote } },
  }),
  blame: { EXTERNAL_ALIAS_EXISTS: "remote", ACCOUNT_NOT_FOUND: "local" },
});

export const externalAliasRemovePage = plainRemovePage({
  operation: externalAliasRemove,
  path: `${ONE}/remove`,
  flash: "externalAliasRemoved",
  words: (t) => t.externalAliases,
  name: ({ remote = "" }) => remote,
  crumbs,
  back: () => PATH,
});
