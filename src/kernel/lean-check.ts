/**
 * `Check` and `Errors` for the keywords of `lean-type.ts`, with the verdicts and first complaints of `typebox/schema`: a
 * property test holds both together. Any other keyword is refused, never passed over.
 */
interface Complaint {
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
}

type Schema = Readonly<Record<string, unknown>>;
type Rule = (limit: never, value: never, schema: Schema) => Complaint | null;

export function Check(schema: object, value: unknown): boolean {
  return complaintAbout(schema as Schema, value) === null;
}

export function Errors(schema: object, value: unknown): [boolean, Complaint[]] {
  const complaint = complaintAbout(schema as Schema, value);
  return complaint ? [false, [complaint]] : [true, []];
}

/** A rule of a schema that applies to values of some kind. */
interface Bound {
  readonly fits: (value: unknown) => boolean;
  readonly rule: Rule;
  readonly limit: unknown;
}

const bound = new WeakMap<Schema, readonly Bound[]>();

function complaintAbout(schema: Schema, value: unknown): Complaint | null {
  for (const { fits, rule, limit } of bound.get(schema) ?? bindRules(schema)) {
    if (!fits(value)) continue;
    const found = rule(limit as never, value as never, schema);
    if (found) return found;
  }
  return null;
}

function bindRules(schema: Schema): readonly Bound[] {
  requireKnown(schema);
  const rules = RULES.flatMap(([fits, rules]) =>
    rules
      .filter(([keyword]) => schema[keyword] !== undefined)
      .map(([keyword, rule]) => ({ fits, rule, limit: schema[keyword] })),
  );
  bound.set(schema, rules);
  return rules;
}

const anything = () => true;
const isString = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown) => Number.isFinite(value);
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

/** In the order in which `typebox` complains. */
const RULES: readonly (readonly [fits: (value: unknown) => boolean, rules: readonly [string, Rule][]])[] = [
  [anything, [["type", wrongType]]],
  [
    isObject,
    [
      ["required", missing],
      ["additionalProperties", unknown],
      ["properties", wrongProperty],
    ],
  ],
  [
    Array.isArray,
    [
      ["items", wrongItem],
      ["minItems", tooFew],
      ["maxItems", tooMany],
    ],
  ],
  [
    isString,
    [
      ["minLength", tooShort],
      ["maxLength", tooLong],
      ["pattern", otherPattern],
    ],
  ],
  [
    isNumber,
    [
      ["minimum", tooSmall],
      ["maximum", tooLarge],
    ],
  ],
  [
    anything,
    [
      ["const", otherValue],
      ["anyOf", noneOf],
    ],
  ],
];

/** What says nothing about values. */
const NOTES = [
  "description",
  "writeOnly",
  "x-rule",
  "x-shown-once",
  "x-text",
  "x-holds-secrets",
  "~optional",
];
const KNOWN = new Set([...NOTES, ...RULES.flatMap(([, rules]) => rules.map(([keyword]) => keyword))]);

function requireKnown(schema: Schema): void {
  for (const keyword in schema) {
    if (!KNOWN.has(keyword)) throw new TypeError(`The CGI program does not check the keyword ${keyword}.`);
  }
  const { type } = schema;
  if (type !== undefined && !(typeof type === "string" && Object.hasOwn(TYPES, type))) {
    throw new TypeError(`The CGI program does not check the type ${String(type)}.`);
  }
}

function wrongType(type: string, value: unknown): Complaint | null {
  return TYPES[type]?.(value) ? null : complain("type", { type }, `must be ${type}`);
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: isString,
  integer: Number.isInteger,
  number: isNumber,
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
};

function missing(names: readonly string[], value: object): Complaint | null {
  const requiredProperties = names.filter((name) => !has(value, name));
  if (requiredProperties.length === 0) return null;
  return complain(
    "required",
    { requiredProperties },
    `must have required properties ${requiredProperties.join(", ")}`,
  );
}

function unknown(others: unknown, value: object, { properties = {} }: Schema): Complaint | null {
  if (others !== false) throw new TypeError("The CGI program knows additionalProperties: false only.");
  const names = Object.getOwnPropertyNames(value);
  return names.every((name) => Object.hasOwn(properties as object, name))
    ? null
    : complain("boolean", {}, "schema is false");
}

function wrongProperty(
  properties: Readonly<Record<string, Schema>>,
  value: Readonly<Record<string, unknown>>,
  { required = [] }: Schema,
): Complaint | null {
  for (const [name, schema] of Object.entries(properties)) {
    const isRequired = (required as readonly string[]).includes(name);
    if (!isRequired && value[name] === undefined) continue;
    const found = has(value, name) ? complaintAbout(schema, value[name]) : null;
    if (found) return found;
  }
  return null;
}

function wrongItem(items: Schema, values: readonly unknown[]): Complaint | null {
  for (const value of values) {
    const found = complaintAbout(items, value);
    if (found) return found;
  }
  return null;
}

function tooFew(limit: number, { length }: readonly unknown[]): Complaint | null {
  return length >= limit ? null : complain("minItems", { limit }, `must not have fewer than ${limit} items`);
}

function tooMany(limit: number, { length }: readonly unknown[]): Complaint | null {
  return length <= limit ? null : complain("maxItems", { limit }, `must not have more than ${limit} items`);
}

function tooShort(limit: number, text: string): Complaint | null {
  if (lengthOf(text) >= limit) return null;
  return complain("minLength", { limit }, `must not have fewer than ${limit} characters`);
}

function tooLong(limit: number, text: string): Complaint | null {
  // A character is two code units at most.
  if (text.length <= limit || lengthOf(text) <= limit) return null;
  return complain("maxLength", { limit }, `must not have more than ${limit} characters`);
}

/** Code points. */
function lengthOf(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? [...text].length : text.length;
}

const compiled = new Map<string, RegExp>();

function otherPattern(pattern: string, text: string): Complaint | null {
  const regexp = compiled.get(pattern) ?? new RegExp(pattern, "u");
  compiled.set(pattern, regexp);
  return regexp.test(text) ? null : complain("pattern", { pattern }, `must match pattern "${pattern}"`);
}

function tooSmall(limit: number, value: number): Complaint | null {
  if (value >= limit) return null;
  return complain("minimum", { comparison: ">=", limit }, `must be >= ${limit}`);
}

function tooLarge(limit: number, value: number): Complaint | null {
  if (value <= limit) return null;
  return complain("maximum", { comparison: "<=", limit }, `must be <= ${limit}`);
}

function otherValue(allowedValue: unknown, value: unknown): Complaint | null {
  return value === allowedValue ? null : complain("const", { allowedValue }, "must be equal to constant");
}

function noneOf(choices: readonly Schema[], value: unknown): Complaint | null {
  let first: Complaint | null = null;
  for (const schema of choices) {
    const found = complaintAbout(schema, value);
    if (!found) return null;
    first ??= found;
  }
  return first ?? complain("anyOf", {}, "must match a schema in anyOf");
}

function complain(keyword: string, params: Complaint["params"], message: string): Complaint {
  return { keyword, params, message };
}

/** As `typebox` looks for names: inherited ones count, but for three that every object inherits. */
function has(value: object, name: string): boolean {
  return ["__proto__", "constructor", "prototype"].includes(name)
    ? Object.hasOwn(value, name)
    : name in value;
}
