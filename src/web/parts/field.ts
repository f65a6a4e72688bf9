import type { AnyOperation } from "../../kernel/operation.ts";
import type { FieldNotes, TSchema } from "../../kernel/schema.ts";
import { type Html, html, type Words } from "../html.ts";
import type { Frame } from "../page.ts";
import type { Text } from "../text/en.ts";
import { type Attributes, attributes } from "./attributes.ts";
import { fieldId, problemAt } from "./flash.ts";
import { problemWords } from "./problem-words.ts";

type Described = Pick<AnyOperation, "name" | "input">;
type FieldSchema = TSchema &
  FieldNotes & { readonly minLength?: number; readonly maxLength?: number; readonly pattern?: string };
type FormSchema = { properties?: Record<string, FieldSchema>; required?: readonly string[] };

export interface InputOptions {
  readonly value?: string;
  readonly stack?: boolean;
  /** Stands after the input, such as a unit. */
  readonly after?: Words;
  /** Further attributes, stronger than those of the schema. */
  readonly more?: Attributes;
  readonly help?: Words;
}

/** One text field of an operation, with label, help and attributes read off the operation and `text/`. */
export function operationField(
  frame: Frame,
  operation: Described,
  name: string,
  options: InputOptions = {},
): Html {
  const { label, help } = fieldWords(frame.t, operation.name, name);
  return field(frame, name, label, {
    help,
    ...options,
    required: isRequired(operation, name),
    more: { ...schemaAttributes(operation, name), ...options.more },
  });
}

/** One text field; what was typed before comes back, unless it is a password. */
export function field(
  frame: Frame,
  name: string,
  label: Words,
  options: InputOptions & { readonly required?: boolean; readonly optionalMark?: boolean },
): Html {
  const { value = "", stack, after, more = {}, help, required = false, optionalMark = true } = options;
  const typed = more["type"] === "password" ? "" : (frame.refusal?.values.get(name) ?? value);
  const all = {
    id: fieldId(name),
    name,
    value: typed === "" ? null : typed,
    required,
    autocomplete: "off",
    ...fieldMarks(frame, name, help !== undefined),
    ...more,
  };
  return wrapped(frame, name, label, {
    stack,
    help,
    control: html`<input${attributes(all)}>${after}`,
    optional: optionalMark && !required,
  });
}

/** A list to choose from. */
export function choice(
  frame: Frame,
  name: string,
  label: Words,
  options: readonly { readonly value: string; readonly words: string }[],
  { value = "", help, required = false }: { value?: string; help?: Words; required?: boolean } = {},
): Html {
  const chosen = frame.refusal?.values.get(name) ?? value;
  const all = { id: fieldId(name), name, required, ...fieldMarks(frame, name, help !== undefined) };
  return wrapped(frame, name, label, {
    help,
    control: html`<select${attributes(all)}>${options.map(
      (option) =>
        html`<option value="${option.value}"${option.value === chosen && html` selected`}>${option.words}</option>`,
    )}</select>`,
    optional: false,
  });
}

/** Tick boxes or radios under one label. */
export function choices(
  frame: Frame,
  name: string,
  label: Words,
  boxes: readonly Html[],
  { help }: { help?: Words } = {},
): Html {
  const id = fieldId(name);
  const problem = problemAt(frame, name);
  return html`<div class="field" role="group" aria-labelledby="${id}-l" id="${id}"><span class="label" id="${id}-l">${label}</span><div class="control">${boxes}${
    problem && html`<span class="error" id="${id}-e">${problemWords(frame.t, problem)}</span>`
  }${help !== undefined && html`<span class="help" id="${id}-h">${help}</span>`}</div></div>`;
}

/** A tick box or radio with its words. */
export function check(
  type: "checkbox" | "radio",
  name: string,
  value: string,
  words: Words,
  on: boolean,
): Html {
  return html`<label class="check"><input class="tick" type="${type}" name="${name}" value="${value}"${on && html` checked`}>${words}</label>`;
}

export function fieldWords(t: Text, operation: string, name: string): { label: string; help: string } {
  const words: Readonly<Record<string, { label: string; help: string }>> = t.fields;
  return words[`${operation} ${name}`] ?? words[name] ?? { label: name, help: "" };
}

/** Labels of fields for the summary of a refused form. */
export function labelsOf(t: Text, operation: Described): Record<string, string> {
  const names = Object.keys((operation.input as FormSchema).properties ?? {});
  return Object.fromEntries(names.map((name) => [name, fieldWords(t, operation.name, name).label]));
}

function isRequired(operation: Described, name: string): boolean {
  return (operation.input as FormSchema).required?.includes(name) ?? false;
}

/** What the schema says to the browser: length, pattern, and that a secret is one. */
export function schemaAttributes(operation: Described, name: string): Attributes {
  const schema = (operation.input as FormSchema).properties?.[name];
  if (!schema) return {};
  const { minLength, maxLength, pattern, writeOnly } = schema;
  return {
    maxlength: maxLength,
    // The browser counts length only after typing; below 2 `required` says it better.
    minlength: minLength !== undefined && minLength > 1 ? minLength : undefined,
    pattern: pattern?.replace(/^\^(.*)\$$/s, "$1"),
    ...(writeOnly ? { type: "password", autocomplete: "new-password" } : {}),
    ...(schema["x-rule"] === undefined || schema["x-rule"] === "one-line"
      ? {}
      : { autocapitalize: "none", spellcheck: "false" }),
  };
}

export function fieldMarks(frame: Frame, name: string, helped: boolean): Attributes {
  const id = fieldId(name);
  const problem = problemAt(frame, name);
  const described = [problem && `${id}-e`, helped && `${id}-h`].filter(Boolean).join(" ");
  return {
    "aria-invalid": problem ? "true" : null,
    "aria-describedby": described === "" ? null : described,
  };
}

export function wrapped(
  frame: Frame,
  name: string,
  label: Words,
  parts: { stack?: boolean | undefined; help?: Words | undefined; control: Html; optional: boolean },
): Html {
  const id = fieldId(name);
  const problem = problemAt(frame, name);
  const mark = parts.optional && html` <span class="req">${frame.t.frame.optional}</span>`;
  return html`<div class="field${parts.stack ? " stack" : ""}"><label for="${id}">${label}${mark}</label><div class="control">${parts.control}${
    problem && html`<span class="error" id="${id}-e">${problemWords(frame.t, problem)}</span>`
  }${parts.help !== undefined && html`<span class="help" id="${id}-h">${parts.help}</span>`}</div></div>`;
}
