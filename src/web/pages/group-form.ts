import { groupAdd, groupSet } from "../../operations/group/change.ts";
import { groupGet } from "../../operations/group/list.ts";
import { dayInput, groupCrumbs, groupPath } from "../groups/group-words.ts";
import { fillText } from "../parts/shown.ts";
import { plainFormPage } from "../rows/plain-form.ts";

const FIELDS = [
  "name",
  "validFrom",
  "validUntil",
  "list",
  "responsible",
  "responsibleEmail",
  "responsiblePhone",
  "memo",
];
type Named = { readonly id: string; readonly name: string };

export const groupAddPage = plainFormPage({
  operation: groupAdd,
  path: "/add-group",
  fields: FIELDS,
  title: ({ t }) => t.groups.add,
  button: ({ t }) => t.groups.add,
  crumbs: ({ t, link }) => [{ href: link("/groups"), words: t.groups.title }],
  back: () => "/groups",
  field: (frame, name, value) => dayInput(frame, groupAdd, name, value),
  done: (_, output) => ({
    to: groupPath((output as Named).id),
    flash: { tone: "ok", text: "groupAdded", values: { name: (output as Named).name } },
  }),
  blame: { CONFLICT: "name" },
});

export const groupEditPage = plainFormPage({
  operation: groupSet,
  path: "/groups/:group/edit",
  fields: FIELDS,
  title: ({ t }, _, { name = "" }) => fillText(t.groups.editTitle, { name: String(name) }),
  button: ({ t }) => t.groups.save,
  crumbs: (frame, params, { name }) => groupCrumbs(frame, params, name),
  back: ({ group = "" }) => groupPath(group),
  load: ({ run, params }) => run(groupGet, params),
  field: (frame, name, value) => dayInput(frame, groupSet, name, value),
  changes: true,
  done: (_, output) => ({
    to: groupPath((output as Named).id),
    flash: { tone: "ok", text: "groupChanged", values: { name: (output as Named).name } },
  }),
  blame: { CONFLICT: "name" },
});
