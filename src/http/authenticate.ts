import { fail } from "../errors/error.ts";
import type { Actor, Grant } from "../kernel/actor.ts";
import type { Target } from "../kernel/target.ts";
import type { Authenticate, Peer, Principal } from "./types.ts";

/**
 * Asks the host who sends the request. What it answers decides what may be done, so it is believed only in its right
 * form, and copied, lest it changes later. `INTERNAL` for anything else and for whatever the host throws.
 */
export async function authenticatedBy(
  authenticate: Authenticate,
  request: Request,
  peer: Peer,
): Promise<Principal | null> {
  let answer: unknown;
  try {
    answer = await authenticate(withoutBody(request), peer);
  } catch (cause) {
    return fail("INTERNAL", undefined, { cause, internal: { reason: "authenticate threw" } });
  }
  if (answer === null) return null;
  return (
    principalIn(answer) ??
    fail("INTERNAL", undefined, {
      internal: {
        reason: "authenticate must resolve a Principal { id, name, actor: { id, name, grants } } or null",
      },
    })
  );
}

/** The body is the panel's to read, and once only. */
function withoutBody(request: Request): Request {
  const { url, method, headers, signal } = request;
  return request.body === null ? request : new Request(url, { method, headers, signal });
}

function principalIn(answer: unknown): Principal | null {
  if (!isRecord(answer) || !isRecord(answer["actor"])) return null;
  const { id, name, actor } = answer;
  const { id: actorId, name: actorName, grants } = actor as Readonly<Record<string, unknown>>;
  if (!isText(id) || !isText(name) || !isText(actorId) || !isText(actorName) || !Array.isArray(grants)) {
    return null;
  }
  const known = grants.map(grantIn);
  if (known.includes(null)) return null;
  const less = lessIn(actor);
  return (
    less && { id, name, actor: { id: actorId, name: actorName, grants: known.filter(isThere), ...less } }
  );
}

/** What takes something from somebody must not be lost on the way. */
function lessIn(actor: Readonly<Record<string, unknown>>): Omit<Actor, "id" | "name" | "grants"> | null {
  const { limits, looksOnly, narrowed } = actor as Partial<Actor>;
  if (limits !== undefined && !Array.isArray(limits)) return null;
  if (looksOnly !== undefined && !isText(looksOnly)) return null;
  if (narrowed !== undefined && !Array.isArray(narrowed.never)) return null;
  return {
    ...(limits === undefined ? {} : { limits }),
    ...(looksOnly === undefined ? {} : { looksOnly }),
    ...(narrowed === undefined ? {} : { narrowed }),
  };
}

function isThere(grant: Grant | null): grant is Grant {
  return grant !== null;
}

function grantIn(value: unknown): Grant | null {
  if (!isRecord(value) || !Array.isArray(value["allow"])) return null;
  const allow = value["allow"].map(String);
  const on = targetIn(value["on"]);
  return on && value["allow"].every(isText) ? { allow, on } : null;
}

function targetIn(value: unknown): Target | null {
  if (!isRecord(value)) return null;
  const { kind, domain, name } = value;
  if (kind === "server" || kind === "people") return { kind };
  if (kind === "domain" && isText(domain)) return { kind, domain };
  return kind === "account" && isText(domain) && isText(name) ? { kind, domain, name } : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
