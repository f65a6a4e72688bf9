import { fail } from "../errors/error.ts";
import { Secret } from "../errors/secret.ts";
import type { SecretSource } from "./fields.ts";

/** What the host lends: its environment, and how to read one of its files. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readFile(path: string): Promise<string>;
  /** Permission bits of a file, `null` where there are none (Windows): to warn of secrets that others may read. */
  modeOf?(path: string): Promise<number | null>;
}

/**
 * The first line of a file or all of it (keys), or an environment variable. `BAD_CONFIG` names the field; the secret
 * itself never stands in a message.
 */
export async function readSecret(
  source: SecretSource,
  field: string,
  surroundings: Surroundings,
  part: "line" | "text" = "line",
): Promise<Secret> {
  const value =
    source.env === undefined
      ? await textOf(source.file ?? "", `${field}.file`, surroundings, part)
      : surroundings.env[source.env];
  if (value) return new Secret(value);
  const message =
    source.env === undefined
      ? `${field}.file: the file is empty.`
      : `${field}.env: the environment variable ${source.env} is not set.`;
  return fail("BAD_CONFIG", message, { fields: [{ field, rule: "required", message }] });
}

async function textOf(path: string, field: string, surroundings: Surroundings, part: "line" | "text") {
  const text = await readNamedFile(path, field, surroundings);
  if (part === "text") return text;
  const [line = ""] = text.split(/\r?\n/, 1);
  return line;
}

/** A file that the configuration names. `BAD_CONFIG` names the field. */
export async function readNamedFile(
  path: string,
  field: string,
  { readFile }: Surroundings,
): Promise<string> {
  try {
    return await readFile(path);
  } catch (cause) {
    const message = `${field}: ${path} cannot be read.`;
    return fail("BAD_CONFIG", message, { cause, fields: [{ field, rule: "unreadable", message }] });
  }
}
