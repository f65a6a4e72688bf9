import type { Static } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import { accountGet } from "../../operations/account/get.ts";
import { memberAddMany } from "../../operations/member/add-many.ts";
import { memberAdd, memberChange, memberList, memberRemove } from "../../operations/member/member.ts";
import { html } from "../html.ts";
import type { Frame, Params } from "../page.ts";
import { accountHead } from "../parts/account-frame.ts";
import { valueWords } from "../parts/field-shape.ts";
import { notice } from "../parts/flash.ts";
import { fillText, shown } from "../parts/shown.ts";
import { plainFormPage } from "../rows/plain-form.ts";
import { plainListPage } from "../rows/plain-list.ts";
import { plainRemovePage } from "../rows/plain-remove.ts";
import { pathTo } from "../rows/row-screens.ts";

type Account = Static<typeof accountGet.output>;
type Member = Static<typeof memberList.output>["items"][number];

const PATH = "/accounts/:domain/:name/members";
const crumbs = ({ t, link }: Frame, params: Params) => [
  { href: link("/accounts", { kind: "list" }), words: t.menu.lists },
  {
    href: link(pathTo(PATH, params)),
    words: shown(`${params["name"] ?? ""}@${params["domain"] ?? ""}`),
  },
];
const back = (params: Params) => pathTo(PATH, params);

export const membersPage = plainListPage<Member, Account>({
  operation: memberList,
  path: PATH,
  words: (t) => t.members,
  more: ({ run, params }) => run(accountGet, params),
  head: (frame, { more }) => html`${accountHead(frame, more, "members")}<p>${frame.t.members.lead}</p>`,
  above: (frame, { more }) =>
    more.variables.some(({ name }) => name === "ListSender")
      ? null
      : notice("info", html`<p>${frame.t.members.noSender}</p>`),
  actions: ({ t, may, link }, params) => {
    const list = accountTarget({ domain: params["domain"] ?? "", name: params["name"] ?? "" });
    return [
      may.reach(memberAdd.name, list) &&
        html`<a class="btn primary" href="${link(pathTo(PATH, params, "/add"))}">${t.members.add}</a>`,
      may.reach(memberAddMany.name, list) &&
        html`<a class="btn" href="${link(pathTo(PATH, params, "/add-many"))}">${t.members.addMany}</a>`,
      may.reach("member.import", list) &&
        html`<a class="btn" href="${link("/import", { kind: "member", list: `${params["name"] ?? ""}@${params["domain"] ?? ""}` })}">${t.imports.button}</a>`,
      may.reach("member.export", list) &&
        html`<a class="btn" href="${link(pathTo("/export/members/:domain/:name", params))}">${t.imports.export}</a>`,
    ];
  },
  columns: ({ t, may, link }, { params }) => {
    const list = accountTarget({ domain: params["domain"] ?? "", name: params["name"] ?? "" });
    const to = (address: string, rest: string) =>
      link(pathTo(PATH, params, `/${encodeURIComponent(address.toWellFormed())}${rest}`));
    return [
      { label: t.members.address, looks: "c-key", cell: ({ address }) => shown(address) },
      { label: t.members.rights, cell: ({ rights }) => valueWords(t, "member.add", "rights", rights) },
      {
        label: t.rows.actions,
        looks: "c-act",
        cell: ({ address }) =>
          html`<div class="row">${
            may.reach(memberChange.name, list) &&
            html`<a class="btn sm" href="${to(address, "/change")}" aria-label="${fillText(t.rows.changeLabel, { name: address })}">${t.rows.change}</a>`
          }${
            may.reach(memberRemove.name, list) &&
            html`<a class="btn sm" href="${to(address, "/remove")}" aria-label="${fillText(t.rows.removeLabel, { name: address })}">${t.rows.remove}</a>`
          }</div>`,
      },
    ];
  },
});

export const memberAddPage = plainFormPage({
  operation: memberAdd,
  path: `${PATH}/add`,
  fields: ["address", "rights"],
  title: ({ t }) => t.members.add,
  button: ({ t }) => t.members.add,
  crumbs,
  back,
  load: async () => ({ rights: "RW" }),
  done: ({ params }, output) => ({
    to: back(params),
    flash: { tone: "ok", text: "memberAdded", values: { name: (output as Member).address } },
  }),
  blame: { LIST_MEMBER_EXISTS: "address" },
});

export const memberChangePage = plainFormPage({
  operation: memberChange,
  path: `${PATH}/:address/change`,
  fields: ["rights"],
  title: ({ t }, { address = "" }) => fillText(t.members.changeTitle, { name: address }),
  button: ({ t }) => t.rows.save,
  crumbs,
  back,
  async load({ run, params: { domain, name, address = "" } }) {
    const { items } = await run(memberList, { domain, name, search: address, limit: 200 });
    return { rights: items.find((one) => one.address === address)?.rights };
  },
  done: ({ params }, output) => ({
    to: back(params),
    flash: { tone: "ok", text: "memberChanged", values: { name: (output as Member).address } },
  }),
});

export const memberRemovePage = plainRemovePage({
  operation: memberRemove,
  path: `${PATH}/:address/remove`,
  flash: "memberRemoved",
  words: (t) => t.members,
  name: ({ address = "" }) => address,
  crumbs,
  back,
});
