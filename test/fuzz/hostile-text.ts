import type { Input, Json } from "../support/good-inputs.ts";
import { sampleOf } from "../support/good-inputs.ts";

/** What stands between the two ends of a text: whatever ends up apart from its ends was split. */
export const HEAD = "axq";
export const TAIL = "zzq";

/** Letters that end a line, a cell, a quoted text, a command or a C string somewhere. */
export const HOSTILE: readonly string[] = [
  "\r\n",
  "\n",
  "\r",
  "\t",
  "\u0000",
  "\u000b",
  '"',
  '"\r\n"x"\t"y"\r\n',
  '"\t"',
  "'",
  "\\",
  " ",
  "#;,<>",
  "\u0085\u2028",
  "é花👍",
  "\ud800",
  "$(x)`y`|&",
  ".\r\n.\r\n",
  "花".repeat(200),
  "y".repeat(3000),
];

/** How texts of some form begin and end around the two ends; the empty one is tried first. */
const FORMS: readonly ((inside: string) => string)[] = [
  (inside) => inside,
  (inside) => `${inside}@example.com`,
  (inside) => `aoi@${inside}.test`,
  (inside) => `${inside}.test`,
  (inside) => `/usr/bin/${inside}`,
  (inside) => `${inside}.tab`,
  (inside) => `Aa1-${inside}`,
];

/** The same text in every form: harmless first, so that it can be seen which form is taken. */
export const TEXTS = FORMS.map((form) => ({
  harmless: form(HEAD + TAIL),
  hostile: (between: string) => form(HEAD + between + TAIL),
}));

export interface Place {
  /** `set[0].value` */
  readonly name: string;
  readonly schema: Json;
  put(input: Input, text: string): Input;
}

/** Every place of an input where a text may stand; the texts of many lines have a suite of their own. */
export function placesOf(schema: Json): Place[] {
  return Object.entries(schema.properties ?? {}).flatMap(([field, property]) =>
    inside(property).map(({ name, schema: at, put }) => ({
      name: `${field}${name}`,
      schema: at,
      put: (input, text) => ({ ...input, [field]: put(input[field], text) }),
    })),
  );
}

interface Inner {
  readonly name: string;
  readonly schema: Json;
  put(value: unknown, text: string): unknown;
}

function inside(schema: Json): Inner[] {
  if (schema["x-text"] || schema.const !== undefined) return [];
  if (schema.type === "string") return [{ name: "", schema, put: (_, text) => text }];
  if (schema.anyOf) return schema.anyOf.flatMap(inside);
  if (schema.type === "array") {
    const { items = {} } = schema;
    return inside(items).map((one) => ({
      name: `[0]${one.name}`,
      schema: one.schema,
      put(value, text) {
        const [first = sampleOf(items), ...rest] = Array.isArray(value) ? (value as unknown[]) : [];
        return [one.put(first, text), ...rest];
      },
    }));
  }
  return placesOf(schema).map(({ name, schema: at, put }) => ({
    name: `.${name}`,
    schema: at,
    put: (value, text) => put((value ?? {}) as Input, text),
  }));
}
