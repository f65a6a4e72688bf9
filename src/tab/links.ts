import { type Row, type Table, textOf } from "./codec.ts";
import { FILES } from "./files.ts";
import { placeOf } from "./read-table.ts";

export const EXTERNAL_ALIASES = placeOf(FILES.externalAliases, {});
export const POP_LINKS = placeOf(FILES.popLinks, {});

/** A row that belongs to a local account. */
export interface LinkLine {
  readonly row: Row;
  readonly domain: string;
  readonly name: string;
}

/** Rows of `extaliases.tab` by the local account they stand for. */
export function externalAliasLines(table: Table): LinkLine[] {
  return linesWith(table, 2, 3);
}

/** Rows of `pop3links.tab` by the account they fetch for. */
export function popLinkLines(table: Table): LinkLine[] {
  return linesWith(table, 0, 1);
}

function linesWith(table: Table, domainColumn: number, nameColumn: number): LinkLine[] {
  return table.rows.flatMap((row) => {
    const domain = row.cells[domainColumn];
    const name = row.cells[nameColumn];
    return domain === undefined || name === undefined
      ? []
      : [{ row, domain: textOf(domain), name: textOf(name) }];
  });
}
