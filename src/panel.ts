import packageJson from "../package.json" with { type: "json" };
import { fail } from "./errors/error.ts";
import type { Secret } from "./errors/secret.ts";
import type { AddressOptions } from "./http/address.ts";
import { createApi } from "./http/api.ts";
import { serveAssets } from "./http/assets.ts";
import { callOf } from "./http/call-of.ts";
import { createHandler } from "./http/handler.ts";
import { createMetrics } from "./http/metrics.ts";
import {
  type Asset,
  type Authenticate,
  type FetchHandler,
  type Principals,
  type Visit,
  whenceOf,
} from "./http/types.ts";
import type { Audit } from "./kernel/audit.ts";
import { type Logger, SILENT } from "./kernel/context.ts";
import type { Groups } from "./kernel/groups.ts";
import type { History } from "./kernel/history.ts";
import type { AnyOperation } from "./kernel/operation.ts";
import type { People, Person } from "./kernel/people.ts";
import { ANY_TRIES, type Tries } from "./kernel/tries.ts";
import type { Watch } from "./kernel/watch.ts";
import type { XMail } from "./library.ts";
import { IMPORT_BODY_LIMIT } from "./operations/bulk/bulk-import.ts";
import { Changes } from "./operations/change/rows.ts";
import { dryRun } from "./operations/dry-run.ts";
import { actorOf, narrowedTo, ownerOf } from "./operations/roles.ts";
import { ALL_OPERATIONS } from "./operations/table.ts";
import { lookOfLate } from "./operations/watch/late.ts";
import { type Joined, joinPlugins } from "./plugins/join.ts";
import { type Notifications, startNotifications } from "./plugins/notify.ts";
import type { Plugin } from "./plugins/plugin.ts";
import { attempt, seeAs, signOut } from "./sign-in/attempt.ts";
import { type DoorOptions, entrancesOf } from "./sign-in/entrances.ts";
import { principalsOf } from "./sign-in/principals.ts";
import { stepUpOver } from "./sign-in/step-up.ts";
import { requireUsableSignIn, type WebServerSignIn } from "./sign-in/web-server.ts";
import { ASSETS } from "./web/assets.ts";
import { doorFiles } from "./web/door.ts";
import { checkedHref } from "./web/link.ts";
import type { MenuSection } from "./web/look.ts";
import { type LookOptions, lookOf } from "./web/look-options.ts";
import { createErrorPage, createPages, type PagesOptions } from "./web/pages.ts";
import { PAGES } from "./web/routes.ts";

/** What the panel remembers; `openState(storage)` gives one, a control panel may bring its own. */
export interface PanelState {
  readonly people: People;
  /** Counts tries to sign in; nobody is held back, if absent. */
  readonly tries?: Tries;
  /** Signs the cookies: 32 random bytes or more, the same for all processes of one panel. */
  sessionKey(): Promise<Secret>;
  readonly audit: Audit;
  /** Where changes are kept; none can be looked up or undone without. */
  readonly history?: History;
  /** Groups of accounts; the panel has none without. */
  readonly groups?: Groups;
}

export interface PanelOptions extends AddressOptions {
  readonly state: PanelState;
  /** Seconds without a request after which a sign-in of an account's owner ends; default 3600. Other people have their own. */
  readonly sessionSeconds?: number;
  /** Where delegated administrators and account owners sign in. */
  readonly doors?: DoorOptions;
  /** Believe the sign-in of the web server in front, at the panel's own address; default no. */
  readonly signInBy?: WebServerSignIn;
  /** In place of those of `state`: counted where several machines see them. */
  readonly tries?: Tries;
  /** Where looks are kept and who is told: `openWatch(…)`; the overview keeps none without. */
  readonly watch?: Watch;
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
  const {
    state,
    log = SILENT,
    now = () => new Date(),
    serverName,
    plugins,
    look,
    signInBy,
    watch,
    ...rest
  } = options;
  const joined = plugins && joinPlugins(plugins, OURS);
  const told = joined && joined.notifiers.length > 0 ? startNotifications(joined.notifiers, log) : null;
  const audit = told ? told.around(state.audit) : state.audit;
  const foreign = foreignSignIn(options);
  const around = surroundings(options, joined, log);
  const assets = serveAssets([...ASSETS, ...around.assets]);
  const { history, people, groups } = state;
  if (!people) fail("BAD_CONFIG", "state.people is missing: nobody could sign in.");
  const operations: readonly AnyOperation[] = [...ALL_OPERATIONS, ...(joined?.operations ?? [])];
  const tries = options.tries ?? state.tries ?? ANY_TRIES;
  const principals = principalsOver(xmail, operations, options, now);
  const again = async (visit: Visit) => {
    const principal = visit.principal ?? visit.waiting?.principal;
    return (principal && (await principals.again?.(principal, whenceOf(visit)))) ?? null;
  };
  const work = {
    xmail: xmail.backend,
    operations,
    audit,
    log,
    now,
    tries,
    again,
    ...(history ? { history } : {}),
    people,
    ...(groups ? { groups } : {}),
    ...(watch ? { watch } : {}),
  };
  const signing = { principals, people, tries, audit, now };
  const pages: PagesOptions = {
    assetHref: assets.href,
    now,
    ...around.pages,
    ...(foreign ? { foreign } : {}),
    ...(serverName === undefined ? {} : { serverName }),
    call: (visit) => callOf(visit, work),
    signIn: (visit, name, password) => attempt(visit, name, password, signing),
    again,
    signOut: (visit) => signOut(visit, people),
    ...(options.authenticate
      ? {}
      : { stepUp: stepUpOver({ ...signing, name: look?.name ?? serverName ?? "xmailcfg" }) }),
    seeAs: (visit, whom, reason) => seeAs(visit, whom, reason, signing),
  };
  const sitesOf = (how: PagesOptions) => ({
    site: createPages(how, joined?.pages),
    errorPage: createErrorPage(how, joined?.pages),
  });
  const own = sitesOf(pages);
  const hosted = signInBy ? sitesOf(byWebServer(pages, log)) : own;
  const isHosted = ({ entrance }: Visit) => entrance.kind === "master";
  const handler = createHandler({
    ...rest,
    bodyLimitAt: (path) => (TAKES_FILES.test(path) ? IMPORT_BODY_LIMIT : undefined),
    loosened: {
      ...(options.frameAncestors ? { frameAncestors: options.frameAncestors } : {}),
      redirects: Object.values(foreign ?? {}).flatMap((url) =>
        url !== null && URL.canParse(url) ? [new URL(url).origin] : [],
      ),
      fonts: look?.stylesheet !== undefined,
    },
    principals,
    ...(options.authenticate ? {} : { entrances: entrancesOf(people, options.doors) }),
    isOver: (session) => people.sessions.isOver(session),
    sessionKey: () => state.sessionKey(),
    files: assets.site,
    sites: [
      createApi({
        ...work,
        version: packageJson.version,
        ...(xmail.backend.changes ? { dryRun: { schema: Changes, run: dryRun } } : {}),
      }),
      doorFiles,
      createMetrics((visit) => lookOfLate(callOf(visit, work))),
      (visit) => (isHosted(visit) ? hosted : own).site(visit),
    ],
    errorPage: (error, visit) => (isHosted(visit) ? hosted : own).errorPage(error, visit),
    log,
    now,
  });
  return told ? waitingFor(told, handler) : handler;
}

function principalsOver(
  xmail: XMail,
  operations: readonly AnyOperation[],
  { state: { people }, signInBy, authenticate, trustProxy = false }: PanelOptions,
  now: () => Date,
): Principals {
  if (signInBy && authenticate) fail("BAD_CONFIG", "Give either signInBy or authenticate, not both.");
  if (signInBy) requireUsableSignIn(signInBy, { trustProxy });
  const roles = {
    actorOf: (person: Person, all: readonly Person[]) => actorOf(person, all, operations),
    narrowedTo,
    ownerOf,
  };
  return principalsOf({
    people,
    roles,
    xmail: xmail.backend,
    now,
    ...(signInBy ? { webServer: signInBy } : {}),
  });
}

/** At the panel's own address people come and go by the web server in front. */
function byWebServer({ stepUp: _, ...pages }: PagesOptions, log: Logger): PagesOptions {
  const look = pages.look ?? lookOf({}, [], log).look;
  return { ...pages, foreign: { signInUrl: null, signOutUrl: null }, look: { ...look, signOutUrl: null } };
}

/** Where a file of ten thousand lines may arrive: the page, and the operations `….import`. */
const TAKES_FILES = /^\/(?:import|api\/(?:imports\/[^/]+|domains\/[^/]+\/lists\/[^/]+\/import))$/;

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
