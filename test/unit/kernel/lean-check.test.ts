import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import fc from "fast-check";
import { Check as RealCheck, Errors as RealErrors } from "typebox/schema";
import { afterAll, describe, expect, test } from "vitest";
import { Check, Errors } from "../../../src/kernel/lean-check.ts";
import { Type as LeanType } from "../../../src/kernel/lean-type.ts";
import { Type } from "../../../src/kernel/schema.ts";
import { ALL_OPERATIONS } from "../../../src/operations/table.ts";

type Schema = { readonly [keyword: string]: unknown };

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "xmailcfg-lean-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every schema of the program, built with the real makers or the lean ones. */
async function schemasOf(alias: Record<string, string>): Promise<{ json: string; operations: Schema[] }> {
  const entry = join(folder, "entry.ts");
  const outfile = join(folder, `${Object.keys(alias).length}.cjs`);
  writeFileSync(
    entry,
    `import { ALL_OPERATIONS } from "${at("src/operations/table.ts")}";
import { Config } from "${at("src/config/schema.ts")}";
import { FILES } from "${at("src/tab/files.ts")}";
export const operations = ALL_OPERATIONS.flatMap(({ input, output }) => [input, output]);
export const json = JSON.stringify([operations, Config, FILES]);`,
  );
  const resolveDir = { nodePaths: [at("node_modules")] };
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "cjs",
    platform: "node",
    alias,
    ...resolveDir,
  });
  return createRequire(import.meta.url)(outfile) as { json: string; operations: Schema[] };
}

test("every schema of the program is the same with the lean makers", async () => {
  const real = await schemasOf({});
  const lean = await schemasOf({
    typebox: at("src/kernel/lean-type.ts"),
    "typebox/schema": at("src/kernel/lean-check.ts"),
  });
  expect(real.operations.length).toBe(ALL_OPERATIONS.length * 2);
  expect(lean.json).toBe(real.json);
  expect(lean.json.length).toBeGreaterThan(10_000);
});

const anything = fc.oneof(
  fc.anything({ maxDepth: 2, withNullPrototype: true }),
  fc.constantFrom(
    undefined,
    null,
    "",
    0,
    -1,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    [],
    {},
    "😀",
    "\ud800",
  ),
);

/** Mostly what fits, and now and then what almost fits. */
function near(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: fitting(schema) }, { weight: 1, arbitrary: anything });
}

function fitting(schema: Schema): fc.Arbitrary<unknown> {
  const { type, properties, items, anyOf, pattern, minLength = 0, maxLength = 8, minimum = 0 } = schema;
  if (schema["const"] !== undefined) return fc.constant(schema["const"]);
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map((one) => near(one as Schema)));
  switch (type) {
    case "object":
      return fc
        .tuple(
          fc.record(
            Object.fromEntries(
              Object.entries(properties as Record<string, Schema>).map(([name, one]) => [name, near(one)]),
            ),
            { requiredKeys: [] },
          ),
          fc.option(
            fc.dictionary(fc.constantFrom("extra", "toString", "constructor", "__proto__"), anything),
            {
              freq: 8,
              nil: {},
            },
          ),
        )
        .map(([known, more]) => ({ ...known, ...more }));
    case "array":
      return fc.array(near(items as Schema), { maxLength: 5 });
    case "string": {
      const [least, most] = [Number(minLength), Number(maxLength)];
      const lengths = fc.constantFrom(least - 1, least, most, most + 1).filter((n) => n >= 0 && n < 500);
      return fc.oneof(
        fc.string({ unit: "grapheme" }),
        lengths.map((n) => "a".repeat(n)),
        lengths.map((n) => "😀".repeat(n)),
        pattern === undefined
          ? fc.string()
          : fc.stringMatching(new RegExp(String(pattern), "u"), { size: "small" }),
      );
    }
    case "integer":
    case "number":
      return fc.oneof(
        fc.integer({ min: Number(minimum) - 2, max: Number(schema["maximum"] ?? 1e9) + 2 }),
        fc.double(),
      );
    case "boolean":
      return fc.boolean();
    default:
      return anything;
  }
}

function expectSame(schema: Schema, value: unknown): boolean {
  const wanted = RealCheck(schema, value);
  expect(Check(schema, value)).toBe(wanted);
  const [theirs, ours] = [RealErrors(schema, value), Errors(schema, value)];
  expect(ours[0]).toBe(theirs[0]);
  const first = theirs[1][0];
  expect(ours[1][0]).toEqual(
    first && { keyword: first.keyword, params: first.params, message: first.message },
  );
  return wanted;
}

const SMALL = {
  tuple: Type.Object({
    a: Type.Array(Type.Integer({ minimum: 1, maximum: 3 }), { minItems: 1, maxItems: 2 }),
  }),
  union: Type.Union([Type.Literal("a"), Type.Literal(1), Type.Null(), Type.Object({ b: Type.Boolean() })]),
  text: Type.String({ minLength: 2, maxLength: 3, pattern: "^[a-z😀]+$" }),
  optional: Type.Object(
    { a: Type.Optional(Type.Number()), b: Type.Unknown() },
    { additionalProperties: false },
  ),
} as const;

describe("verdicts and first complaints are those of typebox", () => {
  const schemas: [string, Schema][] = [
    ...Object.entries(SMALL as unknown as Record<string, Schema>),
    ...ALL_OPERATIONS.flatMap(({ name, input, output }): [string, Schema][] => [
      [`${name} input`, input as unknown as Schema],
      [`${name} output`, output as unknown as Schema],
    ]),
  ];
  test.each(schemas)("%s", (_, schema) => {
    let [good, bad] = [0, 0];
    fc.assert(
      fc.property(near(schema), (value) => {
        if (expectSame(schema, value)) good += 1;
        else bad += 1;
      }),
      { numRuns: 300 },
    );
    // Both kinds, or the property says little.
    expect(bad).toBeGreaterThan(0);
    expect(good + bad).toBeGreaterThanOrEqual(300);
  });
});

test("a keyword that is not known is refused, not passed over", () => {
  expect(() => Check({ type: "string", format: "email" }, "x")).toThrow("format");
  expect(() => Check({ type: "object", properties: {}, additionalProperties: {} }, {})).toThrow();
  expect(LeanType.Literal("a")).toEqual({ type: "string", const: "a" });
});

test.each([["bigint"], ["undefined"], [["string", "null"]], ["toString"]])(
  "the type %j is refused, not taken for text",
  (type) => {
    expect(() => Check({ type }, "x")).toThrow("does not check the type");
    expect(() => Check({ type: "object", properties: { a: { type } } }, { a: "x" })).toThrow("type");
  },
);
