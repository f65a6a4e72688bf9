import { change, records } from "./answers.ts";
import { domainArgument, filterArgument, folderName, type Pattern, storedRow } from "./arguments.ts";
import type { CtrlCallOptions, CtrlLine } from "./line.ts";
import { type Command, encodeCommand } from "./wire.ts";

const DOMAINS_BUFFER = 512;

export interface Domains {
  /** `DOMAIN_EXISTS`, `INVALID_INPUT`. XMail does not look at domain aliases. */
  add(domain: string, options?: CtrlCallOptions): Promise<void>;
  /** With its accounts, aliases, links and folders; there is no undo. `DOMAIN_NOT_FOUND`. */
  remove(domain: string, options?: CtrlCallOptions): Promise<void>;
  /** Order of `domains.tab`; with filters, what fits any of them. Comment lines of an edited file are left out. */
  list(filters?: readonly (string | Pattern)[], options?: CtrlCallOptions): Promise<readonly string[]>;
}

export function domainsOver(line: CtrlLine): Domains {
  return {
    add: async (domain, options) =>
      change(
        line,
        encodeCommand("domainadd", storedRow(DOMAINS_BUFFER, [folderName(domainArgument(domain))])),
        options,
      ),
    remove: async (domain, options) =>
      change(line, encodeCommand("domaindel", [domainArgument(domain)]), options),
    async list(filters = [], options) {
      return readDomains(await records(line, domainlistCommand(filters), 1, options));
    },
  };
}

export function domainlistCommand(filters: readonly (string | Pattern)[] = []): Command {
  return encodeCommand(
    "domainlist",
    filters.map((filter) => filterArgument("domain", filter)),
  );
}

/** XMail knows no comments in `domains.tab` and lists them as domains, though it never uses them. */
export function readDomains(rows: readonly (readonly string[])[]): readonly string[] {
  return rows.map(([domain = ""]) => domain).filter((domain) => !domain.startsWith("#"));
}
