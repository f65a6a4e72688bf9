import type { ExternalAliasRow } from "../xmail/external-aliases.ts";
import { sameName } from "../xmail/names.ts";
import { change, records } from "./answers.ts";
import { addressArgument, type Pattern, storedRow, textArgument } from "./arguments.ts";
import type { CtrlCallOptions, CtrlLine } from "./line.ts";
import { type Command, encodeCommand, notSendable } from "./wire.ts";

const EXTERNAL_BUFFER = 512;

export interface ExternalAliasFilter {
  /** A full address, or a pattern with an `@` (`*@example.com`); sets like `[ab]` do not work here. */
  readonly local?: string | Pattern;
  readonly remote?: string | Pattern;
}

export interface ExternalAliases {
  /** XMail does not look whether `local` exists. `EXTERNAL_ALIAS_EXISTS` (for `remote`), `INVALID_INPUT`. */
  add(row: ExternalAliasRow, options?: CtrlCallOptions): Promise<void>;
  /** `EXTERNAL_ALIAS_NOT_FOUND`. */
  remove(remote: string, options?: CtrlCallOptions): Promise<void>;
  list(filter?: ExternalAliasFilter, options?: CtrlCallOptions): Promise<readonly ExternalAliasRow[]>;
}

export function externalAliasesOver(line: CtrlLine): ExternalAliases {
  return {
    async add({ local, remote }, options) {
      const args = [addressArgument(local, "local"), addressArgument(remote, "remote")];
      return change(line, encodeCommand("exaliasadd", storedRow(EXTERNAL_BUFFER, args)), options);
    },
    remove: async (remote, options) =>
      change(line, encodeCommand("exaliasdel", [addressArgument(remote, "remote")]), options),
    async list(filter = {}, options) {
      const rows = (await records(line, exaliaslistCommand(filter), 4, options)).map(readExternalAlias);
      return rows.filter(({ local, remote }) => fits(local, filter.local) && fits(remote, filter.remote));
    },
  };
}

export function exaliaslistCommand({ local, remote }: ExternalAliasFilter): Command {
  if (remote !== undefined)
    return encodeCommand("exaliaslist", [toPattern("local", local), toPattern("remote", remote)]);
  return encodeCommand("exaliaslist", local === undefined ? [] : [toPattern("local", local)]);
}

/** XMail answers in the order of its file: remote domain, remote user, local domain, local user. */
export function readExternalAlias(values: readonly string[]): ExternalAliasRow {
  const [remoteDomain = "", remoteUser = "", localDomain = "", localUser = ""] = values;
  return { local: `${localUser}@${localDomain}`, remote: `${remoteUser}@${remoteDomain}` };
}

function toPattern(name: string, filter: string | Pattern | undefined) {
  const text = typeof filter === "object" ? filter.pattern : filter;
  // Wildcards cannot be escaped in this command, so an address that holds some is picked out of all.
  if (text === undefined || (typeof filter === "string" && /[*?[\]\\]/.test(text)))
    return textArgument(name, "*@*");
  if (!text.includes("@")) notSendable(name, "address", `${name} must hold an @, like *@example.com.`);
  if (/[[\]]/.test(text))
    notSendable(name, "pattern", `${name} may not hold brackets: XMail takes no sets here.`);
  return addressArgument(text, name);
}

function fits(address: string, filter: string | Pattern | undefined): boolean {
  return typeof filter !== "string" || sameName(address, filter);
}
