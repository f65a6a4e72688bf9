import type { AnyOperation } from "../../kernel/operation.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { attributes } from "./attributes.ts";
import { check, choice, choices, fieldMarks, fieldWords, operationField, wrapped } from "./field.ts";
import { type FieldShape, shapeOf, valuesOf, valueWords } from "./field-shape.ts";
import { fieldId } from "./flash.ts";
import { groupField } from "./group-field.ts";

type Described = Pick<AnyOperation, "name" | "input">;

/** A field of an operation as its schema asks for: text, number, switch, choice, tick boxes, or one text a line. */
export function schemaField(frame: Frame, operation: Described, name: string, value?: unknown): Html {
  const shape = shapeOf(operation, name);
  const { label, help } = fieldWords(frame.t, operation.name, name);
  const required = (operation.input as { required?: readonly string[] }).required?.includes(name) ?? false;
  if (shape.type === "boolean") {
    const on = frame.refusal ? frame.refusal.values.get(name) === "true" : value === true;
    return choices(frame, name, label, [check("checkbox", name, "true", frame.t.rows.yes, on)], { help });
  }
  if (shape.type === "array" && shape.items?.type === "object") {
    return groupField(frame, operation, name, shape.items, value);
  }
  if (shape.type === "array") return listField(frame, operation, name, shape, value);
  const options = valuesOf(shape);
  if (options) {
    const words = options.map((one) => ({
      value: one,
      words: valueWords(frame.t, operation.name, name, one),
    }));
    const none = required ? [] : [{ value: "", words: frame.t.rows.notSet }];
    return choice(frame, name, label, [...none, ...words], {
      value: value === undefined || value === null ? "" : String(value),
      help,
      required,
    });
  }
  if (shape["x-text"]) return textField(frame, operation, name, String(value ?? ""), 3);
  return operationField(frame, operation, name, {
    value: value === undefined || value === null ? "" : String(value),
    ...(shape.type === "integer" ? { more: { inputmode: "numeric" } } : {}),
  });
}

/** Text that is what its form is for. */
export function longTextField(frame: Frame, operation: Described, name: string, stored: string): Html {
  return textField(frame, operation, name, stored, 14);
}

/** Text of many lines. */
function textField(frame: Frame, operation: Described, name: string, stored: string, rows: number): Html {
  const { label, help } = fieldWords(frame.t, operation.name, name);
  const text = frame.refusal?.values.get(name) ?? stored;
  const all = { id: fieldId(name), name, rows, ...fieldMarks(frame, name, help !== "") };
  const { required = [] } = operation.input as { required?: readonly string[] };
  return wrapped(frame, name, label, {
    help,
    // The parser drops one line end behind the tag.
    control: html`<textarea${attributes(all)}>\n${text}</textarea>`,
    optional: !required.includes(name),
  });
}

function listField(
  frame: Frame,
  operation: Described,
  name: string,
  { items = {} }: FieldShape,
  value: unknown,
): Html {
  const { label, help } = fieldWords(frame.t, operation.name, name);
  const stored = Array.isArray(value) ? value.map(String) : [];
  const given = frame.refusal?.values.getAll(name) ?? stored;
  const options = valuesOf(items);
  if (options) {
    const boxes = options.map((one) =>
      check("checkbox", name, one, valueWords(frame.t, operation.name, name, one), given.includes(one)),
    );
    return choices(frame, name, label, boxes, { help });
  }
  // Each argument ends its line, so that one without letters at the end is not lost.
  const whole = !frame.refusal && items["x-rule"] === "argument";
  const text = whole ? stored.map((line) => `${line}\n`).join("") : given.join("\n");
  const all = {
    id: fieldId(name),
    name,
    rows: 4,
    spellcheck: "false",
    ...fieldMarks(frame, name, help !== ""),
  };
  return wrapped(frame, name, label, {
    help,
    // The parser drops one line end behind the tag: an argument without letters may come first.
    control: html`<textarea${attributes(all)}>\n${text}</textarea>`,
    optional: false,
  });
}
