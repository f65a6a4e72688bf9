import { decodePassword } from "../../src/crypto/password-code.ts";
import type { Call } from "../../src/kernel/context.ts";
import { invokeAny } from "../../src/kernel/invoke.ts";
import type { AnyOperation } from "../../src/kernel/operation.ts";
import { problemsOf } from "../../src/kernel/schema.ts";
import { cellOf, parseTable } from "../../src/tab/codec.ts";
import type { Input, Json } from "../support/good-inputs.ts";
import type { Bytes } from "../support/whole-storage.ts";

/** Whether what was stored is told again, by what its noun lists and gets. */
export async function isTold(
  operation: AnyOperation,
  call: Call,
  operations: readonly AnyOperation[],
  input: Input,
  text: string,
): Promise<boolean> {
  const [noun = ""] = operation.name.split(".");
  for (const verb of ["list", "get"]) {
    const looking = operations.find(({ name }) => name === `${noun}.${verb}`);
    if (!looking) continue;
    const fields = Object.keys((looking.input as Json).properties ?? {});
    const key = Object.fromEntries(Object.entries(input).filter(([field]) => fields.includes(field)));
    const asked = { ...key, ...(fields.includes("limit") ? { limit: 200 } : {}) };
    // What is done to a thing by its name may be looked for by other names.
    if (problemsOf(looking.input, asked).length > 0) continue;
    const answer = await invokeAny(looking, call, asked);
    if (textsIn(answer).some((one) => one.toLowerCase().includes(text.toLowerCase()))) return true;
  }
  return false;
}

/** Whether a cell of any table holds the secret, plain or as XMail codes passwords. */
export function isKept(files: Bytes, secret: string): boolean {
  const cell = cellOf(secret);
  return Object.entries(files).some(
    ([path, text]) =>
      /^(?!\.xmailcfg).*\.tab$/.test(path) &&
      parseTable(Buffer.from(text, "latin1"), { comments: true, lineBuffer: 4096 }).rows.some(({ cells }) =>
        cells.some((one) => one === cell || decoded(one) === cell),
      ),
  );
}

function decoded(cell: string): string | null {
  return /^(?:[0-9a-f]{2})+$/i.test(cell) ? decodePassword(cell) : null;
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
