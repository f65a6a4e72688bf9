import type { ServerStatus } from "../xmail/server.ts";

/** Nobody is asked: the files are those of a server that does not run. */
export const STOPPED: ServerStatus = {
  reachable: false,
  version: null,
  problem: null,
  mode: "tab",
  transport: "files",
};
