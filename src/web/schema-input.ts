import type { AnyOperation } from "../kernel/operation.ts";
import { type FieldShape, shapeOf, valuesOf } from "./parts/field-shape.ts";
import { groupName, groupNumbers } from "./parts/group-names.ts";

/**
 * What a form of `schemaField`s says, as input: an empty text of a field that need not be given is left out, one line of a
 * list is one entry, a box that is not ticked is false. What does not fit stays text, so that the refusal names the field.
 */
export function inputOfForm(
  operation: Pick<AnyOperation, "name" | "input">,
  names: readonly string[],
  form: URLSearchParams,
): Record<string, unknown> {
  const required = (operation.input as { required?: readonly string[] }).required ?? [];
  const input: Record<string, unknown> = {};
  for (const name of names) {
    const value = valueIn(shapeOf(operation, name), form, name);
    if (value !== "" || required.includes(name)) input[name] = value;
  }
  return input;
}

/** Blanks around an argument, and an argument without any letters, are the program's matter. */
const EXACT = "argument";

function exactLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  // The end of the last line begins no further one.
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** Groups in which nothing is filled in are the empty ones that were offered. */
function groupsIn({ properties = {}, required = [] }: FieldShape, form: URLSearchParams, name: string) {
  return groupNumbers(form, name)
    .map((at) =>
      Object.fromEntries(
        Object.entries(properties)
          .map(([part, shape]) => [part, valueIn(shape, form, groupName(name, at, part))] as const)
          .filter(([part, value]) => value !== "" || required.includes(part)),
      ),
    )
    .filter((group) => Object.values(group).some((value) => value !== ""));
}

function valueIn(shape: FieldShape, form: URLSearchParams, name: string): unknown {
  if (shape.type === "boolean") return form.get(name) === "true";
  if (shape.type === "array" && shape.items?.type === "object") return groupsIn(shape.items, form, name);
  if (shape.type === "array") {
    const given = form.getAll(name);
    if (valuesOf(shape.items ?? {})) return given;
    if (shape.items?.["x-rule"] === EXACT) return exactLines(given.join("\n"));
    return given
      .flatMap((text) => text.split(/\r?\n/))
      .map((line) => line.trim())
      .filter((line) => line !== "");
  }
  const text = form.get(name) ?? "";
  const typed = shape.writeOnly ? text : text.trim();
  const number = shape.type === "integer" || (shape.anyOf ?? []).some(({ type }) => type === "integer");
  // Full-width digits come from Japanese keyboards.
  const digits = typed.normalize("NFKC");
  return number && /^-?\d{1,15}$/.test(digits) ? Number(digits) : typed;
}
