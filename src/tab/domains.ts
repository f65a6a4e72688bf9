import { fail } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { foldName, sameName } from "../xmail/names.ts";
import { domainAliasFor } from "../xmail/resolution.ts";
import { ACCOUNTS, accountLines } from "./account-lines.ts";
import { ALIASES, aliasLines } from "./aliases.ts";
import { appendRow, cellOf, type Row, removeRows, type Table } from "./codec.ts";
import { DOMAIN_ALIASES, domainAliasLines, readDomainAliases } from "./domain-aliases.ts";
import { DOMAINS, domainLines } from "./domain-lines.ts";
import { type Draft, draftEdit, saveAll } from "./edit-table.ts";
import { listIfThere, removeIfThere } from "./if-there.ts";
import { EXTERNAL_ALIASES, externalAliasLines, POP_LINKS, popLinkLines } from "./links.ts";
import { checkDomainName } from "./name-rules.ts";
import type { Place } from "./read-table.ts";

const FOLDERS = ["domains", "cmdaliases"] as const;

/** `DOMAIN_EXISTS`; `STORAGE_EXISTS` when files of an earlier domain of this name are still there. */
export async function addDomain(storage: Storage, name: string, options?: CallOptions): Promise<void> {
  const domain = foldName(name);
  checkDomainName(domain);
  const aliases = await readDomainAliases(storage, options);
  const row = await draftEdit(
    storage,
    DOMAINS,
    (table) => {
      if (domainLines(table).some((line) => sameName(line.domain, domain))) fail("DOMAIN_EXISTS");
      // XMail takes mail to it as mail to the real domain, by a pattern too.
      if (domainAliasFor(aliases, domain)) fail("DOMAIN_EXISTS");
      return appendRow(table, [cellOf(domain)]);
    },
    options,
  );
  const folders = FOLDERS.map((parent) => storagePath(parent, domain));
  for (const folder of folders) await refuseUsed(storage, folder);
  for (const folder of folders) await storage.makeFolder(folder);
  // Last, so that XMail never handles a domain without its folders.
  await row.save();
}

async function refuseUsed(storage: Storage, folder: StoragePath): Promise<void> {
  if ((await listIfThere(storage, folder)).length === 0) return;
  fail("STORAGE_EXISTS", "A folder with the files of an earlier domain of this name is still there.", {
    internal: { folder },
  });
}

/** With everything that `readHoldings` counts, and its command aliases. `DOMAIN_NOT_FOUND`. */
export async function removeDomain(storage: Storage, domain: string, options?: CallOptions): Promise<void> {
  const without = (place: Place, rowsOf: (table: Table) => Row[]): Promise<Draft> =>
    draftEdit(storage, place, (table) => removeRows(table, rowsOf(table)), options);
  const own = (line: { readonly domain: string }) => sameName(line.domain, domain);
  const row = await without(DOMAINS, (table) => {
    const rows = rowsIn(domainLines(table).filter(own));
    return rows.length > 0 ? rows : fail("DOMAIN_NOT_FOUND");
  });
  const rest = [
    await without(EXTERNAL_ALIASES, (table) => rowsIn(externalAliasLines(table).filter(own))),
    await without(POP_LINKS, (table) => rowsIn(popLinkLines(table).filter(own))),
    await without(ALIASES, (table) => rowsIn(aliasLines(table).filter(own))),
    await without(DOMAIN_ALIASES, (table) =>
      rowsIn(domainAliasLines(table).filter(({ real }) => sameName(real, domain))),
    ),
    await without(ACCOUNTS, (table) => rowsIn(accountLines(table).filter(own))),
  ];
  // The domain goes after what hangs on it: stopped in between, it can be removed again.
  await saveAll([...rest, row]);
  for (const parent of FOLDERS) await removeIfThere(storage, storagePath(parent, foldName(domain)));
}

function rowsIn(lines: readonly { readonly row: Row }[]): Row[] {
  return lines.map(({ row }) => row);
}
