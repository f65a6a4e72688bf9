import { existsSync } from "node:fs";
import { CACHE_ENDING, cachedLoader } from "../node/code-cache.ts";
import type { CgiStreams } from "./cgi.ts";

/** What answers a request. It stands beside what is started, so that `xmailcfg warm` can put its compiled code there too. */
export const PROGRAM = "xmailcfg-cgi.cjs";

export interface CgiProgram {
  /** One request; resolves with the exit code. */
  main(streams?: CgiStreams): Promise<number>;
}

/** The program in `folder`, with its compiled code where that is kept. */
export function loadProgram(folder: string, outside: NodeJS.Require): CgiProgram {
  const file = `${folder}/${PROGRAM}`;
  return (
    existsSync(file + CACHE_ENDING) ? cachedLoader(folder, outside).load(PROGRAM) : outside(file)
  ) as CgiProgram;
}
