import type { Context } from "../../kernel/context.ts";
import { type Entry, entriesOf, tableIn } from "../../settings/entries.ts";
import { type VariableLine, variablesIn } from "../../settings/variable-lines.ts";
import { textOf } from "../../tab/cell.ts";
import { FILES } from "../../tab/files.ts";
import type { TableFile } from "../../tab/table-file.ts";
import type { AccountRow } from "../../xmail/accounts.ts";
import type { AliasRow } from "../../xmail/aliases.ts";
import { type AccountRef, addressOf, foldName } from "../../xmail/names.ts";
import { patternMatcher } from "../../xmail/pattern.ts";
import { aliasFor } from "../../xmail/resolution.ts";

/** What several checks look at: read once, when the first asks. */
export interface Facts {
  readonly ctx: Context;
  domains(): Promise<readonly string[]>;
  accounts(): Promise<ReadonlyMap<string, AccountRow>>;
  folders(): Promise<ReadonlyMap<string, string>>;
  /** Folder of an account below MailRoot. */
  folder(ref: AccountRef): Promise<string>;
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
/** Key of patterns over domains, in which no domain name can be. */
const EVERYWHERE = "*";

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
  const folders = () => once("folders", () => foldersOf(ctx));
  return {
    ctx,
    domains: () => once("domains", () => ctx.xmail.domains.list(ctx)),
    accounts: () => once("accounts", () => accountsOf(ctx)),
    folders,
    folder: async (ref) =>
      `domains/${foldName(ref.domain)}/${(await folders()).get(foldName(addressOf(ref))) ?? ref.name}`,
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

interface Wild {
  readonly row: AliasRow;
  readonly fits: (ref: AccountRef) => boolean;
}

/** Exact ones by their address and patterns by their domain, each made ready once, so that many domains are quick. */
function indexOf(rows: readonly AliasRow[]): AliasIndex {
  const exact = new Map(rows.map((row) => [foldName(`${row.alias}@${row.domain}`), row]));
  const byDomain = new Map<string, Wild[]>();
  for (const row of rows) {
    if (!WILD.test(row.domain) && !WILD.test(row.alias)) continue;
    const [domain, alias] = [patternMatcher(row.domain), patternMatcher(row.alias)];
    const key = WILD.test(row.domain) ? EVERYWHERE : foldName(row.domain);
    const group = byDomain.get(key) ?? [];
    group.push({ row, fits: (ref) => domain(ref.domain) && alias(ref.name) });
    byDomain.set(key, group);
  }
  return {
    rows,
    find(ref) {
      const named = exact.get(foldName(`${ref.name}@${ref.domain}`));
      if (named) return named;
      const near = [...(byDomain.get(foldName(ref.domain)) ?? []), ...(byDomain.get(EVERYWHERE) ?? [])];
      const fitting = near.filter(({ fits }) => fits(ref)).map(({ row }) => row);
      // The longest text decides, of equal ones the earlier row.
      return aliasFor(fitting, ref.domain, ref.name);
    },
  };
}

/** Folder of each account below its domain's, by address: one reading, where asking one by one takes minutes. */
async function foldersOf(ctx: Context): Promise<ReadonlyMap<string, string>> {
  const bytes = await ctx.xmail.files.read(FILES.accounts.path, ctx);
  const folders = new Map<string, string>();
  for (const { cells } of tableIn(bytes, FILES.accounts).rows) {
    const [domain = "", name = "", , , folder] = cells.map(textOf);
    const address = foldName(addressOf({ domain, name }));
    if (folder !== undefined && !folders.has(address)) folders.set(address, folder);
  }
  return folders;
}
