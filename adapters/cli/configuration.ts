import { openSite, parseConfig, type Site } from "../../src/index.ts";
import { jsonLines } from "../node/json-lines.ts";
import { type Terminal, UsageError } from "./terminal.ts";

const DEFAULT_FILE = "xmailcfg.config.json";

export async function configurationText(path: string | undefined, terminal: Terminal): Promise<string> {
  const file = path ?? terminal.env["XMAILCFG_CONFIG"] ?? DEFAULT_FILE;
  try {
    return await terminal.readFile(file);
  } catch {
    throw new UsageError(
      `The configuration ${file} cannot be read. Name it with --config FILE or XMAILCFG_CONFIG; "xmailcfg demo" needs none.`,
    );
  }
}

export async function openConfigured(path: string | undefined, terminal: Terminal): Promise<Site> {
  const config = parseConfig(await configurationText(path, terminal));
  const user = terminal.env["SUDO_USER"] ?? terminal.env["USER"] ?? terminal.env["USERNAME"] ?? "unknown";
  return openSite(config, {
    env: terminal.env,
    readFile: terminal.readFile,
    ...(terminal.modeOf ? { modeOf: terminal.modeOf } : {}),
    actorId: `cli:${user}`,
    log: jsonLines("xmailcfg", terminal.err),
  });
}
