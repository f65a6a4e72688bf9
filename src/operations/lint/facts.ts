import type { Context } from "../../kernel/context.ts";
import { type Entry, entriesOf, tableIn } from "../../settings/entries.ts";
import { type VariableLine, variablesIn } from "../../settings/variable-lines.ts";
import { FILES } from "../../tab/files.ts";
import type { TableFile } from "../../tab/table-file.ts";
import type { AccountRow } from "../../xmail/accounts.ts";
import type { AliasRow } from "../../xmail/aliases.ts";
import { type AccountRef, addressOf, foldName } from "../../xmail/names.ts";
import { aliasFor } from "../../xmail/resolution.ts";

/** What several checks look at: read once, when the first asks. */
export interface Facts {
  readonly ctx: Context;
  domains(): Promise<readonly string[]>;
  accounts(): Promise<ReadonlyMap<string, AccountRow>>;
  aliases(): Promise<AliasIndex>;
  server(): Promise<ReadonlyMap<string, VariableLine>>;
  /** Entries that are on; `null` when there is no file. */
  entries(format: TableFile): Promise<readonly Entry[] | null>;
  entriesIn(path: string, format: TableFile): Promise<readonly Entry[] | null>;
}

export interface AliasIndex {
  readonly rows: readonly AliasRow[];
  /** The alias that XMail takes for an address. */
  find(ref: AccountRef): AliasRow | null;
}

const WILD = /[*?[\\]/;

export function factsOf(ctx: Context): Facts {
  const kept = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const known = kept.get(key) ?? read();
    kept.set(key, known);
    return known as Promise<T>;
  };
  const entriesIn = (path: string, format: TableFile) =>
    once(`entries ${path}`, async () => {
      const bytes = await ctx.xmail.files.read(path, ctx);
      return bytes === null ? null : entriesOf(tableIn(bytes, format), null);
    });
  return {
    ctx,
    domains: () => once("domains", () => ctx.xmail.domains.list(ctx)),
    accounts: () => once("accounts", () => accountsOf(ctx)),
    aliases: () => once("aliases", async () => indexOf(await ctx.xmail.aliases.list(undefined, ctx))),
    server: () =>
      once("server", async () => {
        const bytes = await ctx.xmail.files.read(FILES.server.path, ctx);
        return new Map(variablesIn(bytes, FILES.server).map((one) => [one.name, one]));
      }),
    entries: (format) => entriesIn(format.path, format),
    entriesIn,
  };
}

async function accountsOf(ctx: Context): Promise<ReadonlyMap<string, AccountRow>> {
  const accounts = new Map<string, AccountRow>();
  for await (const row of ctx.xmail.accounts.list(undefined, ctx)) {
    accounts.set(foldName(addressOf(row)), row);
  }
  return accounts;
}

/** Exact ones by their address, so that many domains are quick. */
function indexOf(rows: readonly AliasRow[]): AliasIndex {
  const wild = rows.filter(({ domain, alias }) => WILD.test(domain) || WILD.test(alias));
  const exact = new Map(rows.map((row) => [foldName(`${row.alias}@${row.domain}`), row]));
  return {
    rows,
    find: ({ domain, name }) => exact.get(foldName(`${name}@${domain}`)) ?? aliasFor(wild, domain, name),
  };
}
