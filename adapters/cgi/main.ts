import { writeSync } from "node:fs";
import { isAppError, openSite, type Site } from "../../src/index.ts";
import { jsonLines } from "../node/json-lines.ts";
import { type CgiStreams, runCgi } from "./cgi.ts";
import { readConfiguration } from "./configuration.ts";

export type CgiMain = typeof main;

/** The web server's error log is standard error; it gets what somebody must look at. */
const log = jsonLines("xmailcfg.cgi", (line) => void writeSync(2, line));

/** One request of the shipped program. Never rejects: what goes wrong is an answer 500 and a line in the error log. */
export async function main(streams: CgiStreams = {}): Promise<void> {
  const { env = process.env } = streams;
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
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    log.error(isAppError(error) ? { code: error.code, ...error.internal } : { stack }, message);
    process.exitCode = 1;
  } finally {
    await site?.close();
    // What a plugin left open, such as a connection, must not keep the process.
    if (site && site.plugins.length > 0 && streams.output === undefined) process.exit();
  }
}
