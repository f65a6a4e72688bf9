import { parseArgs } from "node:util";
import type { AnyOperation, XMail } from "../../src/index.ts";
import { fieldsOf, fieldValue, optionsFor } from "./flags.ts";
import { operationHelp } from "./help.ts";
import { asText } from "./print.ts";
import { type Terminal, UsageError } from "./terminal.ts";

export interface OperationCall {
  readonly command: string;
  readonly operation: AnyOperation;
  readonly args: readonly string[];
  readonly json: boolean;
}

/** Runs one operation of the table; its flags are its input's fields. */
export async function runOperation(
  { command, operation, args, json }: OperationCall,
  terminal: Terminal,
  open: () => Promise<XMail>,
): Promise<void> {
  const fields = fieldsOf(operation);
  const parsed = parseArgs({
    args: [...args],
    options: { ...optionsFor(fields), yes: { type: "boolean" }, help: { type: "boolean" } },
  });
  const values: Readonly<Record<string, unknown>> = parsed.values;
  if (values["help"]) return terminal.out(operationHelp(command, operation));
  if (operation.effect === "destroy" && !values["yes"]) {
    throw new UsageError(`${operation.summary}. This cannot be taken back: add --yes to do it.`);
  }
  const input: Record<string, unknown> = {};
  for (const field of fields) {
    const { name, flag, schema, required } = field;
    if (schema.writeOnly) {
      if (required) input[name] = await secretFrom(values[`${flag}-file`], flag, terminal);
    } else if (values[flag] !== undefined) input[name] = fieldValue(field, values[flag]);
  }
  const xmail = await open();
  try {
    const answer = await call(xmail, operation.name, input);
    terminal.out(json ? `${JSON.stringify(answer, null, 2)}\n` : `${asText(answer)}\n`);
  } finally {
    await xmail.close();
  }
}

function call(xmail: XMail, name: string, input: unknown): Promise<unknown> {
  const [noun = "", verb = ""] = name.split(".");
  const verbs = (xmail as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[
    noun
  ];
  const method = verbs?.[verb];
  if (!method) throw new UsageError(`There is no command ${name}.`);
  return method(input);
}

/** From a file, from standard input (`-`), or asked for; never from the command line. */
export async function secretFrom(file: unknown, flag: string, terminal: Terminal): Promise<string> {
  if (typeof file === "string") {
    const text = file === "-" ? await terminal.readInput() : await terminal.readFile(file);
    return text.split(/\r?\n/, 1)[0] ?? "";
  }
  if (terminal.interactive) return terminal.askSecret(`${flag}: `);
  throw new UsageError(`Give --${flag}-file FILE, or --${flag}-file - to read it from standard input.`);
}
