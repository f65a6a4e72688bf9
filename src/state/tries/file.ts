import { problemsOf, type Static, Type } from "../../kernel/schema.ts";
import { RULES, type RuleName } from "./rules.ts";
import { emptyTables, type Table, type Tables } from "./tables.ts";

const KEY_BYTES = 12;
const TIME_BYTES = 4;
const ENTRY_BYTES = KEY_BYTES + TIME_BYTES;

/** Entries one after the other in Base64: a full table is read and written with every try. */
const TryFile = Type.Object(
  { version: Type.Literal(1), tables: Type.Unknown() },
  { additionalProperties: false },
);

/** What ran empty is left out. */
export function textOfTables(tables: Tables, now: number): string {
  const written = Object.entries(tables)
    .map(([name, table]) => [name, packed(table, now)] as const)
    .filter(([, text]) => text !== "");
  return `${JSON.stringify({ version: 1, tables: Object.fromEntries(written) } satisfies Static<typeof TryFile>)}\n`;
}

/** `null` for what is not ours; tables of rules that are no more are left out. */
export function tablesIn(text: string): Tables | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (problemsOf(TryFile, value).length > 0) return null;
  const { tables: kept } = value as Static<typeof TryFile>;
  if (!isTexts(kept)) return null;
  const tables = emptyTables();
  for (const [name, entries] of Object.entries(kept)) {
    if (Object.hasOwn(RULES, name)) unpack(entries, tables[name as RuleName]);
  }
  return tables;
}

/** The CGI program's checker knows no objects of any names. */
function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => typeof text === "string");
}

function packed(table: Table, now: number): string {
  const bytes = Buffer.alloc(table.size * ENTRY_BYTES);
  let at = 0;
  for (const [key, level] of table) {
    if (level <= now) continue;
    bytes.write(key, at, KEY_BYTES, "base64url");
    bytes.writeUInt32BE(level, at + KEY_BYTES);
    at += ENTRY_BYTES;
  }
  return bytes.subarray(0, at).toString("base64");
}

function unpack(text: string, table: Table): void {
  const bytes = Buffer.from(text, "base64");
  for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    const key = bytes.subarray(at, at + KEY_BYTES).toString("base64url");
    table.set(key, bytes.readUInt32BE(at + KEY_BYTES));
  }
}
