import { fail } from "../errors/error.ts";
import type { Storage } from "../storage/storage.ts";
import type { ServerStatus, ServerStore } from "../xmail/server.ts";

/** Nobody is asked: the files are those of a server that does not run. */
export function stoppedStatus({ kind }: Storage): ServerStatus {
  return {
    reachable: false,
    version: null,
    problem: null,
    mode: "tab",
    transport: "files",
    storage: { kind, host: null },
  };
}

/** A server that does not run takes no orders. */
export const noOrders: Pick<ServerStore, "account" | "stop" | "fetchPop3Links" | "flushQueue"> = {
  account: null,
  stop: async () => fail("XMAIL_STOPPED"),
  fetchPop3Links: async () => fail("XMAIL_STOPPED"),
  flushQueue: async () => fail("XMAIL_STOPPED"),
};
