import type { TSchema } from "../../src/kernel/schema.ts";

/** The part of JSON Schema that our operations use, read as data. */
export interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly writeOnly?: boolean;
  readonly const?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

export interface Line {
  readonly field: string;
  readonly type: string;
  readonly required: boolean;
  readonly meaning: string;
}

/** Every field of an object schema, inner ones as `mailbox.bytes` and `items[].name`. */
export function linesOf(schema: TSchema | Shape, prefix = ""): Line[] {
  const { properties = {}, required = [] } = schema as Shape;
  return Object.entries(properties).flatMap(([name, shape]) => {
    const field = prefix + name;
    const line = { field, type: typeOf(shape), required: required.includes(name), meaning: meaningOf(shape) };
    return [line, ...linesOf(innerOf(shape), `${field}${shape.type === "array" ? "[]." : "."}`)];
  });
}

function innerOf(shape: Shape): Shape {
  if (shape.type === "array") return shape.items ?? {};
  return shape.anyOf?.find(({ properties }) => properties !== undefined) ?? shape;
}

function typeOf(shape: Shape): string {
  if (shape.anyOf) return shape.anyOf.map(typeOf).join(" or ");
  if ("const" in shape) return JSON.stringify(shape.const);
  if (shape.type === "array") return `array of ${typeOf(shape.items ?? {})}`;
  return shape.type ?? "anything";
}

function meaningOf(shape: Shape): string {
  return [
    shape.description ?? "",
    lengthOf(shape),
    rangeOf(shape),
    shape.writeOnly ? "A secret: never shown again" : "",
  ]
    .filter((part) => part !== "")
    .join("; ");
}

function lengthOf({ minLength = 0, maxLength }: Shape): string {
  if (maxLength === undefined) return "";
  return minLength > 0 ? `${minLength} to ${maxLength} characters` : `at most ${maxLength} characters`;
}

function rangeOf({ minimum, maximum }: Shape): string {
  if (maximum === undefined) return "";
  return minimum === undefined ? `at most ${maximum}` : `${minimum} to ${maximum}`;
}
