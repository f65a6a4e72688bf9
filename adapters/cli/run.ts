import { isAppError } from "../../src/index.ts";
import { runAdministrators } from "./administrators.ts";
import { runCheck } from "./check.ts";
import { openConfigured } from "./configuration.ts";
import { COMMANDS, helpFor, PROGRAMS, VERSION } from "./help.ts";
import { runOperation } from "./operation-command.ts";
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
  if (first === "help" || rest.includes("--help")) return terminal.out(helpAbout(rest));
  const site = () => openConfigured(config, terminal);
  switch (first) {
    // The demo and the simulator are heavy; whoever runs a command does not load them.
    case "demo":
      return (await import("./demo.ts")).runDemo(rest.slice(1), terminal);
    case "simulator":
      return (await import("./simulator.ts")).runSimulator(rest.slice(1), terminal);
    case "check":
      return (await runCheck({ config, args: rest.slice(1), json }, terminal)) > 0 ? FAILED : DONE;
    case "serve":
      return runServe(rest.slice(1), terminal, site);
  }
  const command = `${first} ${second}`;
  if (Object.hasOwn(PROGRAMS, command))
    return runAdministrators({ command, args: rest.slice(2), json }, terminal, site);
  const operation = COMMANDS.get(command) ?? noCommand([first, second]);
  return runOperation({ operation, args: rest.slice(2), json }, terminal, site);
}

/** `help account add` and `account add --help` are the same. */
function helpAbout(words: readonly string[]): string {
  const named = words[0] === "help" ? words.slice(1) : words;
  const end = named.findIndex((word) => word.startsWith("-"));
  const about = end === -1 ? named : named.slice(0, end);
  return helpFor(about) ?? noCommand(about);
}

function noCommand([noun = "", verb = ""]: readonly string[]): never {
  const list = helpFor([noun]) === null ? "" : ` ${noun}`;
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
    terminal.err(`xmailcfg: ${(error as Error).message}\n`);
    return MISUSED;
  }
  if (!isAppError(error)) throw error;
  const fields = error.code === "BAD_CONFIG" ? [] : error.fields;
  const details = fields.map(({ message }) => `\n  ${message}`).join("");
  terminal.err(`xmailcfg: ${error.message} (${error.code})${details}\n`);
  return error.code === "INVALID_INPUT" || error.code === "BAD_CONFIG" ? MISUSED : FAILED;
}
