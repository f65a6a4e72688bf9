import { parseArgs } from "node:util";
import type { AnyOperation, DryRunAnswer, Site, XMail } from "../../src/index.ts";
import { asksReason } from "./asks-reason.ts";
import { fieldsOf, fieldValue, givenFor, isTyped, optionsFor } from "./flags.ts";
import { importInParts, isInParts, isUnfinished } from "./import-parts.ts";
import { longText } from "./long-text.ts";
import { newSecret } from "./new-secret.ts";
import { asText } from "./print.ts";
import { dryRunAsText } from "./print-changes.ts";
import { type Terminal, UsageError } from "./terminal.ts";

export interface OperationCall {
  readonly operation: AnyOperation;
  readonly args: readonly string[];
  readonly json: boolean;
}

/** How a change is made; a field of these names would be hidden, and a test looks for one. */
const DRY_RUN = { "dry-run": { type: "boolean" } } as const;
const REASON = { reason: { type: "string" } } as const;

/** Runs one operation of the table; its flags are its input's fields. Resolves whether the answer tells of a fault, or is not all. */
export async function runOperation(
  { operation, args, json }: OperationCall,
  terminal: Terminal,
  open: () => Promise<Site>,
): Promise<boolean> {
  const fields = fieldsOf(operation);
  const parsed = parseArgs({
    args: [...args],
    options: {
      ...optionsFor(fields),
      ...(operation.effect === "read" ? {} : DRY_RUN),
      ...(asksReason(operation) ? REASON : {}),
      yes: { type: "boolean" },
    },
  });
  const values: Readonly<Record<string, unknown>> = parsed.values;
  const dryRun = values["dry-run"] === true;
  if (operation.effect === "destroy" && !values["yes"] && !dryRun) {
    throw new UsageError(`${operation.summary}. Look first with --dry-run, then add --yes to do it.`);
  }
  const input: Record<string, unknown> = {};
  for (const field of fields.filter(({ schema }) => !isTyped(schema))) {
    const given = givenFor(field, values);
    if (given === undefined) continue;
    input[field.name] = field.schema["x-text"]
      ? await longText(String(given), field.flag, terminal)
      : fieldValue(field, given);
  }
  // Opened first: nobody types a password to learn that the configuration is wrong.
  const site = await open();
  try {
    for (const { name, flag, schema, required } of fields) {
      if (!isTyped(schema) || !(required || values[`${flag}-file`] !== undefined)) continue;
      input[name] = await newSecret(values[`${flag}-file`], flag, terminal);
    }
    const ask = (given: unknown = input) =>
      call(site.xmail, operation.name, given, {
        ...(dryRun ? { dryRun } : {}),
        ...(typeof values["reason"] === "string" ? { reason: values["reason"] } : {}),
      });
    const print = (given: unknown) => {
      if (json) return terminal.out(`${JSON.stringify(given, null, 2)}\n`);
      const text = dryRun ? dryRunAsText(given as DryRunAnswer<unknown>) : asText(given);
      terminal.out(text === "" ? "" : `${text}\n`);
    };
    const inParts = !dryRun && isInParts(operation, input);
    let answer = inParts ? await importInParts(input, terminal, ask) : await ask();
    print(answer);
    // What comes in parts is one file, unless somebody wants a part.
    for (let next = nextPart(answer); next !== null && !json && !("limit" in input); ) {
      input["cursor"] = next;
      answer = await ask();
      print(answer);
      next = nextPart(answer);
    }
    if (inParts && isUnfinished(answer)) return true;
    return !dryRun && operation.tellsFault?.(answer as never) === true;
  } finally {
    await site.close();
  }
}

function nextPart(answer: unknown): string | null {
  const { jsonl, next } = (answer ?? {}) as { readonly jsonl?: unknown; readonly next?: unknown };
  return typeof jsonl === "string" && typeof next === "string" ? next : null;
}

type Method = (
  input: unknown,
  how: { readonly dryRun?: boolean; readonly reason?: string },
) => Promise<unknown>;

function call(xmail: XMail, name: string, input: unknown, how: Parameters<Method>[1]): Promise<unknown> {
  const [noun = "", verb = ""] = name.split(".");
  const verbs = (xmail as unknown as Record<string, Record<string, Method>>)[noun];
  const method = verbs?.[verb];
  if (!method) throw new UsageError(`There is no command ${name}.`);
  return method(input, how);
}
