import { isAppError, OPERATIONS } from "../../src/index.ts";
import { runCheck } from "./check.ts";
import { configuredPlugins, openConfigured } from "./configuration.ts";
import { COMMANDS, type Commands, commandsOf, helpFor, VERSION } from "./help.ts";
import { runOperation } from "./operation-command.ts";
import { forTerminal } from "./print.ts";
import { runServe } from "./serve.ts";
import { type Terminal, UsageError } from "./terminal.ts";

const DONE = 0;
const FAILED = 1;
const MISUSED = 2;

/** The whole program: arguments in, exit code out. 0 done, 1 failed, 2 wrong use or wrong input. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const code = await dispatch(argv, terminal);
    return typeof code === "number" ? code : DONE;
  } catch (error) {
    return explain(error, terminal);
  }
}

/** Resolves a number where the exit code is not that of all that goes well. */
async function dispatch(argv: readonly string[], terminal: Terminal): Promise<unknown> {
  const { config, json, rest } = commonFlags(argv);
  const [first = "help", second = ""] = rest;
  if (first === "--version") return terminal.out(VERSION);
  if (first === "help" || rest.includes("--help"))
    return terminal.out(await helpAbout(rest, config, terminal));
  const site = () => openConfigured(config, terminal);
  switch (first) {
    // The demo and the simulator are heavy; whoever runs a command does not load them.
    case "demo":
      return (await import("./demo.ts")).runDemo(rest.slice(1), terminal);
    case "simulator":
      return (await import("./simulator.ts")).runSimulator(rest.slice(1), terminal);
    case "check":
      return (await runCheck({ config, args: rest.slice(1), json }, terminal)) > 0 ? FAILED : DONE;
    case "warm":
      return (await import("./warm.ts")).runWarm(rest.slice(1), terminal);
    case "serve":
      return runServe(rest.slice(1), terminal, site);
  }
  // One run, for cron: the short form of what it is.
  const short = first === "watch" && !COMMANDS.has(`watch ${second}`);
  const operation = COMMANDS.get(short ? "watch run" : `${first} ${second}`);
  if (operation) {
    return codeOf(runOperation({ operation, args: rest.slice(short ? 1 : 2), json }, terminal, site));
  }
  return runPluginCommand([first, second], { args: rest.slice(2), json, config }, terminal);
}

/** A command that is not ours may be one of a plugin. */
async function runPluginCommand(
  words: readonly [string, string],
  { args, json, config }: { args: readonly string[]; json: boolean; config: string | undefined },
  terminal: Terminal,
): Promise<number> {
  const plugins = await configuredPlugins(config, terminal);
  const commands = commandsOf(plugins.map(({ operations = {} }) => operations));
  const operation = commands.get(words.join(" ")) ?? noCommand(words, new Map([...COMMANDS, ...commands]));
  return codeOf(runOperation({ operation, args, json }, terminal, () => openConfigured(config, terminal)));
}

async function codeOf(tellsFault: Promise<boolean>): Promise<number> {
  return (await tellsFault) ? FAILED : DONE;
}

/** `help account add` and `account add --help` are the same. */
async function helpAbout(
  words: readonly string[],
  config: string | undefined,
  terminal: Terminal,
): Promise<string> {
  const named = words[0] === "help" ? words.slice(1) : words;
  const end = named.findIndex((word) => word.startsWith("-"));
  const about = end === -1 ? named : named.slice(0, end);
  const ours = helpFor(about);
  // Help on what is ours needs no plugin, and must be there when the configuration is what is wrong.
  if (ours !== null && about.length > 0) return ours;
  const broken = `\nThe plugins of the configuration are not listed, because it cannot be used: see xmailcfg check.\n`;
  const plugins = await configuredPlugins(config, terminal).catch((error: unknown) => {
    if (ours !== null && isAppError(error)) return null;
    throw error;
  });
  if (!plugins) return ours + broken;
  const commands = commandsOf([OPERATIONS, ...plugins.map(({ operations = {} }) => operations)]);
  return helpFor(about, commands) ?? noCommand(about, commands);
}

function noCommand([noun = "", verb = ""]: readonly string[], commands: Commands): never {
  const list = helpFor([noun], commands) === null ? "" : ` ${noun}`;
  throw new UsageError(
    `There is no command "${`${noun} ${verb}`.trim()}". xmailcfg${list} --help lists them.`,
  );
}

function commonFlags(argv: readonly string[]): { config: string | undefined; json: boolean; rest: string[] } {
  const rest: string[] = [];
  let config: string | undefined;
  let json = false;
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (word === "--json") json = true;
    else if (word === "--config") config = argv[++i] ?? "";
    else if (word.startsWith("--config=")) config = word.slice("--config=".length);
    else rest.push(word);
  }
  if (config === "" || config?.startsWith("--")) throw new UsageError("--config takes the name of a FILE.");
  return { config, json, rest };
}

function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof UsageError || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS")) {
    complain(terminal, (error as Error).message);
    return MISUSED;
  }
  if (!isAppError(error)) throw error;
  const fields = error.code === "BAD_CONFIG" ? [] : error.fields;
  const details = fields.map(({ message }) => `\n  ${message}`).join("");
  complain(terminal, `${error.message} (${error.code})${details}`);
  return error.code === "INVALID_INPUT" || error.code === "BAD_CONFIG" ? MISUSED : FAILED;
}

/** Messages name what was found in files and what was typed: neither steers the terminal. */
function complain(terminal: Terminal, message: string): void {
  terminal.err(`${`xmailcfg: ${message}`.split("\n").map(forTerminal).join("\n")}\n`);
}
