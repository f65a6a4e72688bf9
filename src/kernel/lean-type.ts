/**
 * The few makers of `Type` that we use, as plain JSON Schema. The CGI program is built with this in the place of
 * `typebox`, which would cost more time than the whole request; a test holds both to the same schemas.
 */
type Schema = Readonly<Record<string, unknown>>;

const OPTIONAL = "~optional";

export const Type = {
  String: (options?: Schema) => ({ type: "string", ...options }),
  Integer: (options?: Schema) => ({ type: "integer", ...options }),
  Number: (options?: Schema) => ({ type: "number", ...options }),
  Boolean: (options?: Schema) => ({ type: "boolean", ...options }),
  Null: (options?: Schema) => ({ type: "null", ...options }),
  Unknown: (options?: Schema) => ({ ...options }),
  Literal: (value: string | number | boolean, options?: Schema) => ({
    type: typeof value,
    const: value,
    ...options,
  }),
  Union: (anyOf: readonly Schema[], options?: Schema) => ({ anyOf, ...options }),
  Array: (items: Schema, options?: Schema) => ({ type: "array", items, ...options }),
  Object(properties: Readonly<Record<string, Schema>>, options?: Schema) {
    const required = Object.keys(properties).filter((name) => !isOptional(properties[name]));
    return { type: "object", ...(required.length > 0 ? { required } : {}), properties, ...options };
  },
  /** A copy with a mark that no JSON shows, as `typebox` has it. */
  Optional: (schema: Schema) => Object.defineProperty({ ...schema }, OPTIONAL, { value: true }),
};

function isOptional(schema: Schema | undefined): boolean {
  return schema !== undefined && OPTIONAL in schema;
}
