import type { ParseArgsConfig } from "node:util";
import type { AnyOperation } from "../../src/index.ts";
import { UsageError } from "./terminal.ts";

/** The part of JSON Schema that inputs of operations use. */
export interface FieldSchema {
  readonly type?: string;
  readonly description?: string;
  readonly writeOnly?: boolean;
  /** Text of many lines: its flag names a file. */
  readonly "x-text"?: boolean;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly const?: unknown;
  readonly anyOf?: readonly FieldSchema[];
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, unknown>>;
}

export interface Field {
  readonly name: string;
  readonly flag: string;
  readonly schema: FieldSchema;
  readonly required: boolean;
}

export function fieldsOf(operation: AnyOperation): readonly Field[] {
  const { properties = {}, required = [] } = operation.input as {
    properties?: Record<string, FieldSchema>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    flag: kebab(name),
    schema,
    required: required.includes(name),
  }));
}

export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A secret of one line, as a password. */
export function isTyped(schema: FieldSchema): boolean {
  return schema.writeOnly === true && schema["x-text"] !== true;
}

/** Whether a value is a whole number, or nothing. */
export function isWhole({ type, anyOf = [] }: FieldSchema): boolean {
  return type === "integer" || anyOf.some((option) => option.type === "integer");
}

/** Whether `--no-flag` says something: no, or nothing. */
export function hasNo(schema: FieldSchema): boolean {
  return schema.type === "boolean" || (schema.anyOf?.some(({ type }) => type === "null") ?? false);
}

/** Secrets have no flag of their own: a command line is seen by every user of the machine. */
export function optionsFor(fields: readonly Field[]): NonNullable<ParseArgsConfig["options"]> {
  const negative = fields.filter(({ schema }) => hasNo(schema)).map(({ flag }) => `no-${flag}`);
  return {
    ...Object.fromEntries(negative.map((flag) => [flag, { type: "boolean" } as const])),
    ...Object.fromEntries(
      fields.map(({ flag, schema }) => [
        isTyped(schema) ? `${flag}-file` : flag,
        {
          type: schema.type === "boolean" ? "boolean" : "string",
          multiple: schema.type === "array",
        } as const,
      ]),
    ),
  };
}

/** What was given for a field, as text; `undefined` for nothing. */
export function givenFor({ flag, schema }: Field, values: Readonly<Record<string, unknown>>): unknown {
  const no = hasNo(schema) && values[`no-${flag}`] === true;
  if (!no) return values[flag];
  if (values[flag] !== undefined) throw new UsageError(`--${flag} and --no-${flag} contradict each other`);
  return schema.type === "boolean" ? false : null;
}

/** One flag's text as the value its field wants; what does not fit stays text, for the operation to refuse by name. */
export function fieldValue({ flag, schema }: Field, given: unknown): unknown {
  if (Array.isArray(given)) return given.map((text) => itemOf(flag, schema.items ?? {}, String(text)));
  if (isWhole(schema) && typeof given === "string" && /^-?\d+$/.test(given)) return Number(given);
  return given;
}

function itemOf(flag: string, schema: FieldSchema, text: string): unknown {
  if (schema.type !== "object") return text;
  if (!isNamed(schema) || text.startsWith("{")) return objectIn(flag, text);
  const at = text.indexOf("=");
  if (at < 1) throw new UsageError(`--${flag} takes NAME=VALUE, not ${text}`);
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

/** Whether items are a name and a value, which are written `NAME=VALUE`. */
export function isNamed({ properties = {} }: FieldSchema): boolean {
  return "name" in properties && "value" in properties;
}

function objectIn(flag: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`--${flag} takes JSON, like {"host":"mail.example.com"}, not ${text}`);
  }
}
