import { fail } from "../errors/error.ts";
import type { AnyOperation } from "../kernel/operation.ts";
import type { FieldNotes, TSchema } from "../kernel/schema.ts";

/** Everything below it is the API's: its answers are JSON, also its refusals. */
export const API_PREFIX = "/api";
export const METRICS_PATH = "/metrics";

/** Where API keys count, and errors are told to programs. */
export function isForPrograms(path: string): boolean {
  return path === METRICS_PATH || path.startsWith(`${API_PREFIX}/`);
}

export interface Route {
  readonly method: string;
  /** `/domains/{domain}`, as the operation writes it. */
  readonly path: string;
  readonly parts: readonly string[];
  readonly operation: AnyOperation;
}

export interface Match {
  readonly route: Route;
  /** Parts of the path by the name of their field. */
  readonly params: ReadonlyMap<string, string>;
}

/** Routes of all operations that are on the network, literal parts before fields. Two alike are `BAD_CONFIG`. */
export function routesOf(operations: readonly AnyOperation[]): readonly Route[] {
  const routes = operations.flatMap((operation) => routeOf(operation) ?? []);
  const seen = new Map<string, string>();
  for (const { method, path, operation } of routes) {
    const shape = `${method} ${path.replace(/\{\w+\}/g, "{}")}`;
    const other = seen.get(shape);
    if (other) fail("BAD_CONFIG", `${operation.name} and ${other} both answer ${shape}.`);
    seen.set(shape, operation.name);
  }
  return routes.sort((a, b) => compareParts(a.parts, b.parts));
}

/** All routes of a path whatever their method, the most literal first. */
export function matchesOf(routes: readonly Route[], path: string): readonly Match[] {
  const given = path.split("/").slice(1);
  return routes.flatMap((route) => {
    const params = paramsOf(route.parts, given);
    return params ? [{ route, params }] : [];
  });
}

/** Properties of an operation's input by name; every input is one flat object. */
export function propertiesOf(schema: TSchema): Readonly<Record<string, TSchema & FieldNotes>> {
  return (schema as { properties?: Record<string, TSchema & FieldNotes> }).properties ?? {};
}

function routeOf(operation: AnyOperation): Route | null {
  if (operation.http === null) return null;
  const [method = "", path = ""] = operation.http.split(" ");
  return { method, path, parts: path.split("/").slice(1), operation };
}

function fieldOf(part: string): string | null {
  return /^\{(\w+)\}$/.exec(part)?.[1] ?? null;
}

function paramsOf(parts: readonly string[], given: readonly string[]): Map<string, string> | null {
  if (parts.length !== given.length) return null;
  const params = new Map<string, string>();
  for (const [index, part] of parts.entries()) {
    const value = given[index] ?? "";
    const field = fieldOf(part);
    if (field !== null && value !== "") params.set(field, value);
    else if (part !== value) return null;
  }
  return params;
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const order = Number(fieldOf(part) !== null) - Number(fieldOf(b[index] ?? "") !== null);
    if (order !== 0) return order;
  }
  return 0;
}
