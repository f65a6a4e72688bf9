import { type Static, type TObject, type TSchema, type TUnsafe, Type } from "typebox";
import { Check, Errors } from "typebox/schema";
import type { FieldProblem } from "../errors/error.ts";
import { isSecretVariable } from "../xmail/secret-names.ts";

/** The one door to TypeBox. Not used here: `Tuple`, `BigInt`, `$ref` (no valid OpenAPI 3.1, see DEPENDENCIES). */
export { type Static, type TObject, type TSchema, type TUnsafe, Type };

/** Annotations we put on a property beside JSON Schema's own. */
export interface FieldNotes {
  /** Key of the sentence that explains the pattern or format, in `web/text/`; English stands in `description`. */
  readonly "x-rule"?: string;
  /** A secret: masked in audit and logs, a password box in forms, never in an output. */
  readonly writeOnly?: boolean;
  /** A secret in an output that nothing tells again: a new key, a generated password. */
  readonly "x-shown-once"?: boolean;
  /** Text that may hold secrets among other things, such as a whole file: masked in audit and logs. */
  readonly "x-holds-secrets"?: boolean;
  /** Text of many lines: the command line takes it from a file. */
  readonly "x-text"?: boolean;
  readonly description?: string;
}

type FlatSchema = {
  properties?: Record<string, TSchema & FieldNotes>;
  required?: readonly string[];
};

/**
 * What is wrong with `value`, field by field in the order of the schema; empty when it fits. Fields are checked one
 * by one because the validator stops after eight complaints and a form shows all of them.
 */
export function problemsOf(schema: TSchema, value: unknown): FieldProblem[] {
  if (Check(schema, value)) return [];
  const { properties = {}, required = [] } = schema as FlatSchema;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [{ field: "", rule: "object", message: "An object with the named fields is needed." }];
  }
  const given = value as Record<string, unknown>;
  const found: FieldProblem[] = [];
  for (const [field, property] of Object.entries(properties)) {
    const present = Object.hasOwn(given, field) && given[field] !== undefined;
    if (!present && required.includes(field)) {
      found.push({ field, rule: "required", message: `${field} is missing.` });
    } else if (present && !Check(property, given[field])) {
      found.push(firstProblem(field, property, given[field]));
    }
  }
  for (const field of Object.keys(given)) {
    if (!Object.hasOwn(properties, field)) {
      found.push({ field, rule: "unknown", message: `${field} is not a field of this operation.` });
    }
  }
  return found.length > 0 ? found : [{ field: "", rule: "invalid", message: "The input does not fit." }];
}

function firstProblem(field: string, schema: TSchema & FieldNotes, value: unknown): FieldProblem {
  const [, errors] = Errors(schema, value);
  const first = errors[0];
  const keyword = first?.keyword ?? "invalid";
  const limit = (first?.params as { limit?: number } | undefined)?.limit;
  if (value === "" && typeof schema === "object" && keyword !== "type") {
    return { field, rule: "required", message: `${field} is empty.` };
  }
  const rule = schema["x-rule"];
  if (rule !== undefined && keyword !== "type" && limit === undefined) {
    return { field, rule, message: `${field}: ${schema.description ?? first?.message ?? "not valid"}` };
  }
  const message = `${field} ${first?.message ?? "is not valid"}.`;
  return limit === undefined ? { field, rule: keyword, message } : { field, rule: keyword, limit, message };
}

/** `input` with every secret field of `schema` masked: what audit and logs may see. */
export function redact(schema: TSchema, input: unknown): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return null;
  const { properties = {} } = schema as FlatSchema;
  return Object.fromEntries(
    Object.entries(input).map(([field, value]) => {
      // A field the schema does not know may be a misspelt secret.
      const known = properties[field];
      if (known === undefined || known.writeOnly === true || known["x-holds-secrets"] === true)
        return [field, MASK];
      return [field, Array.isArray(value) ? value.map(withoutNamedSecret) : withoutPicture(value)];
    }),
  );
}

const MASK = "***";

/** Of a variable and its value, the value where others keep a secret in such a one. */
function withoutNamedSecret(item: unknown): unknown {
  const { name, value } = (item ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof name !== "string" || value === undefined || !isSecretVariable(name)) return item;
  return { ...(item as object), value: MASK };
}

const PICTURE_KIND = /^data:[a-z/]+;base64,/;

/** A picture is told by its kind: a hundred kilobytes of it would say nothing in a log. */
function withoutPicture(value: unknown): unknown {
  const [kind] = (typeof value === "string" && PICTURE_KIND.exec(value)) || [];
  return kind === undefined ? value : `${kind}…`;
}
