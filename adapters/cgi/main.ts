import { writeSync } from "node:fs";
import { isAppError, openSite, type Site } from "../../src/index.ts";
import { jsonLines } from "../node/json-lines.ts";
import { type CgiStreams, runCgi } from "./cgi.ts";
import { readConfiguration } from "./configuration.ts";

/**
 * One request of the shipped program. Resolves with the exit code and never rejects: what goes wrong is an answer 500 and
 * a line in the error log.
 */
export async function main(streams: CgiStreams = {}): Promise<number> {
  const { env = process.env, errors = (line: string) => void writeSync(2, line) } = streams;
  // The web server's error log gets what somebody must look at.
  const log = jsonLines("xmailcfg.cgi", errors);
  let site: Site | undefined;
  try {
    await runCgi(async (request, peer) => {
      const { file, text, readFile } = readConfiguration(env);
      // Only who has plugins reads what imports them.
      const importPlugin = async (specifier: string) =>
        (await import("../node/import-plugin.ts")).importBeside(file)(specifier);
      site = await openSite(text, { env, readFile, actorId: "cgi", log, importPlugin });
      return site.panel()(request, peer);
    }, streams);
    return 0;
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    log.error(isAppError(error) ? { code: error.code, ...error.internal } : { stack }, message);
    return 1;
  } finally {
    await site?.close();
    // What a plugin left open, such as a connection, must not keep the process of this one request.
    if (site && site.plugins.length > 0 && streams.output === undefined) setImmediate(() => process.exit());
  }
}
