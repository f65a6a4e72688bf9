import { type AnyOperation, OPERATIONS } from "../../src/index.ts";
import { type Field, type FieldSchema, fieldsOf, kebab } from "./flags.ts";

export const PROGRAMS: Readonly<Record<string, string>> = {
  demo: "Start the panel on generated data: [--port 8080] [--host 127.0.0.1]",
  serve: "Start the panel and the API: [--port N] [--host ADDRESS]",
  "admin add": "Add an administrator of the panel: --name NAME [--password-file FILE]",
  "admin list": "List the administrators of the panel",
  "admin remove": "Remove an administrator and his keys: --name NAME --yes",
  "key add": "Make an API key, shown once: --admin NAME --name LABEL",
  "key list": "List the API keys",
  "key remove": "End an API key: --id ID",
  simulator: "Run a control server over a MailRoot: --mail-root DIR [--port N] [--tls-port N] …",
};

const ALWAYS = `Options of every command:
  --config FILE   configuration (default: XMAILCFG_CONFIG, else xmailcfg.config.json here)
  --json          answer as JSON
  --help          this text, or the options of one command`;

export function generalHelp(): string {
  const operations = Object.entries(OPERATIONS).flatMap(([noun, verbs]) =>
    Object.entries<AnyOperation>(verbs).map(
      ([verb, { summary }]) => [`${kebab(noun)} ${kebab(verb)}`, summary] as const,
    ),
  );
  return `xmailcfg: administer an XMail mail server

Usage: xmailcfg <noun> <verb> [options]

${columns(operations)}

Programs:
${columns(Object.entries(PROGRAMS))}

${ALWAYS}
`;
}

export function operationHelp(command: string, operation: AnyOperation): string {
  const rows = fieldsOf(operation).map((field) => [flagText(field), fieldText(field)] as const);
  const destroy =
    operation.effect === "destroy" ? [["--yes", "Do it: this cannot be taken back"] as const] : [];
  return `xmailcfg ${command}: ${operation.summary}

${columns([...rows, ...destroy])}

${ALWAYS}
`;
}

function flagText({ flag, schema }: Field): string {
  if (schema.writeOnly) return `--${flag}-file FILE`;
  if (schema.type === "boolean") return `--${flag}`;
  if (schema.type === "array")
    return `--${flag} ${schema.items?.type === "object" ? "NAME=VALUE" : "TEXT"} …`;
  return `--${flag} ${schema.type === "integer" ? "N" : "TEXT"}`;
}

function fieldText({ schema, required }: Field): string {
  const source = schema.writeOnly ? "first line of FILE, - for standard input; asked for if absent" : "";
  return [
    required && !schema.writeOnly ? "(required)" : "",
    source,
    choices(schema),
    schema.description ?? "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function choices({ anyOf = [] }: FieldSchema): string {
  return anyOf.map((option) => String(option.const)).join("|");
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join("\n");
}
