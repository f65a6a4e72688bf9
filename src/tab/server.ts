import type { Storage } from "../storage/storage.ts";
import type { ServerStatus } from "../xmail/server.ts";

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
