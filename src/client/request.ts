import { failField } from "../errors/error.ts";
import type { AnyOperation } from "../kernel/operation.ts";

export interface OutgoingRequest {
  readonly method: string;
  /** Path and query below the API's address. */
  readonly path: string;
  readonly body: string | null;
}

/**
 * One call of an operation as HTTP: the path takes its fields, a body or the query the rest. `INVALID_INPUT` for a field
 * that a path cannot hold.
 */
export function requestFor(
  operation: AnyOperation,
  input: Readonly<Record<string, unknown>>,
  dryRun = false,
): OutgoingRequest {
  const [method = "", template = ""] = (operation.http ?? "").split(" ");
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const path = template.replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = String(rest.get(field) ?? "");
    rest.delete(field);
    // Every HTTP library resolves such a part away, however it is encoded: another address would be asked.
    if (value === "." || value === "..")
      failField(field, "path-part", `${field}: "${value}" cannot stand in an address.`);
    return encodeURIComponent(value);
  });
  // Nothing a read does needs to be tried first.
  const dry = dryRun && operation.effect !== "read" ? { dryRun: "true" } : {};
  if (method === "GET" || method === "DELETE") {
    const query = new URLSearchParams(dry);
    for (const [field, value] of rest) for (const item of [value].flat()) query.append(field, String(item));
    return { method, path: query.size > 0 ? `${path}?${query}` : path, body: null };
  }
  const asked = Object.keys(dry).length > 0 ? `${path}?${new URLSearchParams(dry)}` : path;
  return { method, path: asked, body: JSON.stringify(Object.fromEntries(rest)) };
}
