import packageJson from "../package.json" with { type: "json" };
import type { Secret } from "./errors/secret.ts";
import type { AddressOptions } from "./http/address.ts";
import { createApi } from "./http/api.ts";
import { serveAssets } from "./http/assets.ts";
import { createHandler } from "./http/handler.ts";
import type { FetchHandler, Principals, Visit } from "./http/types.ts";
import type { Actor } from "./kernel/actor.ts";
import type { Audit } from "./kernel/audit.ts";
import { type Call, type Logger, SILENT } from "./kernel/context.ts";
import { SERVER } from "./kernel/target.ts";
import type { XMail } from "./library.ts";
import { ALL_OPERATIONS } from "./operations/table.ts";
import { ASSETS } from "./web/assets.ts";
import { createErrorPage, createPages, type PagesOptions } from "./web/pages.ts";

/** What the panel remembers; `openState(storage)` gives one, a control panel may bring its own. */
export interface PanelState {
  readonly principals: Principals;
  /** Whether somebody of this name may sign in: the audit log keeps no other name; none without this. */
  isAdministrator?(name: string): Promise<boolean>;
  /** Signs the cookies: 32 random bytes or more, the same for all processes of one panel. */
  sessionKey(): Promise<Secret>;
  readonly audit: Audit;
}

export interface PanelOptions extends AddressOptions {
  readonly state: PanelState;
  /** Seconds without a request after which a sign-in ends; default 3600. */
  readonly sessionSeconds?: number;
  /** Bytes of a request body; default 1 MiB. */
  readonly bodyLimit?: number;
  /** Which mail server this is, shown in the top bar. */
  readonly serverName?: string;
  readonly log?: Logger;
  now?(): Date;
}

/** Panel, API and assets over one XMail, as one Fetch handler for any host. */
export function createPanel(xmail: XMail, options: PanelOptions): FetchHandler {
  const { state, log = SILENT, now = () => new Date(), serverName, ...rest } = options;
  const assets = serveAssets(ASSETS);
  const work = { xmail: xmail.backend, audit: state.audit, log, now };
  const pages: PagesOptions = {
    assetHref: assets.href,
    now,
    ...(serverName === undefined ? {} : { serverName }),
    call: (visit) => callOf(visit, work),
    signIn: (visit, name, password) => signIn(visit, name, password, state, now),
  };
  return createHandler({
    ...rest,
    principals: state.principals,
    sessionKey: () => state.sessionKey(),
    sites: [
      assets.site,
      createApi({ ...work, operations: ALL_OPERATIONS, version: packageJson.version }),
      createPages(pages),
    ],
    errorPage: createErrorPage(pages),
    log,
    now,
  });
}

/** Characters of a name in the audit log. */
const LONGEST_NAME = 64;
const NOBODY: Actor = { id: "nobody", name: "nobody", grants: [] };

function callOf(visit: Visit, work: Pick<Call, "xmail" | "audit" | "log" | "now">): Call {
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
async function signIn(visit: Visit, name: string, password: Secret, state: PanelState, now: () => Date) {
  const principal = await state.principals.bySignIn(name, password);
  const known = principal?.name ?? ((await state.isAdministrator?.(name)) ? name : "***");
  await state.audit.record({
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
