import { delegationNotify } from "../../operations/delegation/notify.ts";
import { personGet } from "../../operations/person/get.ts";
import { type Html, html } from "../html.ts";
import { mailto } from "../mailto.ts";
import { definePage, type Frame } from "../page.ts";
import { choice, labelsOf } from "../parts/field.ts";
import { notice, refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { longTextField, schemaField } from "../parts/schema-field.ts";
import { fill, fillText, shown } from "../parts/shown.ts";
import { type PersonDetails, personPath } from "../people/person-state.ts";
import { inputOfForm } from "../schema-input.ts";
import { isLanguage, LANGUAGE_NAMES, LANGUAGES, type Language } from "../text/language.ts";

const TEMPLATES = ["welcome", "changed", "ends", "maintenance"] as const;
type Template = (typeof TEMPLATES)[number];

export interface NotifyData {
  readonly person: PersonDetails;
  /** `null`: it begins empty. */
  readonly template: Template | null;
  /** Of the mail, which may be another one than the page's. */
  readonly language: Language | null;
}

/** A mail to a delegated administrator: sent by XMail where its spool is at hand, else by somebody's own program. */
export const personNotifyPage = definePage<NotifyData>({
  path: "/people/:person/notify",
  async load({ run, params, visit }) {
    const { template, language } = chosenIn(visit.query);
    const person = await run(personGet, params);
    return { person, template, language: language ?? (person.language === "" ? null : person.language) };
  },
  view(data, frame) {
    const { t } = frame;
    const { person } = data;
    const { name } = person;
    const here = personPath(person.id);
    return {
      title: fillText(t.notify.title, { name }),
      body: html`${pageHead(frame, {
        title: fill(t.notify.title, { name }),
        crumbs: [
          { href: frame.link("/people"), words: t.people.title },
          { href: frame.link(here), words: shown(name) },
        ],
      })}
${person.mail === "nowhere" ? notice("warn", html`<p>${t.notify.nowhere}</p>`) : letter(frame, data)}`,
    };
  },
  async submit({ run, params, visit }) {
    const { id } = await run(personGet, params);
    const input = inputOfForm(delegationNotify, ["subject", "text"], visit.form);
    const { to } = await run(delegationNotify, { ...input, person: id });
    return { to: personPath(id), flash: { tone: "ok", text: "personNotified", values: { name: to } } };
  },
});

function letter(frame: Frame, data: NotifyData): Html {
  const { t } = frame;
  const { person } = data;
  const { subject, text } = draft(frame, data);
  const byMailProgram = mailto(person.email, subject, text);
  return html`${templateChoice(frame, data)}
${
  person.mail === "elsewhere"
    ? html`${notice("info", html`<p>${t.notify.elsewhere}</p>`)}
${byMailProgram !== null && html`<div class="form-end"><a class="btn primary" href="${byMailProgram}">${t.notify.byMailProgram}</a></div>`}`
    : html`${refusalSummary(frame, labelsOf(t, delegationNotify))}
<form class="flow" method="post" action="${frame.link(personPath(person.id, "/notify"))}">
<p>${fill(t.notify.lead, { address: html`<span class="mono">${shown(person.email)}</span>` })}</p><p>${t.notify.final}</p>
${schemaField(frame, delegationNotify, "subject", subject)}
${longTextField(frame, delegationNotify, "text", text)}
${formEnd(frame, t.notify.send, { href: frame.link(personPath(person.id)), words: t.frame.cancel })}
</form>`
}`;
}

function templateChoice(frame: Frame, { person, template, language }: NotifyData): Html {
  const { t } = frame;
  const templates = [
    { value: "", words: t.notify.blank },
    ...TEMPLATES.map((value) => ({ value, words: t.notify.templates[value].title })),
  ];
  const languages = (Object.keys(LANGUAGE_NAMES) as Language[]).map((value) => ({
    value,
    words: LANGUAGE_NAMES[value],
  }));
  // What a refused form brought back is the letter's, and no choice.
  const bare: Frame = { ...frame, refusal: null };
  return html`<form class="panel flow" method="get" action="${frame.link(personPath(person.id, "/notify"))}">
${choice(bare, "template", t.notify.template, templates, { value: template ?? "" })}
${choice(bare, "language", t.notify.language, languages, { value: language ?? frame.language })}
<div class="form-end"><button class="btn">${t.notify.use}</button></div>
</form>`;
}

function draft(frame: Frame, { person, template, language }: NotifyData) {
  if (template === null) return { subject: "", text: "" };
  const { listComma, notify, person: words } = LANGUAGES[language ?? frame.language];
  const domains = person.delegation?.domains ?? [];
  const values = {
    name: person.fullName === "" ? person.name : person.fullName,
    login: person.name,
    domains: domains.length === 0 ? words.noRights : domains.join(listComma),
    until: person.validUntil,
    me: frame.me ?? "",
  };
  const { subject, text } = notify.templates[template];
  return { subject: fillText(subject, values), text: fillText(text, values) };
}

function chosenIn(query: URLSearchParams) {
  const language = query.get("language") ?? "";
  return {
    template: TEMPLATES.find((one) => one === query.get("template")) ?? null,
    language: isLanguage(language) ? language : null,
  };
}
