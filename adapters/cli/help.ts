import packageJson from "../../package.json" with { type: "json" };
import { type AnyOperation, OPERATIONS, type Plugin } from "../../src/index.ts";
import { asksReason } from "./asks-reason.ts";
import { type Field, type FieldSchema, fieldsOf, hasNo, isNamed, isTyped, isWhole, kebab } from "./flags.ts";

export const PROGRAMS: Readonly<Record<string, string>> = {
  demo: "Start the panel on generated data: [--port 8080] [--host 127.0.0.1] [--storm]",
  check: "Test the configuration: every connection, what is wrong and how to mend it",
  serve: "Start the panel and the API: [--port N] [--host ADDRESS]",
  warm: "Compile the CGI program ahead, for this version of Node: [--dir DIR]",
  simulator:
    "Run a control server over a MailRoot: --mail-root DIR [--port N] [--tls-port N] [--ctrl-log] [--max-sessions N] [--session-timeout SECONDS]",
};

const ALWAYS = `Options of every command:
  --config FILE   configuration (default: XMAILCFG_CONFIG, else xmailcfg.config.json here)
  --json          answer as JSON
  --help          this text, the verbs of one noun, or the options of one command
  --version       which xmailcfg this is`;

export const VERSION = `xmailcfg ${packageJson.version}\n`;

/** By command, as people type it: `account set-variables`. */
export type Commands = ReadonlyMap<string, AnyOperation>;

export const COMMANDS = commandsOf([OPERATIONS]);

export function commandsOf(tables: readonly NonNullable<Plugin["operations"]>[]): Commands {
  const nouns = tables.flatMap((table) => Object.entries(table));
  return new Map(
    nouns.flatMap(([noun, verbs]) =>
      Object.entries<AnyOperation>(verbs).map(
        ([verb, operation]) => [`${kebab(noun)} ${kebab(verb)}`, operation] as const,
      ),
    ),
  );
}

/** Of everything, of a noun, or of one command; `null` for what is none of these. */
export function helpFor([noun, verb]: readonly string[], commands: Commands = COMMANDS): string | null {
  if (noun === undefined) return generalHelp(commands);
  const command = Object.hasOwn(PROGRAMS, noun) ? noun : verb === undefined ? noun : `${noun} ${verb}`;
  const operation = commands.get(command);
  if (operation) return operationHelp(command, operation);
  if (Object.hasOwn(PROGRAMS, command)) return `xmailcfg ${command}: ${PROGRAMS[command]}\n\n${ALWAYS}\n`;
  const verbs = [...operationRows(commands), ...Object.entries(PROGRAMS)].filter(([each]) =>
    each.startsWith(`${noun} `),
  );
  return verb !== undefined || verbs.length === 0
    ? null
    : `xmailcfg ${noun} <verb> [options]\n\n${columns(verbs)}\n\n${ALWAYS}\n`;
}

function operationRows(commands: Commands): (readonly [string, string])[] {
  return [...commands].map(([command, { summary }]) => [command, summary]);
}

function generalHelp(commands: Commands): string {
  return `xmailcfg: administer an XMail mail server

Usage: xmailcfg <noun> <verb> [options]

${columns(operationRows(commands))}

Programs:
${columns(Object.entries(PROGRAMS))}

${ALWAYS}
`;
}

function operationHelp(command: string, operation: AnyOperation): string {
  const rows = fieldsOf(operation).map((field) => [flagText(field), fieldText(field)] as const);
  const { effect } = operation;
  const destroy = effect === "destroy" ? [["--yes", "Do it"] as const] : [];
  const how = [...(effect === "read" ? [] : [DRY_RUN]), ...(asksReason(operation) ? [REASON] : [])];
  return `xmailcfg ${command}: ${operation.summary}

${columns([...rows, ...how, ...destroy])}

${ALWAYS}
`;
}

const DRY_RUN = ["--dry-run", "Change nothing, and show what would be changed"] as const;
const REASON = ["--reason TEXT", "Why, for the history and the audit log"] as const;

function flagText({ flag, schema }: Field): string {
  if (isTyped(schema)) return `--${flag}-file FILE`;
  if (schema["x-text"]) return `--${flag} FILE`;
  if (schema.type === "boolean") return `--${flag}, --no-${flag}`;
  if (schema.type === "array") return `--${flag} ${itemText(schema.items ?? {})} …`;
  const value = isWhole(schema) ? "N" : "TEXT";
  return hasNo(schema) ? `--${flag} ${value}, --no-${flag}` : `--${flag} ${value}`;
}

function itemText(schema: FieldSchema): string {
  if (schema.type !== "object") return "TEXT";
  return isNamed(schema) ? "NAME=VALUE" : "JSON";
}

function fieldText({ schema, required }: Field): string {
  const source = isTyped(schema)
    ? `first line of FILE, - for standard input${required ? "; asked for if absent" : "."}`
    : schema["x-text"]
      ? "all of FILE (UTF-8, UTF-16 or Shift_JIS), - for standard input."
      : "";
  return [required && !isTyped(schema) ? "(required)" : "", source, choices(schema), schema.description ?? ""]
    .filter((part) => part !== "")
    .join(" ");
}

function choices({ anyOf = [] }: FieldSchema): string {
  return anyOf.flatMap((option) => (option.const === undefined ? [] : [String(option.const)])).join("|");
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join("\n");
}
