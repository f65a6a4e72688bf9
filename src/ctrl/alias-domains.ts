import type { DomainAliasRow } from "../xmail/domain-aliases.ts";
import { change, records } from "./answers.ts";
import { domainArgument, filterArgument, type Pattern, storedRow } from "./arguments.ts";
import type { CtrlCallOptions, CtrlLine } from "./line.ts";
import { type Command, encodeCommand } from "./wire.ts";

const ALIAS_DOMAINS_BUFFER = 512;

export interface AliasDomains {
  /** `alias` may be a pattern and is not checked by XMail. `DOMAIN_NOT_FOUND` (real), `DOMAIN_ALIAS_EXISTS`. */
  add(row: DomainAliasRow, options?: CtrlCallOptions): Promise<void>;
  /** `DOMAIN_ALIAS_NOT_FOUND`. */
  remove(alias: string, options?: CtrlCallOptions): Promise<void>;
  /** Order of `aliasdomain.tab`. No filter by alias: XMail tries a second pattern on the real domain as well. */
  list(real?: string | Pattern, options?: CtrlCallOptions): Promise<readonly DomainAliasRow[]>;
}

export function aliasDomainsOver(line: CtrlLine): AliasDomains {
  return {
    async add({ alias, real }, options) {
      // The command has the real domain first, the file has it last.
      const args = [domainArgument(real, "real"), domainArgument(alias, "alias")];
      return change(line, encodeCommand("aliasdomainadd", storedRow(ALIAS_DOMAINS_BUFFER, args)), options);
    },
    remove: async (alias, options) =>
      change(line, encodeCommand("aliasdomaindel", [domainArgument(alias, "alias")]), options),
    async list(real, options) {
      return (await records(line, aliasdomainlistCommand(real), 2, options)).map(readDomainAlias);
    },
  };
}

export function aliasdomainlistCommand(real?: string | Pattern): Command {
  return encodeCommand("aliasdomainlist", real === undefined ? [] : [filterArgument("real", real)]);
}

export function readDomainAlias([real = "", alias = ""]: readonly string[]): DomainAliasRow {
  return { alias, real };
}
