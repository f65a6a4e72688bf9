import { failField } from "../../errors/error.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { decodeWords, encodeWords } from "../../settings/encoded-words.ts";
import { MASK } from "../../settings/masked-line.ts";
import { changeVariables, variablesIn } from "../../settings/variable-lines.ts";
import { FILES } from "../../tab/files.ts";
import { isSecretVariable } from "../../xmail/secret-names.ts";
import { MEMORY } from "../account/services.ts";
import { refuseWrongVariable } from "../account/variable-rules.ts";
import { Revision } from "../edit-seen.ts";
import { ExistingVariableName, fields, VariableName, VariableValue } from "../fields.ts";

export const Variables = Type.Array(
  fields({ name: Type.String(), value: Type.String(), line: Type.Integer({ minimum: 1 }) }),
  { description: "What a new account begins with" },
);

export const changeFields = {
  set: Type.Optional(
    Type.Array(fields({ name: VariableName, value: VariableValue }), {
      maxItems: 50,
      description: "Variables to write",
    }),
  ),
  unset: Type.Optional(
    Type.Array(ExistingVariableName, { maxItems: 50, description: "Variables to take away" }),
  ),
  revision: Type.Optional(Revision),
};
const Changes = fields(changeFields);

export function defaultsIn(bytes: Uint8Array | null): Static<typeof Variables> {
  return variablesIn(bytes, FILES.accountDefaults).map(({ name, value, line }) => ({
    name,
    value: isSecretVariable(name) ? MASK : decodeWords(value),
    line,
  }));
}

/** The same rules as for the variables of an account: these become its variables. */
export function changesIn({
  set = [],
  unset = [],
}: Static<typeof Changes>): ReadonlyMap<string, string | null> {
  const changes = new Map<string, string | null>(unset.map((name) => [name, null]));
  for (const { name, value } of set) {
    if (changes.has(name)) failField("set", "twice", `${name} is named twice.`);
    if (name.toLowerCase() === MEMORY.toLowerCase()) {
      failField("set", "reserved", `${name} is written by account.suspend and account.resume only.`);
    }
    refuseWrongVariable(name, value);
    changes.set(name, encodeWords(value));
  }
  if (changes.size === 0) failField("set", "required", "Name at least one variable to set or unset.");
  return changes;
}

/** XMail's control port deletes a file that is sent empty: for a domain that would mean the server's defaults. */
const NO_VARIABLES = Buffer.from("# No variables.\n");

export function changedDefaults(
  bytes: Uint8Array | null,
  changes: ReadonlyMap<string, string | null>,
): Uint8Array {
  const changed = changeVariables(bytes, FILES.accountDefaults, changes);
  return changed.length === 0 ? NO_VARIABLES : changed;
}

export function neverEmpty(bytes: Uint8Array | null): Uint8Array {
  return bytes === null || bytes.length === 0 ? NO_VARIABLES : bytes;
}
