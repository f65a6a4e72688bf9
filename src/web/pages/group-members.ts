import { groupGet } from "../../operations/group/list.ts";
import {
  groupMemberAdd,
  groupMemberList,
  groupMemberRemove,
  groupMemberSet,
} from "../../operations/group-member/group-member.ts";
import {
  dayInput,
  daysWords,
  type GroupDetails,
  type GroupMemberRow,
  groupCrumbs,
  groupPath,
  groupState,
} from "../groups/group-words.ts";
import { html } from "../html.ts";
import type { Ask, Params } from "../page.ts";
import { flashOf } from "../parts/flash.ts";
import { pageHead } from "../parts/page-head.ts";
import { fillText, shown } from "../parts/shown.ts";
import { plainFormPage } from "../rows/plain-form.ts";
import { plainListPage } from "../rows/plain-list.ts";
import { plainRemovePage } from "../rows/plain-remove.ts";
import { pathTo } from "../rows/row-screens.ts";
import { count } from "../text/format.ts";

const PATH = "/groups/:group/members";
const back = ({ group = "" }: Params) => groupPath(group, "/members");
const nameOf = async ({ run, params: { group } }: Ask) => (await run(groupGet, { group })).name;

export const groupMembersPage = plainListPage<GroupMemberRow, GroupDetails>({
  operation: groupMemberList,
  path: PATH,
  words: (t) => t.groupMembers,
  more: ({ run, params }) => run(groupGet, params),
  head: (frame, { more, params }) =>
    html`${pageHead(frame, {
      title: frame.t.groupMembers.title,
      lead: frame.t.groupMembers.lead,
      crumbs: groupCrumbs(frame, params, more.name),
    })}${flashOf(frame)}`,
  actions: ({ t, may, link }, params) => [
    may.reach("groupMember.add") &&
      html`<a class="btn primary" href="${link(pathTo(PATH, params, "/add"))}">${t.groupMembers.add}</a>`,
  ],
  columns: ({ t, may, link }, { params }) => {
    const to = (address: string, rest: string) =>
      link(pathTo(PATH, params, `/${encodeURIComponent(address.toWellFormed())}${rest}`));
    return [
      { label: t.groupMembers.address, looks: "c-key", cell: ({ address }) => shown(address) },
      { label: t.groups.days, cell: (row) => daysWords(t, row) },
      { label: t.groups.state, cell: ({ state }) => groupState(t, state, true) },
      {
        label: t.rows.actions,
        looks: "c-act",
        cell: ({ address }) =>
          html`<div class="row">${
            may.reach("groupMember.set") &&
            html`<a class="btn sm" href="${to(address, "/change")}" aria-label="${fillText(t.rows.changeLabel, { name: address })}">${t.rows.change}</a>`
          }${
            may.reach("groupMember.remove") &&
            html`<a class="btn sm" href="${to(address, "/remove")}" aria-label="${fillText(t.rows.removeLabel, { name: address })}">${t.rows.remove}</a>`
          }</div>`,
      },
    ];
  },
});

export const groupMemberAddPage = plainFormPage({
  operation: groupMemberAdd,
  path: `${PATH}/add`,
  fields: ["addresses", "validFrom", "validUntil"],
  title: ({ t }) => t.groupMembers.add,
  button: ({ t }) => t.groupMembers.add,
  crumbs: (frame, params, { group }) => groupCrumbs(frame, params, group),
  back,
  load: async (ask) => ({ group: await nameOf(ask) }),
  field: (frame, name, value) => dayInput(frame, groupMemberAdd, name, value),
  done: ({ params }, output) => {
    const { added, already } = output as { readonly added: number; readonly already: number };
    return {
      to: back(params),
      flash: {
        tone: "ok",
        text: "groupMembersAdded",
        values: { added: count(added), already: count(already) },
      },
    };
  },
});

const groupMemberChangePage = plainFormPage({
  operation: groupMemberSet,
  path: `${PATH}/:address/change`,
  fields: ["validFrom", "validUntil"],
  title: ({ t }, { address = "" }) => fillText(t.groupMembers.changeTitle, { name: address }),
  button: ({ t }) => t.rows.save,
  crumbs: (frame, params, { group }) => groupCrumbs(frame, params, group),
  back,
  async load(ask) {
    const { group, address = "" } = ask.params;
    const { items } = await ask.run(groupMemberList, { group, search: address, limit: 200 });
    const { validFrom = "", validUntil = "" } = items.find((one) => one.address === address) ?? {};
    return { group: await nameOf(ask), validFrom, validUntil };
  },
  field: (frame, name, value) => dayInput(frame, groupMemberSet, name, value),
  changes: true,
  done: ({ params }) => ({
    to: back(params),
    flash: { tone: "ok", text: "groupMemberChanged", values: { name: params["address"] ?? "" } },
  }),
});

const groupMemberRemovePage = plainRemovePage({
  operation: groupMemberRemove,
  path: `${PATH}/:address/remove`,
  flash: "groupMemberRemoved",
  words: (t) => t.groupMembers,
  name: ({ address = "" }) => address,
  crumbs: (frame, params) => groupCrumbs(frame, params, null),
  back,
});

export const groupMemberPages = [groupMemberChangePage, groupMemberRemovePage] as const;
