import { parseArgs } from "node:util";
import type { AnyOperation, Site, XMail } from "../../src/index.ts";
import { fieldsOf, fieldValue, optionsFor } from "./flags.ts";
import { newSecret } from "./new-secret.ts";
import { asText } from "./print.ts";
import { type Terminal, UsageError } from "./terminal.ts";

export interface OperationCall {
  readonly operation: AnyOperation;
  readonly args: readonly string[];
  readonly json: boolean;
}

/** Runs one operation of the table; its flags are its input's fields. */
export async function runOperation(
  { operation, args, json }: OperationCall,
  terminal: Terminal,
  open: () => Promise<Site>,
): Promise<void> {
  const fields = fieldsOf(operation);
  const parsed = parseArgs({
    args: [...args],
    options: { ...optionsFor(fields), yes: { type: "boolean" } },
  });
  const values: Readonly<Record<string, unknown>> = parsed.values;
  if (operation.effect === "destroy" && !values["yes"]) {
    throw new UsageError(`${operation.summary}. This cannot be taken back: add --yes to do it.`);
  }
  const input: Record<string, unknown> = {};
  for (const field of fields.filter(({ schema }) => !schema.writeOnly)) {
    if (values[field.flag] !== undefined) input[field.name] = fieldValue(field, values[field.flag]);
  }
  // Opened first: nobody types a password to learn that the configuration is wrong.
  const site = await open();
  try {
    for (const { name, flag } of fields.filter(({ schema, required }) => schema.writeOnly && required)) {
      input[name] = await newSecret(values[`${flag}-file`], flag, terminal);
    }
    const answer = await call(site.xmail, operation.name, input);
    terminal.out(json ? `${JSON.stringify(answer, null, 2)}\n` : `${asText(answer)}\n`);
  } finally {
    await site.close();
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
