import { fail } from "../../../src/errors/error.ts";
import type { Secret } from "../../../src/errors/secret.ts";
import { Secret as SecretText } from "../../../src/errors/secret.ts";
import { createApi } from "../../../src/http/api.ts";
import { createHandler, type HandlerOptions } from "../../../src/http/handler.ts";
import {
  type FetchHandler,
  type Principal,
  type Principals,
  type Site,
  whenceOf,
} from "../../../src/http/types.ts";
import { MASTER_GRANT } from "../../../src/kernel/actor.ts";
import type { AuditRecord } from "../../../src/kernel/audit.ts";
import { type AnyOperation, defineOperation } from "../../../src/kernel/operation.ts";
import { Type } from "../../../src/kernel/schema.ts";
import { domainTarget } from "../../../src/kernel/target.ts";
import type { Backend } from "../../../src/xmail/backend.ts";

/** A little product of its own - notes on domains - so that the HTTP layer is tested without XMail's. */
export interface Notes {
  readonly kept: Map<string, { text: string; pinned: boolean; stars: number }>;
  readonly audited: AuditRecord[];
  readonly logged: { level: string; details: object; message: string }[];
}

const Domain = Type.String({ minLength: 1, maxLength: 20, pattern: "^[a-z.]+$" });
const Note = Type.Object(
  { domain: Domain, text: Type.String(), pinned: Type.Boolean(), stars: Type.Integer() },
  { additionalProperties: false },
);
const closed = { additionalProperties: false };

export function noteOperations(notes: Notes): readonly AnyOperation[] {
  const noteOf = (domain: string) => ({ domain, ...(notes.kept.get(domain) ?? fail("NOT_FOUND")) });
  const add = defineOperation({
    name: "note.add",
    summary: "Add a note",
    effect: "write",
    input: Type.Object(
      {
        domain: Domain,
        text: Type.String({ maxLength: 2_000_000 }),
        pinned: Type.Optional(Type.Boolean()),
        stars: Type.Optional(Type.Integer({ minimum: 0, maximum: 5 })),
        password: Type.Optional(Type.String({ writeOnly: true })),
      },
      closed,
    ),
    output: Note,
    errors: ["CONFLICT"],
    http: "POST /domains/{domain}/notes",
    target: ({ domain }) => domainTarget(domain),
    async handler(_ctx, { domain, text, pinned = false, stars = 0 }) {
      if (notes.kept.has(domain)) fail("CONFLICT");
      notes.kept.set(domain, { text, pinned, stars });
      return noteOf(domain);
    },
  });
  const get = defineOperation({
    name: "note.get",
    summary: "Show a note",
    effect: "read",
    input: Type.Object({ domain: Domain }, closed),
    output: Note,
    errors: ["NOT_FOUND"],
    http: "GET /domains/{domain}/notes",
    target: ({ domain }) => domainTarget(domain),
    handler: async (_ctx, { domain }) => noteOf(domain),
  });
  const remove = defineOperation({
    name: "note.remove",
    summary: "Remove a note",
    effect: "destroy",
    input: Type.Object({ domain: Domain }, closed),
    output: Type.Object({}, closed),
    errors: ["NOT_FOUND"],
    http: "DELETE /domains/{domain}/notes",
    target: ({ domain }) => domainTarget(domain),
    async handler(_ctx, { domain }) {
      noteOf(domain);
      notes.kept.delete(domain);
      return {};
    },
  });
  const list = defineOperation({
    name: "note.list",
    summary: "List notes",
    effect: "read",
    input: Type.Object(
      {
        pinned: Type.Optional(Type.Boolean()),
        stars: Type.Optional(Type.Array(Type.Integer())),
        limit: Type.Optional(Type.Integer({ minimum: 1 })),
        secret: Type.Optional(Type.String({ writeOnly: true })),
      },
      closed,
    ),
    output: Type.Object(
      { items: Type.Array(Note), next: Type.Union([Type.String(), Type.Null()]), total: Type.Integer() },
      closed,
    ),
    errors: [],
    http: "GET /notes",
    each: ({ domain }) => domainTarget(domain),
    async handler(_ctx, { pinned, stars, limit = 50 }) {
      const rows = [...notes.kept.keys()].map(noteOf);
      const found = rows.filter(
        (row) => (pinned === undefined || row.pinned === pinned) && (!stars || stars.includes(row.stars)),
      );
      return { items: found.slice(0, limit), next: null, total: found.length };
    },
  });
  const crash = defineOperation({
    name: "note.crash",
    summary: "Fail as code fails",
    effect: "read",
    input: Type.Object({}, closed),
    output: Type.Object({}, closed),
    errors: [],
    http: "GET /notes/crash",
    target: () => ({ kind: "server" }),
    async handler() {
      throw new Error("secret path /var/MailRoot/ctrlaccounts.tab");
    },
  });
  const inside = defineOperation({
    name: "note.inside",
    summary: "Not on the network",
    effect: "read",
    input: Type.Object({}, closed),
    output: Type.Object({}, closed),
    errors: [],
    http: null,
    target: () => ({ kind: "server" }),
    handler: async () => ({}),
  });
  return [add, get, remove, list, crash, inside] as readonly AnyOperation[];
}

export const MASTER_KEY = "xmc_master_key";
export const SATO_KEY = "xmc_sato_key";
const MASTER_PASSWORD = "correct horse battery";

const MASTER: Principal = {
  id: "p1",
  name: "master",
  actor: { id: "p1", name: "master", grants: [MASTER_GRANT] },
};
const SATO: Principal = {
  id: "p2",
  name: "sato",
  actor: {
    id: "p2",
    name: "sato",
    grants: [{ allow: ["note.*"], on: { kind: "domain", domain: "example.com" } }],
  },
};

function twoPrincipals(): Principals & { readonly gone: Set<string> } {
  const gone = new Set<string>();
  const present = (principal: Principal | null) => (principal && !gone.has(principal.id) ? principal : null);
  return {
    gone,
    async bySignIn(name: string, password: Secret) {
      return present(name === "master" && password.reveal() === MASTER_PASSWORD ? MASTER : null);
    },
    async byApiKey(key: Secret) {
      return present(key.reveal() === MASTER_KEY ? MASTER : key.reveal() === SATO_KEY ? SATO : null);
    },
    byId: async (id: string) => present([MASTER, SATO].find((principal) => principal.id === id) ?? null),
  };
}

export interface NotesPanel extends Notes {
  readonly handler: FetchHandler;
  readonly principals: Principals & { readonly gone: Set<string> };
  /** Seconds since 1970, as the panel sees them. */
  readonly clock: { seconds: number };
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export const ORIGIN = "http://panel.test:8080";

/** The API over the notes and three pages: a form, a sign-in, and one that does whatever a test asks. */
export function notesPanel(options: Partial<HandlerOptions> = {}, extra: readonly Site[] = []): NotesPanel {
  const notes: Notes = { kept: new Map(), audited: [], logged: [] };
  const log = Object.fromEntries(
    ["debug", "info", "warn", "error"].map((level) => [
      level,
      (details: object, message: string) => void notes.logged.push({ level, details, message }),
    ]),
  ) as unknown as NonNullable<HandlerOptions["log"]>;
  const clock = { seconds: 1_800_000_000 };
  const now = () => new Date(clock.seconds * 1000);
  const principals = twoPrincipals();
  const api = createApi({
    operations: noteOperations(notes),
    xmail: {} as Backend,
    audit: { record: async (entry) => void notes.audited.push(entry) },
    log,
    now,
    version: "1.2.3",
  });
  const handler = createHandler({
    sites: [api, pages(principals), ...extra],
    principals,
    sessionKey: async () => new SecretText("k".repeat(43)),
    log,
    now,
    ...options,
  });
  return {
    ...notes,
    handler,
    principals,
    clock,
    fetch: (path, init) => handler(new Request(path.startsWith("http") ? path : ORIGIN + path, init)),
  };
}

function pages(principals: Principals): Site {
  return async (visit) => {
    const see = (path: string) =>
      new Response(null, { status: 303, headers: { location: visit.base + path } });
    if (visit.path === "/form") {
      const { csrf, base, flash } = visit;
      const text = JSON.stringify({ csrf, base, flash, name: visit.principal?.name ?? null });
      return new Response(text, { headers: { "content-type": "text/html; charset=utf-8" } });
    }
    if (visit.path === "/sign-in" && visit.method === "POST") {
      const password = new SecretText(visit.form.get("p") ?? "");
      const principal = await principals.bySignIn(visit.form.get("u") ?? "", password, whenceOf(visit));
      if (!principal) fail("UNAUTHENTICATED");
      visit.browser.signIn(principal);
      visit.browser.flash({ tone: "ok", text: "signedIn", values: { name: principal.name } });
      return see("/form");
    }
    if (visit.path === "/sign-out" && visit.method === "POST") {
      visit.browser.signOut();
      return see("/form");
    }
    return null;
  };
}
