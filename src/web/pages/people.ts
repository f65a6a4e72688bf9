import { ROLES } from "../../kernel/people.ts";
import { personList } from "../../operations/person/list.ts";
import { html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf, schemaAttributes } from "../parts/field.ts";
import { flashOf } from "../parts/flash.ts";
import { isNarrowed, type Listed, listing, nothingListed, queryOf } from "../parts/listing.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown } from "../parts/shown.ts";
import { filterBox, searchBox, toolbar } from "../parts/toolbar.ts";
import { looksAfter, type PersonRow, personPath, personState } from "../people/person-state.ts";

const PATH = "/people";
const FILTERS = ["search", "role"] as const;

/** Whoever may sign in, and for a delegated administrator those to whom he handed on. */
export const peoplePage = definePage<Listed<PersonRow>>({
  path: PATH,
  async load(ask) {
    const query = queryOf(ask, FILTERS);
    return { query, page: await ask.run(personList, query) };
  },
  refused: (ask) => nothingListed(queryOf(ask, FILTERS)),
  view(data, frame) {
    const { t } = frame;
    const { query, page } = data;
    const labels = labelsOf(t, personList);
    const narrowed = isNarrowed(query, FILTERS);
    const lead = narrowed ? t.people.found(page.total) : t.people.lead(page.total);
    const adds = addLinks(frame);
    const none = page.total === 0 && !narrowed && !frame.refusal;
    return {
      title: t.people.title,
      body: html`${pageHead(frame, {
        title: t.people.title,
        ...(frame.refusal ? {} : { lead }),
        actions: none ? [] : adds,
      })}
${flashOf(frame)}
${listing(frame, data, {
  path: PATH,
  caption: t.people.caption,
  labels,
  toolbar: toolbar(frame, PATH, t.people.title, [
    searchBox(frame, "search", labels["search"] ?? "", query["search"] ?? "", {
      more: schemaAttributes(personList, "search"),
    }),
    filterBox("role", t.people.role, query["role"] ?? "", [
      { value: "", words: t.people.allRoles },
      ...ROLES.map((role) => ({ value: role, words: t.people.roles[role] })),
    ]),
  ]),
  filters: { search: t.list.contains, role: `${t.people.role}:` },
  columns: [
    {
      label: t.people.name,
      looks: "c-key",
      cell: ({ id, name, fullName }) =>
        html`<a href="${frame.link(personPath(id))}">${shown(name)}</a>${fullName !== "" && html` <span class="mute">${shown(fullName)}</span>`}`,
    },
    { label: t.people.role, cell: ({ role }) => t.people.roles[role] },
    { label: t.people.looksAfter, cell: (row) => looksAfter(frame, row) },
    {
      label: t.people.lastSignIn,
      looks: "c-opt",
      cell: ({ lastSignInAt }) => (lastSignInAt === null ? t.people.never : moment(frame, lastSignInAt)),
    },
    { label: t.people.state, cell: (row) => personState(t, row, true) },
  ],
  none: empty(t.people.none, t.people.noneText, adds),
  noMatch: t.people.noMatch,
})}
${furtherLinks(frame)}`,
    };
  },
});

function addLinks({ t, may, link }: Frame) {
  const add = (operation: string, path: string, words: string, looks = "btn") =>
    may.use(operation) && html`<a class="${looks}" href="${link(path)}">${words}</a>`;
  return [
    add("delegation.add", "/add-delegation", t.people.addDelegation, "btn primary"),
    add("listAdministrator.add", "/add-list-administrator", t.people.addListAdministrator),
    add("administrator.add", "/add-administrator", t.people.addAdministrator),
  ];
}

function furtherLinks({ t, may, link }: Frame) {
  return html`<p class="row small">${
    may.reach("policy.get") && html`<a href="${link("/sign-in-policy")}">${t.people.policy}</a>`
  }${
    may.reach("delegation.import") &&
    html`<a href="${link("/import-delegations")}">${t.people.importDelegations}</a>`
  }</p>`;
}
