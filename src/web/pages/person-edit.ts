import type { Role } from "../../kernel/people.ts";
import { administratorSet } from "../../operations/administrator/administrator.ts";
import { delegationSet } from "../../operations/delegation/set.ts";
import { listAdministratorSet } from "../../operations/list-administrator/list-administrator.ts";
import { personGet } from "../../operations/person/get.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { domainsToChoose } from "../parts/domain-choice.ts";
import { labelsOf } from "../parts/field.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill, fillText, shown } from "../parts/shown.ts";
import { inputOfPersonForm, personForm, valuesOfPerson } from "../people/person-form.ts";
import { type PersonDetails, personPath } from "../people/person-state.ts";

/** What changes somebody of a role. */
const CHANGES = {
  master: administratorSet,
  auditor: administratorSet,
  guest: administratorSet,
  delegate: delegationSet,
  listAdministrator: listAdministratorSet,
} as const satisfies Record<Role, unknown>;

interface PersonEditData {
  readonly person: PersonDetails;
  readonly domains: readonly string[] | null;
}

export const personEditPage = definePage<PersonEditData>({
  path: "/people/:person/edit",
  blame: { CONFLICT: "name" },
  async load(ask) {
    const person = await ask.run(personGet, ask.params);
    return { person, domains: person.role === "delegate" ? await domainsToChoose(ask) : null };
  },
  view({ person, domains }, frame) {
    const { t } = frame;
    const { name } = person;
    const here = personPath(person.id);
    return {
      title: fillText(t.personForm.editTitle, { name }),
      body: html`${pageHead(frame, {
        title: fill(t.personForm.editTitle, { name }),
        crumbs: [
          { href: frame.link("/people"), words: t.people.title },
          { href: frame.link(here), words: shown(name) },
        ],
      })}
${personForm(frame, {
  operation: CHANGES[person.role],
  path: `${here}/edit`,
  values: valuesOfPerson(person),
  domains,
  button: t.personForm.save,
  wayOut: here,
})}`,
    };
  },
  editable({ person }, t) {
    const operation = CHANGES[person.role];
    const values = valuesOfPerson(person);
    return Object.entries(labelsOf(t, operation)).flatMap(([name, label]) =>
      name === "person" ? [] : [{ name, label, value: plain(values[name]) }],
    );
  },
  async submit({ run, params, visit }) {
    const { id, role } = await run(personGet, params);
    const operation = CHANGES[role];
    const input = { ...inputOfPersonForm(operation, visit.form), person: id };
    const { name } = await run(operation as typeof administratorSet, input);
    return { to: personPath(id), flash: { tone: "ok", text: "personChanged", values: { name } } };
  },
});

/** As it is compared with what it is when the form comes back. */
function plain(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
