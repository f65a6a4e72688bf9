import { fail } from "../errors/error.ts";
import { Secret } from "../errors/secret.ts";
import type { SecretSource } from "./schema.ts";

/** What the host lends: its environment, and how to read one of its files. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readFile(path: string): Promise<string>;
}

/** `BAD_CONFIG` names the field; the secret itself never stands in a message. */
export async function readSecret(
  source: SecretSource,
  field: string,
  surroundings: Surroundings,
): Promise<Secret> {
  const value =
    source.env === undefined
      ? await firstLine(source.file ?? "", field, surroundings)
      : surroundings.env[source.env];
  if (value) return new Secret(value);
  const message =
    source.env === undefined
      ? `${field}.file: the file is empty.`
      : `${field}.env: the environment variable ${source.env} is not set.`;
  return fail("BAD_CONFIG", message, { fields: [{ field, rule: "required", message }] });
}

async function firstLine(path: string, field: string, { readFile }: Surroundings): Promise<string> {
  try {
    const [line = ""] = (await readFile(path)).split(/\r?\n/, 1);
    return line;
  } catch (cause) {
    const message = `${field}.file: ${path} cannot be read.`;
    return fail("BAD_CONFIG", message, { cause, fields: [{ field, rule: "unreadable", message }] });
  }
}
