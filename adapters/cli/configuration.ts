import { loadPlugins, openSite, type Plugin, parseConfig, type Site } from "../../src/index.ts";
import { importBeside } from "../node/import-plugin.ts";
import { jsonLines } from "../node/json-lines.ts";
import { type Terminal, UsageError } from "./terminal.ts";

const DEFAULT_FILE = "xmailcfg.config.json";

export function configurationFile(path: string | undefined, { env }: Pick<Terminal, "env">): string {
  return path ?? env["XMAILCFG_CONFIG"] ?? DEFAULT_FILE;
}

export async function configurationText(path: string | undefined, terminal: Terminal): Promise<string> {
  const file = configurationFile(path, terminal);
  try {
    return await terminal.readFile(file);
  } catch {
    throw new UsageError(
      `The configuration ${file} cannot be read. Name it with --config FILE or XMAILCFG_CONFIG; "xmailcfg demo" needs none.`,
    );
  }
}

/** The plugins that the configuration names; none where there is no configuration. */
export async function configuredPlugins(
  path: string | undefined,
  terminal: Terminal,
): Promise<readonly Plugin[]> {
  const file = configurationFile(path, terminal);
  const text = await terminal.readFile(file).catch(() => null);
  return text === null ? [] : loadPlugins(parseConfig(text), importBeside(file));
}

export async function openConfigured(path: string | undefined, terminal: Terminal): Promise<Site> {
  const config = parseConfig(await configurationText(path, terminal));
  const user = terminal.env["SUDO_USER"] ?? terminal.env["USER"] ?? terminal.env["USERNAME"] ?? "unknown";
  return openSite(config, {
    env: terminal.env,
    readFile: terminal.readFile,
    ...(terminal.modeOf ? { modeOf: terminal.modeOf } : {}),
    importPlugin: importBeside(configurationFile(path, terminal)),
    actorId: `cli:${user}`,
    log: jsonLines("xmailcfg", terminal.err),
  });
}
