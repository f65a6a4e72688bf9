import { randomUUID } from "node:crypto";
import { type AppError, fail } from "../errors/error.ts";
import { Secret } from "../errors/secret.ts";
import { type Logger, SILENT } from "../kernel/context.ts";
import { type Located, requireUsableAddress } from "./address.ts";
import { isForPrograms } from "./api-routes.ts";
import type { FileSite } from "./assets.ts";
import { DEFAULT_BODY_LIMIT, formOf, readBody } from "./body.ts";
import { readCookies } from "./cookies.ts";
import { isSafe, requireSameOrigin } from "./cross-origin.ts";
import { approach, type EntranceOptions, enter } from "./entrance.ts";
import { asAppError, logProblem, problemResponse } from "./problem.ts";
import { type Loosened, protectionFor, secured } from "./security.ts";
import { type Browser, DEFAULT_SESSION_SECONDS, openBrowser, readSession, requireToken } from "./session.ts";
import type {
  Authenticate,
  Entrance,
  ErrorPage,
  FetchHandler,
  Peer,
  Principal,
  Principals,
  Site,
  Visit,
  Whence,
} from "./types.ts";
import { whoAsks } from "./who-asks.ts";

export interface HandlerOptions extends EntranceOptions {
  /** Asked in this order; the first answer counts. */
  readonly sites: readonly Site[];
  /** Asked before all of them, and before it is known who asks: for files that are everybody's. */
  readonly files?: FileSite;
  readonly principals: Principals;
  /** Whether a session was signed out; nobody remembers, if absent. */
  isOver?(session: string): Promise<boolean>;
  /** The host's own sign-in, in place of ours. */
  readonly authenticate?: Authenticate;
  readonly loosened?: Loosened;
  /** At least 32 random bytes, as text; the same for all processes. Asked once. */
  sessionKey(): Promise<Secret>;
  /** Names this panel in its cookies: two panels that share a key need different ones. Default `panel`. */
  readonly audience?: string;
  /** Seconds without a request after which a session ends; default 3600. */
  readonly sessionSeconds?: number;
  /** Bytes of a request body; default 1 MiB. */
  readonly bodyLimit?: number;
  /** Bytes that who is signed in may send to a path, where it takes more. */
  bodyLimitAt?(path: string): number | undefined;
  readonly errorPage?: ErrorPage;
  readonly log?: Logger;
  now?(): Date;
}

/** The one function hosts call. Never rejects: every failure is an answer. */
export function createHandler(options: HandlerOptions): FetchHandler {
  requireUsableAddress(options);
  requirePositive("sessionSeconds", options.sessionSeconds);
  requirePositive("bodyLimit", options.bodyLimit);
  const protection = protectionFor(options.loosened ?? {});
  const log = options.log ?? SILENT;
  let key: Promise<Secret> | undefined;
  const sessionKey = () => {
    key ??= options.sessionKey().catch((error: unknown) => {
      key = undefined;
      throw error;
    });
    return key;
  };
  return async (request, peer = {}) => {
    const requestId = randomUUID();
    const { origin } = new URL(request.url);
    try {
      const coming = await approach(request, peer, options);
      const { path, located } = coming;
      const method = request.method === "HEAD" ? "GET" : request.method;
      const file = await options.files?.({ path, method, request, requestId });
      const response = file
        ? withoutBody(request, file)
        : await answer(request, await enter(coming, request, options), requestId, {
            ...options,
            log,
            sessionKey,
          });
      return secured(response, requestId, located.origin, protection);
    } catch (error) {
      const failure = asAppError(error);
      logProblem(log, failure, { requestId, method: request.method });
      const problem = withoutBody(request, problemResponse(failure, requestId));
      return secured(problem, requestId, origin, protection);
    }
  };
}

type Settled = HandlerOptions & { readonly log: Logger };

/** At which entrance, and where below it. */
interface Entered {
  readonly located: Located;
  readonly entrance: Entrance;
}

async function answer(
  request: Request,
  entered: Entered,
  requestId: string,
  options: Settled,
): Promise<Response> {
  const { located } = entered;
  const arrival = await arrive(request, entered, requestId, options);
  const { visit, browser, byKey, failure } = arrival;
  const response = failure
    ? await explain(failure, visit, options)
    : await visitSites(arrival, located, options).catch((error: unknown) =>
        explain(asAppError(error), visit, options),
      );
  const page = response.headers.get("content-type")?.startsWith("text/html") ?? false;
  const headers = new Headers(response.headers);
  // Who could not be asked about keeps his cookies: a hiccup of the storage signs nobody out.
  if (!byKey && !failure && !isShared(headers)) {
    for (const cookie of browser.setCookies(page)) headers.append("set-cookie", cookie);
  }
  return withoutBody(request, new Response(response.body, { status: response.status, headers }));
}

/** What caches between may keep for everybody must not carry one person's cookies. */
function isShared(headers: Headers): boolean {
  return /\bpublic\b/.test(headers.get("cache-control") ?? "");
}

interface Arrival {
  readonly visit: Visit;
  readonly browser: Browser;
  /** Whether an API key speaks: no browser sends one by itself, so no other site can borrow it. */
  readonly byKey: boolean;
  /** Why it is not known who asks; nothing is done for him then but to say so. */
  readonly failure: AppError | null;
}

async function arrive(
  request: Request,
  { located, entrance }: Entered,
  requestId: string,
  options: Settled,
): Promise<Arrival> {
  const cookies = readCookies(request.headers.get("cookie"));
  const keyed = await options.sessionKey().then(
    (key) => ({ key, failure: null }),
    // Without the key nobody is known, and no cookie is written; this one only lets the page be drawn that says so.
    (error: unknown) => ({ key: new Secret(randomUUID()), failure: asAppError(error) }),
  );
  const box = {
    key: keyed.key,
    audience: [options.audience ?? "panel", ...(entrance.audience === "" ? [] : [entrance.audience])].join(
      " ",
    ),
    scope: { ...located, unnamed: entrance.kind !== "master" },
    cookies,
    sessionSeconds: options.sessionSeconds ?? DEFAULT_SESSION_SECONDS,
    now: Math.floor((options.now?.() ?? new Date()).getTime() / 1000),
  };
  const whence = {
    entrance,
    ...(located.peer.address === undefined ? {} : { address: located.peer.address }),
  };
  const foreign = foreignSignIn(request, located.peer, whence, options);
  const known = foreign ? null : readSession(box);
  const asked = keyed.failure
    ? Promise.reject(keyed.failure)
    : whoAsks(request, located.path, {
        session: known,
        now: box.now,
        whence,
        principals: options.principals,
        isOver: options.isOver ?? (async () => false),
        foreign,
      });
  const asker = await asked.catch((error: unknown) => ({
    principal: null,
    session: null,
    waiting: null,
    byKey: false,
    failure: asAppError(error),
  }));
  const browser = openBrowser(box, asker.session, foreign ? asker.principal?.id : undefined);
  const visit: Visit = {
    request,
    method: request.method === "HEAD" ? "GET" : request.method,
    path: located.path,
    query: new URL(request.url).searchParams,
    body: new Uint8Array(0),
    form: new URLSearchParams(),
    base: located.base,
    origin: located.origin,
    requestId,
    peer: located.peer satisfies Peer,
    entrance,
    principal: asker.principal,
    waiting: asker.waiting,
    session: asker.session,
    csrf: browser.csrf,
    flash: browser.flash,
    cookies,
    browser: browser.memory,
  };
  return { visit, browser, byKey: asker.byKey, failure: "failure" in asker ? asker.failure : null };
}

/**
 * Where the host has its own sign-in, or the web server in front of the panel's own address is believed: our sessions do
 * not count there.
 */
function foreignSignIn(
  request: Request,
  peer: Peer,
  whence: Whence,
  { authenticate, principals }: Settled,
): (() => Promise<Principal | null>) | null {
  if (authenticate) {
    return async () => {
      const { authenticatedBy } = await import("./authenticate.ts");
      return authenticatedBy(authenticate, request, peer);
    };
  }
  const { byWebServer } = principals;
  return byWebServer && whence.entrance.kind === "master" ? () => byWebServer(request, peer, whence) : null;
}

/** Nothing below here runs for a change that another site made the browser send. */
async function visitSites(
  { visit: bare, browser: { ended }, byKey }: Arrival,
  located: Located,
  options: Settled,
): Promise<Response> {
  const { request } = bare;
  const change = !isSafe(request.method);
  if (change && !byKey) requireSameOrigin(request, located);
  const more = bare.principal ? options.bodyLimitAt?.(bare.path) : undefined;
  const limit = Math.max(options.bodyLimit ?? DEFAULT_BODY_LIMIT, more ?? 0);
  const body = change ? await readBody(request, limit) : bare.body;
  const visit = change ? { ...bare, body, form: formOf(request.headers, body) } : bare;
  // A stranger at the API has nothing to protect and is told to sign in.
  if (change && !byKey && (visit.principal || !isForPrograms(visit.path))) {
    requireToken(request.headers.get("x-csrf-token") ?? visit.form.get("csrf"), visit.csrf, ended);
  }
  for (const site of options.sites) {
    const response = await site(visit);
    if (response) return response;
  }
  return fail("NOT_FOUND");
}

/** A page where a person looks, a problem document for programs. */
async function explain(failure: AppError, visit: Visit, options: Settled): Promise<Response> {
  const { requestId, request, path } = visit;
  logProblem(options.log, failure, { requestId, method: request.method, path });
  const person = !isForPrograms(visit.path) && request.headers.get("accept")?.includes("text/html");
  if (!person || !options.errorPage) return problemResponse(failure, requestId);
  return options.errorPage(failure, visit);
}

function requirePositive(name: string, value = 1): void {
  if (!Number.isSafeInteger(value) || value < 1)
    fail("BAD_CONFIG", `${name} must be a whole number above 0.`);
}

function withoutBody(request: Request, response: Response): Response {
  if (request.method !== "HEAD") return response;
  response.body?.cancel().catch(() => undefined);
  return new Response(null, { status: response.status, headers: response.headers });
}
