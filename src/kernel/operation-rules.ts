import { ERROR_CODES } from "../errors/codes.ts";
import type { AnyOperation } from "./operation.ts";

/** The part of JSON Schema that the rules look at. */
interface Shape {
  readonly type?: string;
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly pattern?: string;
  readonly description?: string;
  readonly writeOnly?: boolean;
  readonly "x-rule"?: string;
  readonly "x-shown-once"?: boolean;
}

/** Verbs that people expect to change nothing. */
const READING = ["list", "get", "explain", "status", "export", "lint", "verify"];

/** What is wrong with an operation as data, in words for its author; empty when it keeps every rule of the table. */
export function faultsOf(operation: AnyOperation): readonly string[] {
  const input = operation.input as Shape;
  return [
    ...nameFaults(operation),
    ...(input.type === "object" && input.additionalProperties === false
      ? []
      : ["input must be an object with additionalProperties: false"]),
    ...outputFaults(operation.output as Shape),
    ...Object.entries(input.properties ?? {}).flatMap(([field, schema]) => fieldFaults(field, schema)),
    ...effectFaults(operation),
    ...routeFaults(operation),
    ...operation.errors
      .filter((code) => !Object.hasOwn(ERROR_CODES, code))
      .map((code) => `errors: there is no code ${code}`),
  ];
}

function nameFaults({ name, summary, handler, target, each }: AnyOperation): string[] {
  return [
    ...(/^[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$/.test(name) ? [] : ["name must be noun.verb, in camelCase"]),
    ...(typeof summary === "string" && summary.trim() !== "" ? [] : ["summary is missing"]),
    ...(typeof handler === "function" ? [] : ["handler is missing"]),
    // Without one of them nobody would ask whether the person may do it.
    ...(Boolean(target) === Boolean(each) ? ["needs exactly one of target and each"] : []),
  ];
}

function outputFaults(output: Shape): string[] {
  return objectsIn(output).flatMap((object) => [
    ...(object.additionalProperties === false
      ? []
      : ["output: every object needs additionalProperties: false"]),
    ...Object.entries(object.properties ?? {})
      .filter(([field, schema]) => schema.writeOnly === true || (isSecret(field) && !schema["x-shown-once"]))
      .map(([field]) => `output: ${field} would show a secret`),
  ]);
}

function isSecret(field: string): boolean {
  return /passw|secret|token/i.test(field);
}

function fieldFaults(field: string, schema: Shape): string[] {
  const { pattern, writeOnly } = schema;
  return [
    ...(/passw|secret/i.test(field) && writeOnly !== true ? [`${field} must be writeOnly`] : []),
    ...(pattern === undefined || compiles(pattern)
      ? []
      : [`${field}: its pattern does not compile under the v flag, as browsers use it`]),
    ...(pattern !== undefined && (schema["x-rule"] === undefined || schema.description === undefined)
      ? [`${field}: a pattern needs an x-rule and a description`]
      : []),
  ];
}

function effectFaults({ name, effect, http, each }: AnyOperation): string[] {
  const verb = name.slice(name.indexOf(".") + 1);
  const method = http?.split(" ")[0];
  return [
    ...(["read", "write", "destroy"].includes(effect) ? [] : [`there is no effect ${effect}`]),
    ...(READING.includes(verb) && effect !== "read" ? [`${verb} must have the effect read`] : []),
    ...((verb === "remove") === (effect === "destroy") ? [] : ["destroy and the verb remove go together"]),
    ...(method === "GET" && effect !== "read" ? ["GET must have the effect read"] : []),
    ...(method === "DELETE" && effect !== "destroy" ? ["DELETE must have the effect destroy"] : []),
    ...(each && effect !== "read" ? ["each is for lists, whose effect is read"] : []),
  ];
}

function routeFaults({ http, input }: AnyOperation): string[] {
  if (http === null) return [];
  if (!/^(?:GET|POST|PUT|DELETE) (?:\/(?:[a-z0-9-]+|\{\w+\}))+$/.test(http)) {
    return ["http must be null or like POST /things/{thing}"];
  }
  const { required = [] } = input as Shape;
  const fields = [...http.matchAll(/\{(\w+)\}/g)].map(([, field = ""]) => field);
  return fields
    .filter((field) => !required.includes(field))
    .map((field) => `http: {${field}} is no required field of the input`);
}

function objectsIn(schema: Shape): Shape[] {
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
    ...(schema.anyOf ?? []),
  ].flatMap(objectsIn);
  return schema.type === "object" ? [schema, ...inner] : inner;
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, "v") instanceof RegExp;
  } catch {
    return false;
  }
}
