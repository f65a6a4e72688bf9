import type { AnyOperation } from "../../kernel/operation.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { choice, field, fieldWords } from "./field.ts";
import { type FieldShape, valuesOf, valueWords } from "./field-shape.ts";
import { fieldId, problemAt } from "./flash.ts";
import { groupName, groupNumbers } from "./group-names.ts";
import { problemWords } from "./problem-words.ts";

type Described = Pick<AnyOperation, "name" | "input">;
type Group = Readonly<Record<string, unknown>>;

/** Empty groups that are offered: at first, and beside those there are. */
const FIRST = 2;
const FURTHER = 1;

/** A list of things that have fields of their own, such as gateways: a group of fields for each, and some empty ones. */
export function groupField(
  frame: Frame,
  operation: Described,
  name: string,
  items: FieldShape,
  value: unknown,
): Html {
  const { label, help } = fieldWords(frame.t, operation.name, name);
  const groups = (Array.isArray(value) ? value : []) as readonly Group[];
  const typed = frame.refusal ? groupNumbers(frame.refusal.values, name).length : 0;
  const shown = Math.max(groups.length + (groups.length === 0 ? FIRST : FURTHER), typed);
  const problem = problemAt(frame, name);
  const words = html`${problem && html`<span class="error">${problemWords(frame.t, problem)}</span>`}<span class="help">${help}</span>`;
  return html`<div class="flow" role="group" id="${fieldId(name)}" aria-label="${label}">
<div class="control">${words}</div>
${Array.from({ length: shown }, (_, at) => {
  const group = groups[at] ?? {};
  return html`<fieldset class="sec"><legend>${label} ${at + 1}</legend>${Object.entries(
    items.properties ?? {},
  ).map(([part, shape]) =>
    partField(
      frame,
      operation,
      { name, at, part, required: items.required?.includes(part) ?? false },
      shape,
      group[part],
    ),
  )}</fieldset>`;
})}
</div>`;
}

function partField(
  frame: Frame,
  operation: Described,
  { name, at, part, required }: { name: string; at: number; part: string; required: boolean },
  shape: FieldShape,
  value: unknown,
): Html {
  const { t } = frame;
  const words = fieldWords(t, operation.name, `${name}.${part}`);
  const { label } = words;
  // What is said once need not be said of each.
  const help = at === 0 ? words.help : undefined;
  const full = groupName(name, at, part);
  const text = value === undefined || value === null ? "" : String(value);
  const options = valuesOf(shape);
  if (options) {
    const choices = options.map((one) => ({ value: one, words: valueWords(t, operation.name, part, one) }));
    return choice(frame, full, label, [{ value: "", words: t.rows.notSet }, ...choices], {
      value: text,
      ...(help === undefined ? {} : { help }),
    });
  }
  return field(frame, full, label, {
    value: text,
    ...(help === undefined ? {} : { help }),
    optionalMark: !required,
    more: {
      autocapitalize: "none",
      spellcheck: "false",
      ...(shape.type === "integer" ? { inputmode: "numeric" } : {}),
    },
  });
}
