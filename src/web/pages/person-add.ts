import { failField } from "../../errors/error.ts";
import { administratorAdd } from "../../operations/administrator/administrator.ts";
import { delegationAdd } from "../../operations/delegation/add.ts";
import { listAdministratorAdd } from "../../operations/list-administrator/list-administrator.ts";
import { html } from "../html.ts";
import { definePage, type Page } from "../page.ts";
import { domainsToChoose } from "../parts/domain-choice.ts";
import { empty } from "../parts/empty.ts";
import { pageHead } from "../parts/page-head.ts";
import { inputOfPersonForm, personForm } from "../people/person-form.ts";
import { personPath } from "../people/person-state.ts";
import { requireRepeated } from "../repeated-password.ts";
import type { Text } from "../text/en.ts";

type Operation = typeof administratorAdd | typeof delegationAdd | typeof listAdministratorAdd;

export interface PersonAddData {
  /** To be ticked; `null` where they are typed, or none are asked for. */
  readonly domains: readonly string[] | null;
}

interface Adding {
  readonly path: string;
  readonly operation: Operation;
  title(t: Text): string;
  /** Whether nothing can be handed on without a domain. */
  readonly needsDomains: boolean;
}

export const administratorAddPage = addPage({
  path: "/add-administrator",
  operation: administratorAdd,
  title: ({ personForm: words }) => words.administrator,
  needsDomains: false,
});

export const delegationAddPage = addPage({
  path: "/add-delegation",
  operation: delegationAdd,
  title: ({ personForm: words }) => words.delegation,
  needsDomains: true,
});

export const listAdministratorAddPage = addPage({
  path: "/add-list-administrator",
  operation: listAdministratorAdd,
  title: ({ personForm: words }) => words.listAdministrator,
  needsDomains: false,
});

function addPage({ path, operation, title, needsDomains }: Adding): Page<PersonAddData> {
  return definePage<PersonAddData>({
    path,
    blame: { CONFLICT: "name" },
    load: async (ask) => ({ domains: needsDomains ? await domainsToChoose(ask) : null }),
    view({ domains }, frame) {
      const { t } = frame;
      const words = title(t);
      return {
        title: words,
        body: html`${pageHead(frame, {
          title: words,
          crumbs: [{ href: frame.link("/people"), words: t.people.title }],
        })}
${
  domains?.length === 0
    ? empty(t.personForm.noDomains, t.personForm.noDomainsText, [])
    : personForm(frame, {
        operation,
        path,
        values: { sessionSeconds: DEFAULT_SECONDS },
        domains,
        button: t.personForm.add,
        wayOut: "/people",
      })
}`,
      };
    },
    async submit({ run, visit }) {
      const { form } = visit;
      const password = form.get("password") ?? "";
      // Programs may leave it out and are told one; here nobody would see it.
      if (password === "") failField("password", "required", "password is missing.");
      const input = { ...inputOfPersonForm(operation, form), password };
      requireRepeated(operation, input, form);
      const { id, name } = await run(operation as typeof administratorAdd, input);
      return { to: personPath(id), flash: { tone: "ok", text: "personAdded", values: { name } } };
    },
  });
}

const DEFAULT_SECONDS = 3600;
