import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { ERROR_CODES, type ErrorCode } from "../../../src/errors/codes.ts";
import { openapiDocument } from "../../../src/http/openapi.ts";
import { noteOperations, notesPanel } from "./panel-of-notes.ts";

interface Operation {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: { properties: object; required?: string[] } }> };
  responses: Record<string, { $ref: string } | Answer>;
}
interface Answer {
  content: Record<string, { schema: { allOf?: unknown[] } }>;
}

const operations = noteOperations({ kept: new Map(), audited: [], logged: [] });
const document = openapiDocument(operations, { version: "1.2.3" }) as {
  paths: Record<string, Record<string, Operation>>;
  components: { responses: Record<string, Answer>; schemas: Record<string, object> };
};

function answerOf(given: { $ref: string } | Answer): Answer {
  if (!("$ref" in given)) return given;
  const name = given.$ref.replace("#/components/responses/", "");
  const found = document.components.responses[name];
  if (!found) throw new Error(`no response ${name}`);
  return found;
}

describe("the OpenAPI document", () => {
  test("is valid 3.1, and the validator can say no", async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
    const { paths: _, ...broken } = structuredClone(document) as Record<string, unknown>;
    const verdict = await new Validator().validate({ ...broken, info: {} });
    expect(verdict.valid).toBe(false);
  });

  test("has every operation that is on the network and no other", () => {
    const found = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`,
      ),
    );
    const wanted = operations.flatMap(({ name, http }) => (http === null ? [] : [`${name} ${http}`]));
    expect(found.sort()).toEqual(wanted.sort());
    expect(found.length).toBe(5);
  });

  test("puts fields where the API reads them", () => {
    const add = document.paths["/domains/{domain}/notes"]?.["post"];
    expect(add?.parameters.map(({ name, in: place }) => `${place} ${name}`)).toEqual(["path domain"]);
    const body = add?.requestBody?.content["application/json"]?.schema;
    expect(Object.keys(body?.properties ?? {})).toEqual(["text", "pinned", "stars", "password"]);
    expect(body?.required).toEqual(["text"]);
    const list = document.paths["/notes"]?.["get"];
    expect(list?.parameters.map(({ name, in: place }) => `${place} ${name}`)).toContain("query stars");
    expect(list?.requestBody).toBeUndefined();
  });

  test("says what many have alike once, and leads to nothing that is not there", () => {
    const changed = openapiDocument(operations, { version: "1.2.3", changes: { type: "object" } });
    const text = JSON.stringify(changed);
    const names = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
    const { components } = changed as { components: Record<string, Record<string, object>> };
    expect(names.filter(([, kind = "", name = ""]) => !Object.hasOwn(components[kind] ?? {}, name))).toEqual(
      [],
    );
    expect(names.some(([, , name]) => name === "note.add")).toBe(true);
    const descriptions = text.match(/"description":"UNAUTHENTICATED: [^"]*"/g) ?? [];
    expect(descriptions).toHaveLength(1);
  });

  test("names every code under its status, and no other", () => {
    const get = document.paths["/domains/{domain}/notes"]?.["get"];
    const codes = Object.entries(get?.responses ?? {}).flatMap(([status, given]) => {
      const narrowed = answerOf(given).content["application/problem+json"]?.schema.allOf?.[1];
      const found = (narrowed as { properties: { code: { enum: ErrorCode[] } } } | undefined)?.properties.code
        .enum;
      for (const code of found ?? []) expect(String(ERROR_CODES[code].status)).toBe(status);
      return found ?? [];
    });
    expect(codes).toEqual(
      expect.arrayContaining(["UNAUTHENTICATED", "INVALID_INPUT", "NOT_FOUND", "XMAIL_TIMEOUT"]),
    );
    expect(codes).not.toContain("CONFLICT");
    expect(codes).not.toContain("CROSS_ORIGIN");
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("is served to strangers, with the prefix of the panel", async () => {
    const response = await notesPanel({ basePath: "/mail" }).fetch("/mail/api/openapi.json");
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual({ ...document, servers: [{ url: "/mail/api" }] });
    const other = await notesPanel().fetch("/api/openapi.json", { method: "DELETE" });
    expect([other.status, other.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });
});

test("two operations at one address, or a field nobody has, are refused when the table is read", () => {
  const [add] = operations;
  if (!add) throw new Error("no operation");
  const refused = expect.objectContaining({ code: "BAD_CONFIG" });
  const twin = { ...add, name: "note.twin" as const, http: "POST /domains/{text}/notes" as const };
  expect(() => openapiDocument([add, twin], { version: "1" })).toThrowError(refused);
  const stray = { ...add, http: "POST /domains/{nobody}/notes" as const };
  expect(() => openapiDocument([stray], { version: "1" })).toThrowError(refused);
});
