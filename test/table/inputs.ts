import fc from "fast-check";
import type { AnyOperation } from "../../src/kernel/operation.ts";

/** Just enough of JSON Schema for the inputs of our table; an unknown form throws, so none is passed over. */
interface Json {
  type?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  const?: unknown;
  anyOf?: Json[];
  items?: Json;
  properties?: Record<string, Json>;
  required?: string[];
  "x-rule"?: string;
}

/** Few names, so that inputs meet each other's objects: that is where confinement breaks. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  domain: ["example.com", "example.org", "EXAMPLE.com", "other.test"],
  name: ["hana", "Hana", "ken", "info"],
  alias: ["sales", "*", "s?les", "mirror.test", "*.test"],
  target: ["hana", "ken@example.org", "hana@example.com", "ken@other.test"],
  address: ["hana@example.com", "sales@example.org", "x@mirror.test"],
  confirm: ["stop", "restart"],
  csv: [
    "address,password,kind\r\nNew@Example.com,Long-enough-1,user\r\nnews@example.com,Long-enough-2,list\r\n",
    "alias,target\nhelp@example.com,hana@example.com\nken2,hana\n",
    "address\nhana@example.com\nsora@elsewhere.test\n",
  ],
  password: ["Long-enough-1", "another$secret"],
  cursor: [Buffer.from("after:a").toString("base64url")],
};

/** What only a reader of its own understands. */
const BY_RULE: Readonly<Record<string, readonly string[]>> = {
  "record-id": ["2026-11-24.0", "2026-11-24.4711"],
  "ip-address": ["192.0.2.7", "2001:db8::7", "127.0.0.1", "not one"],
  "ip-range": ["192.0.2.0/24", "10.0.0.1", "2001:db8::/32", "10.0.0.0 255.0.0.0", "a-b"],
};

export function inputFor(operation: AnyOperation): fc.Arbitrary<Record<string, unknown>> {
  return arbitrary(operation.input as Json) as fc.Arbitrary<Record<string, unknown>>;
}

function arbitrary(schema: Json, field = ""): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((option) => arbitrary(option)));
  if (schema.type === "string") return text(schema, field);
  if (schema.type === "integer") return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1000 });
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "null") return fc.constant(null);
  if (schema.type === "array") return fc.array(arbitrary(schema.items ?? {}), { maxLength: 3 });
  if (schema.type === "object") {
    const properties = Object.entries(schema.properties ?? {}).map(([key, value]) => [
      key,
      arbitrary(value, key),
    ]);
    const { required = [] } = schema;
    const record = fc.record(Object.fromEntries(properties) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys: required,
    });
    // Where nothing has to be said, nothing is what most ask.
    return required.length > 0 ? record : fc.oneof({ weight: 3, arbitrary: record }, fc.constant({}));
  }
  throw new Error(`No generator for ${JSON.stringify(schema)}`);
}

function text(schema: Json, field: string): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 30 } = schema;
  // Of one length, which is beyond what is made up here.
  if (schema["x-rule"] === "record-hash") return fc.constantFrom("0".repeat(64), "Ab".repeat(32));
  const wild = schema.pattern
    ? fc.stringMatching(new RegExp(schema.pattern, "u"), { maxLength: Math.min(maxLength, 40) })
    : fc.string({ minLength, maxLength: Math.min(maxLength, 40) });
  const shared = BY_RULE[schema["x-rule"] ?? ""] ?? SHARED[field];
  return shared ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...shared) }, wild) : wild;
}
