import { Socket } from "node:net";
import { type CgiStreams, runCgi } from "../../adapters/cgi/cgi.ts";
import { suiteHandler } from "./host-handler.ts";

// Some servers hand over pipes that never block: reading and writing give EAGAIN and take part of a block then.
if (process.env["NEVER_BLOCK"]) for (const fd of [0, 1]) new Socket({ fd, readable: false }).unref();

/** A rejection ends the process with its stack on standard error, which is what the suite wants to see. */
export async function main(streams?: CgiStreams): Promise<number> {
  await runCgi(suiteHandler(), streams);
  return 0;
}
