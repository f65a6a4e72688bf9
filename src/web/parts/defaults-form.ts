import { changesOf, SETTINGS, type Variable } from "../account-settings.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { field } from "./field.ts";
import { refusalSummary } from "./flash.ts";
import { formEnd } from "./form.ts";
import { DEFAULT_SETTINGS, defaultFields, settingLabel } from "./settings-form.ts";
import { shown } from "./shown.ts";
import { table } from "./table.ts";

interface Defaults {
  readonly variables: readonly Variable[];
  readonly revision: string;
}

/** What new accounts begin with, as fields; variables without a field of their own stand below. */
export function defaultsForm(given: Frame, path: string, { variables, revision }: Defaults): Html {
  const frame = afterConflict(given);
  const { t } = frame;
  const others = variables.filter(({ name }) => !isField(name));
  const labels = Object.fromEntries(DEFAULT_SETTINGS.map((one) => [one, settingLabel(t, one)]));
  return html`${refusalSummary(frame, { ...labels, variable: t.variables.name, value: t.variables.value })}
<form class="flow" method="post" action="${frame.link(path)}"><input type="hidden" name="revision" value="${revision}">
${defaultFields(frame, variables)}
<fieldset class="sec"><legend>${t.defaults.others}</legend>
${others.length === 0 ? html`<p class="mute">${t.defaults.othersNone}</p>` : othersTable(frame, others)}
${field(frame, "variable", t.variables.name, { optionalMark: false, help: t.variables.nameHelp, more: { maxlength: 64, spellcheck: "false" } })}
${field(frame, "value", t.variables.value, { optionalMark: false, help: t.serverSettings.unknownLead, more: { maxlength: 400 } })}</fieldset>
${formEnd(frame, t.settings.save, { href: frame.link(path), words: t.settings.discard })}
</form>`;
}

/** What nobody may change. */
export function defaultsTable({ t }: Frame, variables: readonly Variable[]): Html {
  return variables.length === 0
    ? html`<p class="mute">${t.defaults.othersNone}</p>`
    : table(t.variables.caption, columnsOf(t), variables);
}

function othersTable({ t }: Frame, others: readonly Variable[]): Html {
  return table(t.defaults.others, columnsOf(t), others);
}

function columnsOf(t: Frame["t"]) {
  return [
    { label: t.variables.name, looks: "c-key mono", cell: ({ name }: Variable) => shown(name) },
    { label: t.variables.value, looks: "c-wide", cell: ({ value }: Variable) => shown(value) },
  ];
}

function afterConflict(frame: Frame): Frame {
  const { refusal } = frame;
  return refusal?.code === "CONFLICT"
    ? { ...frame, refusal: { ...refusal, values: new URLSearchParams() } }
    : frame;
}

function isField(name: string): boolean {
  return DEFAULT_SETTINGS.some((setting) => SETTINGS[setting] === name);
}

/** What the form asks to change; a variable named with an empty value goes. */
export function defaultsChanges(form: URLSearchParams): {
  set: Variable[];
  unset: string[];
  revision: string;
} {
  const { set, unset } = changesOf(form, DEFAULT_SETTINGS);
  const name = (form.get("variable") ?? "").trim();
  const value = (form.get("value") ?? "").trim();
  if (name !== "" && value === "") unset.push(name);
  else if (name !== "") set.push({ name, value });
  return { set, unset, revision: form.get("revision") ?? "" };
}
