import { parseTable, textOf } from "../tab/codec.ts";
import { FILES } from "../tab/files.ts";
import type { TableFile } from "../tab/table-file.ts";
import { type AccountRow, kindOfType } from "../xmail/accounts.ts";
import { foldName } from "../xmail/names.ts";
import { rowsIn, rowTableAt } from "./row-tables.ts";

const ACCOUNTS = FILES.accounts.path;

export interface AccountFolder extends AccountRow {
  /** Below MailRoot. */
  readonly folder: string;
}

/** The accounts of a `mailusers.tab`, each with where its files are. */
export function accountFoldersIn(text: string): AccountFolder[] {
  const table = rowTableAt(ACCOUNTS);
  if (!table) return [];
  return rowsIn(table, text).map(([domain = "", name = "", , , directory = "", kind]) => ({
    domain: textOf(domain),
    name: textOf(name),
    kind: kindOfType(kind),
    folder: `domains/${foldName(textOf(domain))}/${textOf(directory)}`,
  }));
}

/** The rows as XMail understands them, cells as byte strings. */
export function cellsIn(file: TableFile, text: string): (readonly string[])[] {
  return parseTable(Buffer.from(text, "latin1"), file).rows.map(({ cells }) => cells);
}

const PATTERNS = Object.values<TableFile>(FILES).map((file) => ({
  file,
  pattern: new RegExp(`^${file.path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]*")}$`),
}));

/** What kind of table a path is; `null` for a file of no known kind. */
export function fileKindOf(path: string): TableFile | null {
  return PATTERNS.find(({ pattern }) => pattern.test(path))?.file ?? null;
}
