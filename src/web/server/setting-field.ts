import type { ServerSetting } from "../../operations/server-setting/rows.ts";
import { type Html, html, type Words } from "../html.ts";
import type { Frame } from "../page.ts";
import { check, choice, field } from "../parts/field.ts";
import { fieldId, problemAt } from "../parts/flash.ts";
import { problemWords } from "../parts/problem-words.ts";
import { fill, fillText, shown, visible } from "../parts/shown.ts";
import type { Text } from "../text/en.ts";
import { isParted, partName, SPARE } from "./setting-form.ts";

export function settingLabel(t: Text, name: string): string {
  return wordsOf(t, name)?.label ?? visible(name);
}

function wordsOf(t: Text, name: string): { label: string; help: string; absent: string } | null {
  const variables: Readonly<Record<string, { label: string; help: string; absent: string }>> =
    t.serverSettings.variables;
  return Object.hasOwn(variables, name) ? (variables[name] ?? null) : null;
}

/** One variable of server.tab as its kind asks for it, with all that is known of it. */
export function settingField(frame: Frame, setting: ServerSetting): Html {
  const { name, value } = setting;
  return html`<input type="hidden" name="shows" value="${name}">${
    isParted(setting)
      ? partsField(frame, setting)
      : setting.kind === "switch" || setting.values.length > 0
        ? chosen(frame, setting)
        : field(frame, name, settingLabel(frame.t, name), {
            value: value ?? "",
            help: helpOf(frame, setting),
            optionalMark: false,
            ...(setting.unit ? { after: html` ${unitOf(frame.t, setting.unit)}` } : {}),
            more: {
              maxlength: 1500,
              spellcheck: "false",
              autocapitalize: "none",
              ...(setting.standard ? { placeholder: setting.standard } : {}),
              ...(setting.kind === "number" ? { class: "short num" } : {}),
            },
          })
  }`;
}

function unitOf(t: Text, unit: string): string {
  const units: Readonly<Record<string, string>> = t.serverSettings.units;
  return units[unit] ?? unit;
}

function helpOf({ t }: Frame, setting: ServerSetting): Words {
  const { name, line, repeated, counts, fields, parts, value } = setting;
  const words = wordsOf(t, name);
  const when: Readonly<Record<string, string>> = t.serverSettings.counts;
  return html`${words && html`${words.help}<br>`}${words && fill(t.serverSettings.absent, { text: html`${words.absent}` })} ${when[counts]}${
    repeated.length > 0 &&
    html` <strong>${fill(t.serverSettings.repeated, { line: line ?? 0, lines: repeated.join(", ") })}</strong>`
  }${fields.length > 0 && parts === null && value !== null && html` <strong>${t.serverSettings.raw}</strong>`} <span class="mono">${shown(name)}</span>`;
}

function chosen(frame: Frame, setting: ServerSetting): Html {
  const { t } = frame;
  const { name, kind, values, value, standard } = setting;
  const words = (one: string) =>
    kind === "switch"
      ? Number.parseInt(one, 10) > 0
        ? t.serverSettings.on
        : t.serverSettings.off
      : choiceWords(t, name, one);
  const offered = kind === "switch" ? ["1", "0"] : values;
  const odd = value !== null && value !== "" && !offered.includes(value) ? [value] : [];
  const none = `${t.serverSettings.standard}${standard === null ? "" : ` (${words(standard)})`}`;
  return choice(
    frame,
    name,
    settingLabel(t, name),
    [
      { value: "", words: none },
      ...[...offered, ...odd].map((one) => ({
        value: one,
        words: odd.includes(one) ? visible(one) : words(one),
      })),
    ],
    { value: value ?? "", help: helpOf(frame, setting) },
  );
}

function choiceWords(t: Text, name: string, value: string): string {
  const all: Readonly<Record<string, Readonly<Record<string, string>>>> = t.serverSettings.choices;
  return all[name]?.[value] ?? visible(value);
}

interface PartColumn {
  readonly name: string;
  readonly label: string;
  readonly values: readonly string[];
}

function partsField(frame: Frame, setting: ServerSetting): Html {
  const { t } = frame;
  const { name, single, value } = setting;
  const labels: Readonly<Record<string, string>> = t.serverSettings.parts;
  const columns = setting.fields.map((one) => ({
    name: one.name,
    label: labels[one.name] ?? one.name,
    values: one.values,
  }));
  const rows = setting.parts ?? [];
  const empty =
    setting.kind === "methods" &&
    html`<p>${check("checkbox", `${name}.empty`, "true", t.serverSettings.emptyValue, value === "")}</p>`;
  return html`<div class="field" role="group" aria-labelledby="${fieldId(name)}-l" id="${fieldId(name)}"><span class="label" id="${fieldId(name)}-l">${settingLabel(t, name)}</span><div class="control">${partRows(frame, name, columns, rows, single ? 1 : rows.length + SPARE)}${empty}${problem(frame, name)}<span class="help">${helpOf(frame, setting)}${!single && ` ${t.serverSettings.spare}`}</span></div></div>`;
}

/** One line of inputs for each part; the names say which part and which field. */
export function partRows(
  frame: Frame,
  name: string,
  columns: readonly PartColumn[],
  rows: readonly Readonly<Record<string, string | undefined>>[],
  count: number,
): Html {
  const typed = frame.refusal?.values;
  const shownRows = Array.from({ length: Math.max(count, 1) }, (_, at) => rows[at] ?? {});
  return html`${shownRows.map((row, at) => {
    const marked = html`<input type="hidden" name="${partName(name, at, "row")}" value="1">`;
    return html`<div class="row">${marked}${columns.map((column) => {
      const field = partName(name, at, column.name);
      const value = typed?.has(partName(name, at, "row"))
        ? (typed.get(field) ?? "")
        : (row[column.name] ?? "");
      return partInput(frame, field, column, value, at + 1);
    })}</div>`;
  })}`;
}

function partInput(frame: Frame, name: string, column: PartColumn, value: string, number: number): Html {
  const { t } = frame;
  const label = fillText(t.serverSettings.partLabel, { part: column.label, number });
  const [only, ...further] = column.values;
  if (only !== undefined && further.length === 0) {
    return html`<label class="check"><input class="tick" type="checkbox" name="${name}" value="${only}" aria-label="${label}"${value === only && html` checked`}>${column.label}</label>`;
  }
  if (only !== undefined) {
    return html`<select name="${name}" aria-label="${label}"><option value="">${column.label}</option>${column.values.map(
      (one) =>
        html`<option value="${one}"${one === value && html` selected`}>${column.label}: ${choiceWords(t, column.name, one)}</option>`,
    )}</select>`;
  }
  const size = column.name === "text" || column.name === "host" || column.name === "zone" ? 24 : 12;
  return html`<input name="${name}" aria-label="${label}" placeholder="${column.label}" size="${size}" maxlength="480" spellcheck="false" autocapitalize="none" autocomplete="off"${value !== "" && html` value="${value}"`}>`;
}

function problem(frame: Frame, name: string): Html | null {
  const found = problemAt(frame, name);
  return found
    ? html`<span class="error" id="${fieldId(name)}-e">${problemWords(frame.t, found)}</span>`
    : null;
}
