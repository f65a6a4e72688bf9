import type { Static } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import { accountGet } from "../../operations/account/get.ts";
import { vacationGet, vacationSet } from "../../operations/vacation/vacation.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { accountHead } from "../parts/account-frame.ts";
import { attributes } from "../parts/attributes.ts";
import {
  fieldMarks,
  fieldWords,
  labelsOf,
  operationField,
  schemaAttributes,
  wrapped,
} from "../parts/field.ts";
import { fieldId, notice, refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { schemaField } from "../parts/schema-field.ts";
import { visible } from "../parts/shown.ts";
import { accountPath } from "../paths.ts";
import { inputOfForm } from "../schema-input.ts";

type Vacation = Static<typeof vacationGet.output>;

export interface VacationData {
  readonly account: Static<typeof accountGet.output>;
  readonly vacation: Vacation;
}

const FIELDS = ["on", "subject", "text", "from", "until", "days"] as const;

/** What an account answers while its owner is away. */
export const vacationPage = definePage<VacationData>({
  path: "/accounts/:domain/:name/vacation",
  async load(ask) {
    return {
      account: await ask.run(accountGet, ask.params),
      vacation: await ask.run(vacationGet, ask.params),
    };
  },
  view({ account, vacation }, frame) {
    const { t, may } = frame;
    const { on, available } = vacation;
    const mayChange = may.reach("vacation.set", accountTarget(account));
    return {
      title: visible(account.address),
      body: html`${accountHead(frame, account, "vacation")}
${!available && notice(on ? "warn" : "info", html`<p>${on ? t.vacation.stillOn : t.vacation.unavailable}</p>`)}
${!mayChange && notice("info", html`<p>${t.settings.readOnly}</p>`)}
${mayChange && (available || on) && vacationForm(frame, account, vacation)}`,
    };
  },
  editable: ({ vacation }, t) =>
    FIELDS.map((name) => ({
      name,
      label: labelsOf(t, vacationSet)[name] ?? name,
      value: String(vacation[name] ?? ""),
    })),
  async submit({ run, params, visit }) {
    const { domain = "", name = "" } = params;
    const { on } = await run(vacationSet, { domain, name, ...inputOfForm(vacationSet, FIELDS, visit.form) });
    return {
      to: accountPath({ domain, name }, "/vacation"),
      flash: { tone: "ok", text: on ? "vacationOn" : "vacationOff", values: { name: `${name}@${domain}` } },
    };
  },
});

function vacationForm(frame: Frame, account: VacationData["account"], vacation: Vacation): Html {
  const { t } = frame;
  return html`${refusalSummary(frame, labelsOf(t, vacationSet))}
<p>${t.vacation.lead} ${t.vacation.rules}</p>
<form class="flow" method="post" action="${frame.link(accountPath(account, "/vacation"))}">
${schemaField(frame, vacationSet, "on", vacation.on)}
<fieldset class="sec"><legend>${t.vacation.answer}</legend>
${operationField(frame, vacationSet, "subject", { value: vacation.subject })}
${textField(frame, vacation.text)}</fieldset>
<fieldset class="sec"><legend>${t.vacation.when}</legend>
${dayField(frame, "from", vacation.from)}
${dayField(frame, "until", vacation.until)}
${schemaField(frame, vacationSet, "days", vacation.days)}</fieldset>
${formEnd(frame, t.vacation.save, { href: frame.link(accountPath(account)), words: t.frame.cancel })}
</form>`;
}

function textField(frame: Frame, stored: string): Html {
  const { label, help } = fieldWords(frame.t, vacationSet.name, "text");
  const { maxlength } = schemaAttributes(vacationSet, "text");
  const all = {
    id: fieldId("text"),
    name: "text",
    rows: 8,
    maxlength,
    ...fieldMarks(frame, "text", true),
  };
  const text = frame.refusal?.values.get("text") ?? stored;
  return wrapped(frame, "text", label, {
    help,
    // HTML drops a line end right behind the tag.
    control: html`<textarea${attributes(all)}>${"\n"}${text}</textarea>`,
    optional: false,
  });
}

/** The browser's own calendar; the pattern would say the same twice. */
function dayField(frame: Frame, name: "from" | "until", day: string | null): Html {
  return operationField(frame, vacationSet, name, {
    value: day ?? "",
    more: { type: "date", pattern: undefined },
  });
}
