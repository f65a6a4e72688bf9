import type { Static } from "../../kernel/schema.ts";
import {
  popLinkAdd,
  popLinkChange,
  popLinkList,
  popLinkRemove,
  popLinkTurn,
} from "../../operations/pop-link/pop-link.ts";
import { serviceFetchNow } from "../../operations/service/orders.ts";
import { serviceStatus } from "../../operations/service/status.ts";
import { isAccountLink } from "../../xmail/pop-links.ts";
import { html } from "../html.ts";
import { definePage, type Frame, type Params } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { operationField } from "../parts/field.ts";
import { valueWords } from "../parts/field-shape.ts";
import { postButton } from "../parts/form.ts";
import { fillText, shown } from "../parts/shown.ts";
import { fetchPage } from "../rows/fetch-page.ts";
import { plainFormPage } from "../rows/plain-form.ts";
import { plainListPage } from "../rows/plain-list.ts";
import { plainRemovePage } from "../rows/plain-remove.ts";
import { pathTo } from "../rows/row-screens.ts";

export type PopLinkRow = Static<typeof popLinkList.output>["items"][number];

const PATH = "/pop-links";
const ONE = `${PATH}/:domain/:name/:host/:remoteName`;
const OPTIONS = ["signIn", "tls", "leave", "outBind"];
const keyOf = ({ domain, name, host, remoteName }: PopLinkRow) => ({ domain, name, host, remoteName });
const crumbs = ({ t, link }: Frame) => [{ href: link(PATH), words: t.menu.popLinks }];
const from = ({ host = "", remoteName = "" }: Params) => `${remoteName}@${host}`;

/** `more`: whether XMail can be told to fetch at once. */
export const popLinksPage = plainListPage<PopLinkRow, boolean>({
  operation: popLinkList,
  path: PATH,
  words: (t) => t.popLinks,
  more: async ({ may, run }) =>
    may.use(serviceFetchNow.name) && may.use(serviceStatus.name) && (await run(serviceStatus, {})).orders,
  actions: (frame, _, { more: fetches, page }) => [
    fetches &&
      page.items.length > 0 &&
      postButton(frame, `${PATH}/fetch`, frame.t.service.fetch, { review: false }),
    frame.may.use(popLinkAdd.name) &&
      html`<a class="btn primary" href="${frame.link("/add-pop-link")}">${frame.t.popLinks.add}</a>`,
  ],
  columns: (frame) => {
    const { t } = frame;
    return [
      {
        label: t.popLinks.from,
        looks: "c-key",
        cell: (row) => html`${shown(from(keyOf(row)))}${!row.on && html` ${badge("held", t.rows.off)}`}`,
      },
      {
        label: t.popLinks.to,
        cell: (row) =>
          isAccountLink(row)
            ? shown(`${row.name}@${row.domain}`)
            : html`<span class="mono">${shown(row.domain)}</span>`,
      },
      {
        label: t.popLinks.how,
        cell: ({ signIn, tls, leave }) =>
          [
            fillText(t.popLinks.ways, {
              tls: valueWords(t, "popLink.add", "tls", tls),
              method: valueWords(t, "popLink.add", "signIn", signIn),
            }),
            ...(leave ? [t.popLinks.left] : []),
          ].join(t.listComma),
      },
      { label: t.rows.actions, looks: "c-act", cell: (row) => actions(frame, row) },
    ];
  },
});

export const popLinksFetchPage = fetchPage(PATH);

function actions(frame: Frame, row: PopLinkRow) {
  const { t, may } = frame;
  const to = (rest: string) => pathTo(ONE, keyOf(row), rest);
  const name = from(keyOf(row));
  return html`<div class="row">${
    may.use(popLinkTurn.name) &&
    postButton(frame, to("/turn"), row.on ? t.rows.turnOff : t.rows.turnOn, {
      looks: "btn sm",
      label: fillText(row.on ? t.rows.turnOffLabel : t.rows.turnOnLabel, { name }),
      fields: { on: row.on ? "false" : "true" },
    })
  }${
    may.use(popLinkChange.name) &&
    html`<a class="btn sm" href="${frame.link(to("/change"))}" aria-label="${fillText(t.rows.changeLabel, { name })}">${t.rows.change}</a>`
  }${
    may.use(popLinkRemove.name) &&
    html`<a class="btn sm" href="${frame.link(to("/remove"))}" aria-label="${fillText(t.rows.removeLabel, { name })}">${t.rows.remove}</a>`
  }</div>`;
}

/** What is typed there nobody reads over a shoulder. */
function hidden(frame: Frame, operation: typeof popLinkAdd | typeof popLinkChange, name: string) {
  if (name !== "password") return null;
  return operationField(frame, operation, name, { more: { type: "password", autocomplete: "off" } });
}

export const popLinkAddPage = plainFormPage({
  operation: popLinkAdd,
  path: "/add-pop-link",
  fields: ["host", "remoteName", "password", "domain", "name", ...OPTIONS],
  field: (frame, name) => hidden(frame, popLinkAdd, name),
  title: ({ t }) => t.popLinks.add,
  button: ({ t }) => t.popLinks.add,
  crumbs,
  back: () => PATH,
  load: async ({ visit }) => ({
    domain: visit.query.get("domain") ?? "",
    name: visit.query.get("name") ?? "",
    signIn: "CLR",
    tls: "FSTLS",
  }),
  done: (_, output) => ({
    to: PATH,
    flash: { tone: "ok", text: "popLinkAdded", values: { name: from(keyOf(output as PopLinkRow)) } },
  }),
  blame: { POP_LINK_EXISTS: "remoteName", ACCOUNT_NOT_FOUND: "name" },
});

export const popLinkChangePage = plainFormPage({
  operation: popLinkChange,
  path: `${ONE}/change`,
  fields: ["password", ...OPTIONS],
  field: (frame, name) => hidden(frame, popLinkChange, name),
  title: ({ t }, params) => fillText(t.popLinks.changeTitle, { name: from(params) }),
  lead: ({ t }) => t.popLinks.changeLead,
  button: ({ t }) => t.rows.save,
  crumbs,
  back: () => PATH,
  async load({ run, params }) {
    const { items } = await run(popLinkList, { search: from(params), limit: 200 });
    return items.find((row) => pathTo(ONE, keyOf(row)) === pathTo(ONE, params)) ?? {};
  },
  done: (_, output) => ({
    to: PATH,
    flash: { tone: "ok", text: "popLinkChanged", values: { name: from(keyOf(output as PopLinkRow)) } },
  }),
});

export const popLinkTurnPage = definePage<never>({
  path: `${ONE}/turn`,
  back: () => PATH,
  async submit({ run, params, visit }) {
    const on = visit.form.get("on") === "true";
    await run(popLinkTurn, { ...params, on });
    return {
      to: PATH,
      flash: { tone: "ok", text: on ? "popLinkOn" : "popLinkOff", values: { name: from(params) } },
    };
  },
});

export const popLinkRemovePage = plainRemovePage({
  operation: popLinkRemove,
  path: `${ONE}/remove`,
  flash: "popLinkRemoved",
  words: (t) => t.popLinks,
  name: from,
  crumbs,
  back: () => PATH,
});
