import { decodePassword } from "../crypto/password-code.ts";
import type { CtrlClient } from "../ctrl/client.ts";
import { fail } from "../errors/error.ts";
import { Secret } from "../errors/secret.ts";
import { parseTable, textOf } from "../tab/codec.ts";
import { FILES } from "../tab/files.ts";
import type { TableFile } from "../tab/table-file.ts";
import { kindOfType } from "../xmail/accounts.ts";
import { foldName } from "../xmail/names.ts";

type Cells = readonly string[];

/** A table that XMail changes row by row, and what says so. Cells are byte strings. */
export interface RowTable {
  readonly file: TableFile;
  /** Cells that a row must have for XMail to see it. */
  readonly columns: number;
  /** What no two rows share. */
  key(cells: Cells): string;
  /** The rest of what counts; ids and folder names are XMail's to choose. */
  value(cells: Cells): string;
  /** Index of the cell that nobody may read. */
  readonly secret?: number;
  /** The domain that takes the row along when it goes; `null` when none does. */
  domain(cells: Cells): string | null;
  add(client: CtrlClient, cells: Cells): Promise<void>;
  remove(client: CtrlClient, cells: Cells): Promise<void>;
  /** Absent: removed and added again. */
  change?(client: CtrlClient, from: Cells, to: Cells): Promise<void>;
}

const DOMAINS: RowTable = {
  file: FILES.domains,
  columns: 1,
  key: ([domain = ""]) => foldName(domain),
  value: () => "",
  domain: () => null,
  add: (client, cells) => client.domains.add(texts(cells)[0] ?? ""),
  remove: (client, cells) => client.domains.remove(texts(cells)[0] ?? ""),
};

const DOMAIN_ALIASES: RowTable = {
  file: FILES.domainAliases,
  columns: 2,
  key: ([alias = ""]) => foldName(alias),
  value: ([, real = ""]) => foldName(real),
  domain: ([, real = ""]) => foldName(real),
  add(client, cells) {
    const [alias = "", real = ""] = texts(cells);
    return client.aliasDomains.add({ alias, real });
  },
  remove: (client, cells) => client.aliasDomains.remove(texts(cells)[0] ?? ""),
};

const ACCOUNTS: RowTable = {
  file: FILES.accounts,
  columns: 6,
  secret: 2,
  key: ([domain = "", name = ""]) => foldName(`${domain}\t${name}`),
  value: ([, , password = "", , , kind]) => `${kindOfType(kind)}\t${password.toLowerCase()}`,
  domain: ([domain = ""]) => foldName(domain),
  add(client, cells) {
    const [domain = "", name = "", password = "", , , kind] = cells;
    const account = { domain: textOf(domain), name: textOf(name), kind: kindOfType(kind) };
    return client.users.add({ ...account, password: passwordIn(password) });
  },
  remove(client, cells) {
    const [domain = "", name = ""] = texts(cells);
    return client.users.remove({ domain, name });
  },
  async change(client, from, to) {
    if (kindOfType(from[5]) !== kindOfType(to[5])) {
      fail("CONFLICT", "No command of XMail makes a mailing list of an account, or an account of a list.");
    }
    const [domain = "", name = ""] = texts(to);
    await client.users.setPassword({ domain, name }, passwordIn(to[2] ?? ""));
  },
};

const ALIASES: RowTable = {
  file: FILES.aliases,
  columns: 3,
  key: ([domain = "", alias = ""]) => foldName(`${domain}\t${alias}`),
  value: ([, , target = ""]) => foldName(target),
  domain: ([domain = ""]) => foldName(domain),
  add(client, cells) {
    const [domain = "", alias = "", target = ""] = texts(cells);
    return client.aliases.add({ domain, alias, target });
  },
  remove(client, cells) {
    const [domain = "", alias = ""] = texts(cells);
    return client.aliases.remove(domain, alias);
  },
};

const EXTERNAL_ALIASES: RowTable = {
  file: FILES.externalAliases,
  columns: 4,
  key: ([domain = "", name = ""]) => foldName(`${domain}\t${name}`),
  value: ([, , domain = "", name = ""]) => foldName(`${domain}\t${name}`),
  domain: ([, , domain = ""]) => foldName(domain),
  add(client, cells) {
    const [remoteDomain, remoteName, domain, name] = texts(cells);
    return client.externalAliases.add({
      local: `${name}@${domain}`,
      remote: `${remoteName}@${remoteDomain}`,
    });
  },
  remove(client, cells) {
    const [domain, name] = texts(cells);
    return client.externalAliases.remove(`${name}@${domain}`);
  },
};

const POP_LINKS: RowTable = {
  file: FILES.popLinks,
  columns: 6,
  secret: 4,
  key: ([domain = "", name = "", host = "", remote = ""]) =>
    foldName([domain, name, host, remote].join("\t")),
  value: ([, , , , password = "", options = ""]) => `${password.toLowerCase()}\t${options}`,
  domain: ([domain = ""]) => foldName(domain),
  add(client, cells) {
    const options = textOf(cells[5] ?? "");
    return client.pop3Links.add({
      ...linkKey(cells),
      password: passwordIn(cells[4] ?? ""),
      options: options === "" ? [] : options.split(","),
    });
  },
  remove: (client, cells) => client.pop3Links.remove(linkKey(cells)),
};

/** In an order in which each may be added: a domain before what is in it. Removed they are the other way round. */
export const ROW_TABLES: readonly RowTable[] = [
  DOMAINS,
  DOMAIN_ALIASES,
  ACCOUNTS,
  ALIASES,
  EXTERNAL_ALIASES,
  POP_LINKS,
];

export function rowTableAt(path: string): RowTable | null {
  return ROW_TABLES.find(({ file }) => file.path === path) ?? null;
}

/** The rows that XMail sees in a piece of the table. */
export function rowsIn(table: RowTable, text: string): Cells[] {
  const { rows } = parseTable(Buffer.from(text, "latin1"), table.file);
  return rows.map(({ cells }) => cells).filter((cells) => cells.length >= table.columns);
}

function texts(cells: Cells): string[] {
  return cells.map(textOf);
}

function linkKey(cells: Cells) {
  const [domain = "", name = "", remoteHost = "", remoteUser = ""] = texts(cells);
  return { domain, name, remoteHost, remoteUser };
}

function passwordIn(coded: string): Secret {
  const password = decodePassword(coded);
  if (password === null) {
    return fail("CONFLICT", "A password in this change is none that XMail could have written.");
  }
  return new Secret(textOf(password));
}
