import { ALIAS_ROWS } from "../xmail/alias-rows.ts";
import type { AliasRow, AliasStore } from "../xmail/aliases.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { DomainAliasStore } from "../xmail/domain-aliases.ts";
import { foldName, sameName } from "../xmail/names.ts";
import { pageOfRows } from "../xmail/rows-page.ts";
import { aliasDomainsOver } from "./alias-domains.ts";
import { aliasesOver, aliaslistCommand, readAlias } from "./aliases.ts";
import { records } from "./answers.ts";
import type { CtrlLine } from "./line.ts";
import { oneByOne } from "./one-by-one.ts";

export function aliasStoreOver(line: CtrlLine): AliasStore {
  const aliases = aliasesOver(line);
  async function list(domain?: string, options?: CallOptions): Promise<readonly AliasRow[]> {
    const command = aliaslistCommand(domain === undefined ? {} : { domain });
    const rows = (await records(line, command, 3, options)).map(readAlias);
    return rows.filter((row) => domain === undefined || sameName(row.domain, domain)).map(withFullTarget);
  }
  return {
    list,
    page: async (request, options) => pageOfRows(await list(request.domain, options), ALIAS_ROWS, request),
    async counts(options) {
      const counts = new Map<string, number>();
      for (const { domain } of await list(undefined, options)) {
        counts.set(foldName(domain), (counts.get(foldName(domain)) ?? 0) + 1);
      }
      return counts;
    },
    add: (row, options) => aliases.add(withShortTarget(row), options),
    addAll: (rows, options) =>
      oneByOne(
        rows,
        (row, call) => aliases.add(withShortTarget(row), call),
        ({ domain, alias }, call) => aliases.remove(domain, alias, call),
        options,
      ),
    remove: (domain, alias, options) => aliases.remove(domain, alias, options),
  };
}

export function domainAliasStoreOver(line: CtrlLine): DomainAliasStore {
  const aliasDomains = aliasDomainsOver(line);
  return {
    list: (options) => aliasDomains.list(undefined, options),
    add: (row, options) => aliasDomains.add(row, options),
    remove: (alias, options) => aliasDomains.remove(alias, options),
  };
}

function withFullTarget(row: AliasRow): AliasRow {
  return row.target.includes("@") ? row : { ...row, target: `${row.target}@${row.domain}` };
}

/** As XMail's own tables have it: the account alone when it is of the alias's domain. */
function withShortTarget(row: AliasRow): AliasRow {
  const at = row.target.lastIndexOf("@");
  const here = at > 0 && sameName(row.target.slice(at + 1), row.domain);
  return here ? { ...row, target: row.target.slice(0, at) } : row;
}
