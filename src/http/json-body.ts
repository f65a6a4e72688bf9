import { fail } from "../errors/error.ts";
import { utf8 } from "./body.ts";

const MAX_DEPTH = 32;

/**
 * A JSON object from strict UTF-8. `MALFORMED_BODY` for what is not JSON, not an object, nested too deep, or names a
 * key twice (parsers disagree which one counts) or `__proto__`.
 */
export function jsonObject(bytes: Uint8Array): Record<string, unknown> {
  const text = utf8(bytes);
  const value = parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return malformed("The request body must be a JSON object.");
  }
  requireSaneKeys(text);
  return value as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold a password.
    return malformed("The request body is not JSON.");
  }
}

/** Walks text that is known to be JSON: only strings and brackets matter. */
function requireSaneKeys(text: string): void {
  const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;
  const open: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(TOKEN)) {
    if (token === "{" || token === "[") {
      open.push(new Set());
      if (open.length > MAX_DEPTH) malformed("The request body is nested too deep.");
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string;
      const keys = open.at(-1);
      if (key === "__proto__") malformed("The request body has the key __proto__.");
      if (keys?.has(key)) malformed("The request body has a key twice.");
      keys?.add(key);
    }
  }
}

function malformed(message: string): never {
  return fail("MALFORMED_BODY", message);
}
