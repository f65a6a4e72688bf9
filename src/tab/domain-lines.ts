import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { foldName } from "../xmail/names.ts";
import { type Row, type Table, textOf } from "./codec.ts";
import { FILES } from "./files.ts";
import { placeOf, readTable } from "./read-table.ts";

export const DOMAINS = placeOf(FILES.domains, {});

export interface DomainLine {
  readonly row: Row;
  /** Lower case. */
  readonly domain: string;
}

/** XMail lists a `#` line as a domain, but its index, and so its mail, does not know it. */
export function domainLines(table: Table): DomainLine[] {
  return table.rows
    .map((row) => ({ row, domain: foldName(textOf(row.cells[0] ?? "")) }))
    .filter(({ row }) => !row.raw.startsWith("#"));
}

export function domainNames(table: Table): string[] {
  return domainLines(table).map(({ domain }) => domain);
}

/** Lower case, in the order of `domains.tab`. */
export async function readDomains(storage: Storage, options?: CallOptions): Promise<string[]> {
  return domainNames(await readTable(storage, DOMAINS, options));
}
