import type { AliasRow } from "../xmail/aliases.ts";
import { change } from "./answers.ts";
import {
  aliasArgument,
  domainArgument,
  filterArgument,
  type Pattern,
  storedRow,
  textArgument,
  userArgument,
} from "./arguments.ts";
import type { CtrlCallOptions, CtrlLine } from "./line.ts";
import { eachRow } from "./rows.ts";
import { type Command, encodeCommand, notSendable } from "./wire.ts";

const ALIASES_BUFFER = 512;

export interface AliasFilter {
  readonly domain?: string | Pattern;
  readonly alias?: string | Pattern;
  /** As stored: `user` or `user@domain`, so a search for an account needs both. */
  readonly target?: string | Pattern;
}

export interface Aliases {
  /**
   * `domain` and `alias` are patterns and unchecked by XMail. `target` is `user` (of the row's domain) or a full
   * address of a local account. `ALIAS_EXISTS`, `ACCOUNT_EXISTS`, `ACCOUNT_NOT_FOUND` (target).
   */
  add(row: AliasRow, options?: CtrlCallOptions): Promise<void>;
  /** Exact text without case. `ALIAS_NOT_FOUND`. */
  remove(domain: string, alias: string, options?: CtrlCallOptions): Promise<void>;
  /** Order of `aliases.tab`, targets as stored. Plain strings are meant exactly. */
  list(filter?: AliasFilter, options?: CtrlCallOptions): AsyncIterable<AliasRow>;
}

export function aliasesOver(line: CtrlLine): Aliases {
  return {
    async add({ domain, alias, target }, options) {
      if (alias === "") notSendable("alias", "required", "alias is empty.");
      const args = [domainArgument(domain), aliasArgument(alias), targetArgument(target)];
      return change(line, encodeCommand("aliasadd", storedRow(ALIASES_BUFFER, args)), options);
    },
    remove: async (domain, alias, options) =>
      change(line, encodeCommand("aliasdel", [domainArgument(domain), aliasArgument(alias)]), options),
    list: (filter = {}, options) => eachRow(line, () => aliaslistCommand(filter), 3, readAlias, options),
  };
}

export function aliaslistCommand({ domain, alias, target }: AliasFilter): Command {
  const any = { pattern: "*" };
  if (target !== undefined) {
    return encodeCommand("aliaslist", [
      filterArgument("domain", domain ?? any),
      filterArgument("alias", alias ?? any),
      filterArgument("target", target),
    ]);
  }
  if (alias !== undefined) {
    return encodeCommand("aliaslist", [
      filterArgument("domain", domain ?? any),
      filterArgument("alias", alias),
    ]);
  }
  return encodeCommand("aliaslist", domain === undefined ? [] : [filterArgument("domain", domain)]);
}

export function readAlias([domain = "", alias = "", target = ""]: readonly string[]): AliasRow {
  return { domain, alias, target };
}

function targetArgument(target: string) {
  const at = target.lastIndexOf("@");
  if (at >= 0) domainArgument(target.slice(at + 1), "target");
  userArgument(at < 0 ? target : target.slice(0, at), "target");
  return textArgument("target", target);
}
