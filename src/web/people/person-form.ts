import type { AnyOperation } from "../../kernel/operation.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { check, choices, fieldWords, labelsOf } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { passwordFields } from "../parts/password-fields.ts";
import { schemaField } from "../parts/schema-field.ts";
import { visible } from "../parts/shown.ts";
import { inputOfForm } from "../schema-input.ts";
import type { Text } from "../text/en.ts";
import { LOGO, logoField, logoIn } from "./logo-field.ts";
import type { PersonDetails } from "./person-state.ts";

type Described = Pick<AnyOperation, "name" | "input">;
type Values = Readonly<Record<string, unknown>>;

interface Section {
  title(t: Text): string;
  note?(t: Text): string;
  readonly fields: readonly string[];
}

/** In the order in which somebody is set up; a form has those fields that its operation knows. */
const SECTIONS: readonly Section[] = [
  { title: (t) => t.personForm.signIn, fields: ["name", "signInAlias", "role"] },
  { title: (t) => t.personForm.gets, fields: ["domains", "lists", "rights"] },
  {
    title: (t) => t.personForm.limits,
    note: (t) => t.personForm.limitsNote,
    fields: [
      "mostDomains",
      "mostAccounts",
      "mostLists",
      "mostListMembers",
      "mostMembers",
      "mostAliases",
      "mostMailboxKilobytes",
    ],
  },
  {
    title: (t) => t.personForm.access,
    fields: ["validFrom", "validUntil", "networks", "sessionSeconds", "language"],
  },
  {
    title: (t) => t.personForm.person,
    fields: ["fullName", "email", "phone", "postalAddress", "memo"],
  },
  {
    title: (t) => t.personForm.support,
    fields: ["postmaster", "masterEmail", "masterPhone", "popServer", "smtpServer"],
  },
  {
    title: (t) => t.personForm.door,
    note: (t) => t.personForm.doorNote,
    fields: ["doorSlug", "doorHost", "doorTitle", "doorText", "doorLogo", "doorColour"],
  },
];

export interface PersonForm {
  readonly operation: Described;
  readonly path: string;
  readonly values: Values;
  /** Domains to tick; typed one a line, where there are too many. */
  readonly domains: readonly string[] | null;
  readonly button: string;
  readonly wayOut: string;
}

/** The form for somebody new or known; with a password where the operation takes one. */
export function personForm(frame: Frame, form: PersonForm): Html {
  const { t } = frame;
  const { operation } = form;
  const known = fieldsOf(operation);
  const sections = SECTIONS.map((section) => ({
    ...section,
    fields: section.fields.filter((name) => known.includes(name)),
  })).filter(({ fields }) => fields.length > 0);
  const files = known.includes(LOGO);
  return html`${refusalSummary(frame, { ...labelsOf(t, operation), passwordAgain: t.password.again })}
<form class="flow" method="post" action="${frame.link(form.path)}"${files && html` enctype="multipart/form-data"`}>
${sections.map(
  (
    { title, note, fields },
    at,
  ) => html`<fieldset class="sec"><legend>${title(t)}${note && html`<small>${note(t)}</small>`}</legend>
${fields.map((name) => fieldOf(frame, form, name))}
${at === 0 && known.includes("password") && passwordFields(frame, operation)}</fieldset>`,
)}
${formEnd(frame, form.button, { href: frame.link(form.wayOut), words: t.frame.cancel })}
</form>`;
}

function fieldOf(frame: Frame, form: PersonForm, name: string): Html {
  const { operation, values } = form;
  if (name === "domains") return domainField(frame, form);
  if (name === LOGO) return logoField(frame, operation.name, values[name]);
  return schemaField(frame, operation, name, values[name]);
}

function domainField(frame: Frame, { operation, values, domains }: PersonForm): Html {
  if (domains === null) return schemaField(frame, operation, "domains", values["domains"]);
  const { label, help } = fieldWords(frame.t, operation.name, "domains");
  const held = values["domains"];
  const chosen = frame.refusal?.values.getAll("domains") ?? (Array.isArray(held) ? held.map(String) : []);
  // A domain that is gone from the server stays to be seen, and can be taken away.
  const all = [...new Set([...domains, ...chosen])];
  const boxes = all.map((domain) =>
    check("checkbox", "domains", domain, visible(domain), chosen.includes(domain)),
  );
  return choices(frame, "domains", label, boxes, { help });
}

/** What the form says. Empty texts are said, too: they empty what was there. */
export function inputOfPersonForm(operation: Described, form: URLSearchParams): Record<string, unknown> {
  const names = SECTIONS.flatMap(({ fields }) => fields).filter((name) => fieldsOf(operation).includes(name));
  const logo = logoIn(form);
  const input: Record<string, unknown> = {
    ...inputOfForm(
      operation,
      names.filter((name) => name !== LOGO),
      form,
    ),
    ...(logo === null || !names.includes(LOGO) ? {} : { [LOGO]: logo }),
  };
  const isChange = fieldsOf(operation).includes("person");
  if (!isChange) return input;
  const texts = names.filter((name) => input[name] === undefined && form.has(name));
  return {
    ...input,
    ...Object.fromEntries(texts.map((name) => [name, name.startsWith("most") ? null : ""])),
  };
}

/** As the fields of the forms are called; of a number without a limit nothing is shown. */
export function valuesOfPerson({ delegation, ...person }: PersonDetails): Values {
  return { ...person, ...delegation };
}

function fieldsOf({ input }: Described): readonly string[] {
  return Object.keys((input as { properties?: object }).properties ?? {});
}
