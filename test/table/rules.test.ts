import { describe, expect, test } from "vitest";
import { ERROR_CODES } from "../../src/errors/codes.ts";
import { ALL_OPERATIONS, OPERATIONS } from "../../src/operations/table.ts";

interface Json {
  type?: string;
  additionalProperties?: unknown;
  properties?: Record<string, Json & Record<string, unknown>>;
  items?: Json;
  anyOf?: Json[];
  pattern?: string;
}

const READS = ["list", "get", "explain", "status"];

describe("rules every operation keeps", () => {
  test("the table has operations, and each stands under its own name", () => {
    expect(ALL_OPERATIONS.length).toBeGreaterThanOrEqual(20);
    for (const [noun, verbs] of Object.entries(OPERATIONS)) {
      for (const [verb, operation] of Object.entries(verbs)) expect(operation.name).toBe(`${noun}.${verb}`);
    }
    expect(new Set(ALL_OPERATIONS.map((op) => op.name)).size).toBe(ALL_OPERATIONS.length);
  });

  for (const operation of ALL_OPERATIONS) {
    describe(operation.name, () => {
      const input = operation.input as Json;

      test("takes a closed, flat object", () => {
        expect(input.type).toBe("object");
        expect(input.additionalProperties).toBe(false);
      });

      test("answers with closed objects, and with nothing secret", () => {
        for (const object of objectsIn(operation.output as Json)) {
          expect(object.additionalProperties).toBe(false);
          for (const [field, schema] of Object.entries(object.properties ?? {})) {
            expect(schema["writeOnly"], field).toBeUndefined();
            expect(field).not.toMatch(/passw|secret|token/i);
          }
        }
      });

      test("passwords are marked as secrets", () => {
        for (const [field, schema] of Object.entries(input.properties ?? {})) {
          if (/passw|secret/i.test(field)) expect(schema["writeOnly"]).toBe(true);
        }
      });

      test("names exactly one reach: a target, or rows", () => {
        expect(Boolean(operation.target) !== Boolean(operation.each)).toBe(true);
      });

      test("its effect fits its verb and its HTTP method", () => {
        const verb = operation.name.split(".")[1] ?? "";
        expect(operation.effect === "read").toBe(READS.includes(verb));
        expect(operation.effect === "destroy").toBe(verb === "remove");
        const method = operation.http?.split(" ")[0];
        if (method === "GET") expect(operation.effect).toBe("read");
        if (method === "DELETE") expect(operation.effect).toBe("destroy");
      });

      test("path parameters are required inputs", () => {
        const names = [...(operation.http ?? "").matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
        const required = (input as { required?: string[] }).required ?? [];
        for (const name of names) expect(required).toContain(name);
      });

      test("its error codes exist", () => {
        for (const code of operation.errors) expect(ERROR_CODES).toHaveProperty(code);
      });

      test("patterns compile under the v flag, with a rule and a sentence", () => {
        for (const [field, schema] of Object.entries(input.properties ?? {})) {
          if (schema.pattern === undefined) continue;
          expect(() => new RegExp(schema.pattern ?? "", "v")).not.toThrow();
          expect(schema["x-rule"], field).toBeTypeOf("string");
          expect(schema["description"], field).toBeTypeOf("string");
        }
      });
    });
  }

  test("no two operations share a route", () => {
    const routes = ALL_OPERATIONS.map((op) => op.http?.replace(/\{\w+\}/g, "{}"));
    expect(new Set(routes).size).toBe(routes.length);
  });

  test("the HTTP surface is the one we published", () => {
    const surface = ALL_OPERATIONS.map(
      (op) => `${op.http ?? "(in-process)"}  ${op.name}  ${op.effect}`,
    ).sort();
    expect(surface.join("\n")).toMatchSnapshot();
  });
});

function objectsIn(schema: Json): Json[] {
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
    ...(schema.anyOf ?? []),
  ].flatMap(objectsIn);
  return schema.type === "object" ? [schema, ...inner] : inner;
}
