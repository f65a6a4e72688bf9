import { checkCtrl } from "../check/ctrl.ts";
import { isAppError } from "../errors/error.ts";
import type { Backend } from "../xmail/backend.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { Finding } from "../xmail/check.ts";
import type { ServerStatus } from "../xmail/server.ts";
import { accountStoreOver } from "./backend-accounts.ts";
import { aliasStoreOver, domainAliasStoreOver } from "./backend-aliases.ts";
import { domainStoreOver } from "./backend-domains.ts";
import { externalAliasStoreOver, popLinkStoreOver } from "./backend-links.ts";
import { mailingListStoreOver } from "./backend-lists.ts";
import { openLine } from "./client.ts";
import { configFilesOver } from "./config-files.ts";
import type { CtrlLine } from "./line.ts";
import { type CtrlOptions, type CtrlSettings, isLoopback, readOptions } from "./options.ts";
import { queueOver } from "./queue.ts";
import { sessionOver } from "./session.ts";

/**
 * XMail by its control port while it runs. Nothing is connected before the first call, so a server that is down shows
 * in `server.status` and in the calls. `BAD_CONFIG` names a wrong option.
 */
export async function openCtrlBackend(options: CtrlOptions): Promise<Backend> {
  return openCtrlWay(options).backend;
}

/** A running XMail, for whoever makes a backend over another line to it. */
export interface CtrlWay {
  readonly line: CtrlLine;
  readonly backend: Backend;
  /** Closing it closes the line. */
  backendOver(line: CtrlLine): Backend;
}

export function openCtrlWay(options: CtrlOptions): CtrlWay {
  const settings = readOptions(options);
  const line = openLine(settings);
  const backendOver = (over: CtrlLine) => ctrlBackend(over, settings);
  return { line, backend: backendOver(line), backendOver };
}

function ctrlBackend(line: CtrlLine, settings: CtrlSettings): Backend {
  const session = sessionOver(line);
  return {
    kind: "ctrl",
    domains: domainStoreOver(line),
    accounts: accountStoreOver(line),
    aliases: aliasStoreOver(line),
    domainAliases: domainAliasStoreOver(line),
    externalAliases: externalAliasStoreOver(line),
    mailingLists: mailingListStoreOver(line),
    popLinks: popLinkStoreOver(line),
    files: configFilesOver(line),
    server: {
      status: (call) => statusOf(line, settings, call),
      check: (call) => checkAfresh(settings, call),
      account: settings.account,
      ownAddress: async (call) => (await line.greet(call)).from ?? null,
      stop: (call) => session.shutDownServer(call),
      fetchPop3Links: (call) => session.fetchPop3Links(call),
      flushQueue: (pattern, call) => queueOver(line).flush([pattern], call),
    },
    close: () => line.close(),
  };
}

function transportOf({ tls, host }: CtrlSettings): "tls" | "loopback" | "clear" {
  return tls !== null ? "tls" : isLoopback(host) ? "loopback" : "clear";
}

/** On a connection of its own: one that is open already would not show what has changed since. */
async function checkAfresh(settings: CtrlSettings, call?: CallOptions): Promise<readonly Finding[]> {
  const line = openLine(settings);
  try {
    return await checkCtrl({
      transport: transportOf(settings),
      greet: () => line.greet(call),
      domains: () => domainStoreOver(line).list(call),
    });
  } finally {
    await line.close();
  }
}

async function statusOf(line: CtrlLine, settings: CtrlSettings, call?: CallOptions): Promise<ServerStatus> {
  const about = { mode: "ctrl", transport: transportOf(settings), storage: null } as const;
  try {
    const { version } = await line.greet(call);
    return { reachable: true, version, problem: null, ...about };
  } catch (error) {
    return {
      reachable: false,
      version: null,
      problem: isAppError(error) ? error.code : "INTERNAL",
      ...about,
    };
  }
}
