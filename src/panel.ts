import packageJson from "../package.json" with { type: "json" };
import { fail } from "./errors/error.ts";
import type { Secret } from "./errors/secret.ts";
import type { AddressOptions } from "./http/address.ts";
import { createApi } from "./http/api.ts";
import { serveAssets } from "./http/assets.ts";
import { createHandler } from "./http/handler.ts";
import type { Asset, Authenticate, FetchHandler, Principals, Visit } from "./http/types.ts";
import type { Actor } from "./kernel/actor.ts";
import type { Audit } from "./kernel/audit.ts";
import { type Call, type Logger, SILENT } from "./kernel/context.ts";
import type { History } from "./kernel/history.ts";
import type { AnyOperation } from "./kernel/operation.ts";
import type { People } from "./kernel/people.ts";
import { SERVER } from "./kernel/target.ts";
import type { XMail } from "./library.ts";
import { Changes } from "./operations/change/rows.ts";
import { dryRun } from "./operations/dry-run.ts";
import { actorOf, narrowedTo } from "./operations/roles.ts";
import { ALL_OPERATIONS } from "./operations/table.ts";
import { type Joined, joinPlugins } from "./plugins/join.ts";
import { type Notifications, startNotifications } from "./plugins/notify.ts";
import type { Plugin } from "./plugins/plugin.ts";
import { principalsOf } from "./sign-in/principals.ts";
import { ASSETS } from "./web/assets.ts";
import { checkedHref } from "./web/link.ts";
import type { MenuSection } from "./web/look.ts";
import { type LookOptions, lookOf } from "./web/look-options.ts";
import { createErrorPage, createPages, type PagesOptions } from "./web/pages.ts";
import { PAGES } from "./web/routes.ts";

/** What the panel remembers; `openState(storage)` gives one, a control panel may bring its own. */
export interface PanelState {
  readonly people?: People;
  /** Who signs in, in place of `people`. */
  readonly principals?: Principals;
  /** Signs the cookies: 32 random bytes or more, the same for all processes of one panel. */
  sessionKey(): Promise<Secret>;
  readonly audit: Audit;
  /** Where changes are kept; none can be looked up or undone without. */
  readonly history?: History;
}

export interface PanelOptions extends AddressOptions {
  readonly state: PanelState;
  /** Seconds without a request after which a sign-in ends; default 3600. */
  readonly sessionSeconds?: number;
  /** Bytes of a request body; default 1 MiB. */
  readonly bodyLimit?: number;
  /** Which mail server this is, shown in the top bar. */
  readonly serverName?: string;
  /** Made by `definePlugin`. */
  readonly plugins?: readonly Plugin[];
  /** How a host shows the panel as a part of itself. */
  readonly look?: LookOptions;
  /** The host's own sign-in, in place of ours: API keys stay, our administrators cannot sign in any more. */
  readonly authenticate?: Authenticate;
  /** Where the host signs people in: `/login?to={next}`, also on another host. Only with `authenticate`. */
  readonly signInUrl?: string;
  /** Where the host signs people out; without it the panel shows no way out. Only with `authenticate`. */
  readonly signOutUrl?: string;
  /** Who may show the panel in a frame: origins like `https://panel.example.com`, and `self`; default nobody. */
  readonly frameAncestors?: readonly string[];
  readonly log?: Logger;
  now?(): Date;
}

/** Panel, API and assets over one XMail, as one Fetch handler for any host. */
export function createPanel(xmail: XMail, options: PanelOptions): FetchHandler {
  const { state, log = SILENT, now = () => new Date(), serverName, plugins, look, ...rest } = options;
  const joined = plugins && joinPlugins(plugins, OURS);
  const told = joined && joined.notifiers.length > 0 ? startNotifications(joined.notifiers, log) : null;
  const audit = told ? told.around(state.audit) : state.audit;
  const foreign = foreignSignIn(options);
  const around = surroundings(options, joined, log);
  const assets = serveAssets([...ASSETS, ...around.assets]);
  const { history, people } = state;
  const operations: readonly AnyOperation[] = [...ALL_OPERATIONS, ...(joined?.operations ?? [])];
  const work = {
    xmail: xmail.backend,
    operations,
    audit,
    log,
    now,
    ...(history ? { history } : {}),
    ...(people ? { people } : {}),
  };
  const principals = state.principals ?? principalsOver(people, operations);
  const pages: PagesOptions = {
    assetHref: assets.href,
    now,
    ...around.pages,
    ...(foreign ? { foreign } : {}),
    ...(serverName === undefined ? {} : { serverName }),
    call: (visit) => callOf(visit, work),
    signIn: (visit, name, password) =>
      signIn(visit, name, password, { principals, audit, now, ...(people ? { people } : {}) }),
  };
  const handler = createHandler({
    ...rest,
    loosened: {
      ...(options.frameAncestors ? { frameAncestors: options.frameAncestors } : {}),
      redirects: Object.values(foreign ?? {}).flatMap((url) =>
        url !== null && URL.canParse(url) ? [new URL(url).origin] : [],
      ),
      fonts: look?.stylesheet !== undefined,
    },
    principals,
    sessionKey: () => state.sessionKey(),
    files: assets.site,
    sites: [
      createApi({
        ...work,
        version: packageJson.version,
        ...(xmail.backend.changes ? { dryRun: { schema: Changes, run: dryRun } } : {}),
      }),
      createPages(pages, joined?.pages),
    ],
    errorPage: createErrorPage(pages, joined?.pages),
    log,
    now,
  });
  return told ? waitingFor(told, handler) : handler;
}

function principalsOver(people: People | undefined, operations: readonly AnyOperation[]): Principals {
  if (!people) return fail("BAD_CONFIG", "state.people is missing: nobody could sign in.");
  return principalsOf(people, { actorOf: (person, all) => actorOf(person, all, operations), narrowedTo });
}

const OURS = { operations: ALL_OPERATIONS, paths: PAGES.map(({ path }) => path) };

/** Hosts whose process ends with the answer wait for what the answer set going. */
function waitingFor(notifications: Notifications, handler: FetchHandler): FetchHandler {
  return async (request, peer) => {
    const response = await handler(request, peer);
    peer?.waitUntil?.(notifications.settled());
    return response;
  };
}

function foreignSignIn({
  authenticate,
  signInUrl,
  signOutUrl,
}: PanelOptions): PagesOptions["foreign"] | null {
  if (!authenticate) {
    if (signInUrl === undefined && signOutUrl === undefined) return null;
    return fail(
      "BAD_CONFIG",
      "signInUrl and signOutUrl are those of the host's own sign-in: give authenticate, too.",
    );
  }
  if (typeof authenticate !== "function") fail("BAD_CONFIG", "authenticate must be a function.");
  return {
    signInUrl: signInUrl === undefined ? null : checkedHref("signInUrl", signInUrl),
    signOutUrl: signOutUrl === undefined ? null : checkedHref("signOutUrl", signOutUrl),
  };
}

/** Nothing, unless the host or a plugin changes something. */
function surroundings(
  { look: wished, authenticate, signOutUrl }: PanelOptions,
  joined: Joined | undefined,
  log: Logger,
): { readonly assets: readonly Asset[]; readonly pages: Pick<PagesOptions, "look" | "words"> } {
  if (!wished && !joined && !authenticate) return { assets: [], pages: {} };
  const menu: MenuSection[] = joined && joined.menu.length > 0 ? [{ title: "more", links: joined.menu }] : [];
  const { look, assets } = lookOf(wished ?? {}, menu, log);
  return {
    assets,
    pages: {
      look: authenticate ? { ...look, signOutUrl: signOutUrl ?? null } : look,
      ...(joined ? { words: joined.words } : {}),
    },
  };
}

/** Characters of a name in the audit log. */
const LONGEST_NAME = 64;
const NOBODY: Actor = { id: "nobody", name: "nobody", grants: [] };

function callOf(
  visit: Visit,
  work: Pick<Call, "xmail" | "operations" | "audit" | "people" | "history" | "log" | "now">,
): Call {
  return {
    ...work,
    actor: visit.principal?.actor ?? NOBODY,
    requestId: visit.requestId,
    signal: visit.request.signal,
    ...(visit.peer.address === undefined ? {} : { from: visit.peer.address }),
    progress: () => undefined,
  };
}

/**
 * Tries, good and bad, are in the audit log. The name only when it is one: people type passwords into the wrong box.
 */
async function signIn(
  visit: Visit,
  name: string,
  password: Secret,
  {
    principals,
    people,
    audit,
    now,
  }: { readonly principals: Principals; readonly people?: People; readonly audit: Audit; now(): Date },
) {
  const principal = await principals.bySignIn(name, password);
  const known = principal?.name ?? ((await people?.named(name)) ? name : "***");
  await audit.record({
    at: now(),
    requestId: visit.requestId,
    actor: principal?.actor.id ?? NOBODY.id,
    ...(visit.peer.address === undefined ? {} : { from: visit.peer.address }),
    operation: "session.signIn",
    target: SERVER,
    input: { name: known.slice(0, LONGEST_NAME), password: "***" },
    phase: principal ? "done" : "refused",
    ...(principal ? {} : { code: "UNAUTHENTICATED" as const }),
  });
  return principal;
}
