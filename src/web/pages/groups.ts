import { groupList } from "../../operations/group/list.ts";
import { daysWords, type GroupRow, groupPath, groupState } from "../groups/group-words.ts";
import { html } from "../html.ts";
import { shown } from "../parts/shown.ts";
import { plainListPage } from "../rows/plain-list.ts";
import { count } from "../text/format.ts";

/** Accounts of any domains that belong together. */
export const groupsPage = plainListPage<GroupRow>({
  operation: groupList,
  path: "/groups",
  words: (t) => t.groups,
  actions: ({ t, may, link }) => [
    may.reach("group.add") && html`<a class="btn primary" href="${link("/add-group")}">${t.groups.add}</a>`,
  ],
  columns: ({ t, link }) => [
    {
      label: t.groups.name,
      looks: "c-key",
      cell: ({ id, name }) => html`<a href="${link(groupPath(id))}">${shown(name)}</a>`,
    },
    { label: t.groups.members, looks: "num", cell: ({ members }) => count(members) },
    { label: t.groups.days, cell: (row) => daysWords(t, row) },
    { label: t.groups.list, looks: "c-opt", cell: ({ list }) => shown(list) },
    { label: t.groups.responsible, looks: "c-opt", cell: ({ responsible }) => shown(responsible) },
    { label: t.groups.state, cell: ({ state }) => groupState(t, state, true) },
  ],
});
