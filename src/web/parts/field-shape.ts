import type { AnyOperation } from "../../kernel/operation.ts";
import type { Text } from "../text/en.ts";
import { visible } from "./shown.ts";

/** The part of JSON Schema that decides how a field is filled in. */
export interface FieldShape {
  readonly type?: string;
  readonly const?: string | number | boolean;
  readonly anyOf?: readonly FieldShape[];
  readonly items?: FieldShape;
  readonly writeOnly?: boolean;
  readonly properties?: Readonly<Record<string, FieldShape>>;
  readonly required?: readonly string[];
  readonly "x-rule"?: string;
  readonly "x-text"?: boolean;
}

export function shapeOf({ input }: Pick<AnyOperation, "input">, name: string): FieldShape {
  return (input as { properties?: Record<string, FieldShape> }).properties?.[name] ?? {};
}

/** The values that may be chosen; `null` when anything may be typed. */
export function valuesOf(shape: FieldShape): readonly string[] | null {
  const options = (shape.anyOf ?? [shape]).filter(({ type }) => type !== "null");
  return options.every((option) => option.const !== undefined) && options.length > 0
    ? options.map((option) => String(option.const))
    : null;
}

/** The word for a value that can be chosen; the value itself where there is none. */
export function valueWords(t: Text, operation: string, name: string, value: string): string {
  const noun = operation.slice(0, operation.indexOf("."));
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = t.values;
  return words[`${noun} ${name}`]?.[value] ?? words[name]?.[value] ?? visible(value);
}
