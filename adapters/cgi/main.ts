#!/usr/bin/env node
import { readFileSync, writeSync } from "node:fs";
import { isAppError, openSite, type Site } from "../../src/index.ts";
import { jsonLines } from "../node/json-lines.ts";
import { runCgi } from "./cgi.ts";

const DEFAULT_FILE = "xmailcfg.config.json";

/** The web server's error log is standard error; it gets what somebody must look at. */
const log = jsonLines("xmailcfg.cgi", (line) => void writeSync(2, line));

async function openConfigured(): Promise<Site> {
  const text = readFileSync(process.env["XMAILCFG_CONFIG"] ?? DEFAULT_FILE, "utf8");
  const readFile = async (path: string) => readFileSync(path, "utf8");
  return openSite(text, { env: process.env, readFile, actorId: "cgi", log });
}

async function main(): Promise<void> {
  let site: Site | undefined;
  try {
    await runCgi(async (request, peer) => {
      site = await openConfigured();
      return site.panel()(request, peer);
    });
  } finally {
    await site?.close();
  }
}

// Without an answer the web server sends its own 500, and the reason stays in its log.
main().catch((error: unknown) => {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  log.error(isAppError(error) ? { code: error.code } : { stack }, message);
  process.exitCode = 1;
});
