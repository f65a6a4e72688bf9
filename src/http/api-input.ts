import { type FieldProblem, fail } from "../errors/error.ts";
import type { FieldNotes, TSchema } from "../kernel/schema.ts";
import { propertiesOf } from "./api-routes.ts";

/** Where the fields of one call came from; the body is parsed already. */
export interface Sources {
  readonly params: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * One flat input out of path, query and body. Text from path and query becomes what the schema asks for; what does
 * not fit stays text, so that validation names the field. `INVALID_INPUT` for a field with two different values, a
 * single field repeated in the query, a secret in the query (addresses end up in logs).
 */
export function mergeInput(schema: TSchema, sources: Sources): Record<string, unknown> {
  const properties = propertiesOf(schema);
  const merged = new Map<string, unknown>();
  const problems: FieldProblem[] = [];
  const add = (field: string, value: unknown) => {
    if (merged.has(field) && JSON.stringify(merged.get(field)) !== JSON.stringify(value)) {
      problems.push({ field, rule: "conflict", message: `${field} has two different values.` });
    }
    merged.set(field, value);
  };
  for (const [field, text] of sources.params) add(field, coerce(properties[field], text));
  for (const field of new Set(sources.query.keys())) {
    const texts = sources.query.getAll(field);
    const property = Object.hasOwn(properties, field) ? properties[field] : undefined;
    const problem = queryProblem(field, property, texts.length);
    if (problem) problems.push(problem);
    else
      add(
        field,
        isArray(property)
          ? texts.map((text) => coerce(itemsOf(property), text))
          : coerce(property, texts[0] ?? ""),
      );
  }
  for (const [field, value] of Object.entries(sources.body)) add(field, value);
  if (problems.length > 0) fail("INVALID_INPUT", undefined, { fields: problems });
  // `fromEntries` makes `__proto__` a field like any other, which validation then refuses by name.
  return Object.fromEntries(merged);
}

interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly items?: TSchema;
  readonly anyOf?: readonly TSchema[];
}

function queryProblem(
  field: string,
  property: (TSchema & FieldNotes) | undefined,
  count: number,
): FieldProblem | null {
  if (property?.writeOnly) {
    return {
      field,
      rule: "inBody",
      message: `${field} is a secret: send it in the body, not in the address.`,
    };
  }
  if (property && count > 1 && !isArray(property)) {
    return { field, rule: "repeated", message: `${field} stands more than once in the address.` };
  }
  return null;
}

function isArray(schema: TSchema | undefined): boolean {
  return (schema as Shape | undefined)?.type === "array";
}

function itemsOf(schema: TSchema | undefined): TSchema | undefined {
  return (schema as Shape | undefined)?.items;
}

function coerce(schema: TSchema | undefined, text: string): unknown {
  const { type, const: only, anyOf = [] } = (schema ?? {}) as Shape;
  if (only !== undefined && String(only) === text) return only;
  if (type === "integer" && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (type === "number" && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return Number(text);
  if (type === "boolean" && /^(?:true|false)$/.test(text)) return text === "true";
  for (const option of anyOf) {
    const value = coerce(option, text);
    if (value !== text) return value;
  }
  return text;
}
