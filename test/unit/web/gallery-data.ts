import type { Static } from "../../../src/kernel/schema.ts";
import type { AccountDetails } from "../../../src/operations/account/rows.ts";
import type { Page } from "../../../src/operations/paging.ts";
import type { Listed } from "../../../src/web/parts/listing.ts";

/** Rows as the operations would give them, made up. */
export type Account = Static<typeof AccountDetails>;

const FAMILY = "abe ando aoki arai chiba endo fujii fujita fukuda goto hara harada hasegawa".split(" ");
const REAL =
  "阿部 玲,安藤 遥,青木 結衣,Shota Arai,千葉 翔太,遠藤 明,Yui Fujii,藤田 結衣,福田 健,後藤 美香,原 遥,Yui Harada,長谷川 匠".split(
    ",",
  );
const DOMAINS = ["example.jp", "example.co.jp", "example.com"];
const MB = 1024 * 1024;

export function account(n: number, changes: Partial<Account> = {}): Account {
  const name = changes.name ?? `${"abcdefghij"[n % 10]}.${FAMILY[n % FAMILY.length]}${n >= 13 ? n : ""}`;
  const domain = changes.domain ?? DOMAINS[n % DOMAINS.length] ?? "example.com";
  return {
    name,
    domain,
    address: `${name}@${domain}`,
    kind: "user",
    realName: REAL[n % REAL.length] ?? "",
    suspended: n % 17 === 3,
    services: { receive: true, pop: true, send: n % 13 !== 5 },
    mailbox: {
      bytes: ((n * 37) % 101) * 10 * MB + 12_345,
      messages: n * 73,
      limitBytes: n % 6 === 4 ? null : 1000 * MB,
    },
    lastLogin: n % 5 === 2 ? null : { at: signedInAt(n), address: `192.0.2.${n + 1}` },
    variables: [
      { name: "RealName", value: REAL[n % REAL.length] ?? "" },
      { name: "MaxMBSize", value: "1024000" },
      { name: "SmtpPerms", value: "MR" },
      { name: "HomePage", value: "https://www.example.com/" },
      { name: "Telephone", value: "03-0000-0000" },
    ],
    ...changes,
  };
}

function signedInAt(n: number): string {
  const days = [0, 0, 1, 6, 22][n % 5] ?? 0;
  return new Date(2026, 10, 24 - days, 7 + (n % 2), (n * 7) % 60).toISOString();
}

export function rows<T>(n: number, row: (n: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => row(i));
}

export function pageWith<T>(items: T[], changes: Partial<Page<T>> = {}): Page<T> {
  return {
    items,
    total: items.length,
    first: items.length > 0 ? 1 : 0,
    next: null,
    previous: null,
    ...changes,
  };
}

export function listed<T>(
  items: T[],
  query: Record<string, string> = {},
  changes: Partial<Page<T>> = {},
): Listed<T> {
  return { query, page: pageWith(items, changes) };
}

export const LONG_NAME = `${"very-long-name.".repeat(4)}last`;
export const LONG_DOMAIN = `${"a-department-with-a-long-name.".repeat(7)}example.com`;

export const HOLDINGS = {
  accounts: 1204,
  lists: 12,
  aliases: 340,
  domainAliases: 3,
  externalAliases: 7,
  popLinks: 21,
  commandAliases: 4,
  ownSteps: true,
  foreignAliases: 2,
  messages: 2_048_113,
  bytes: 94_702_387_712,
};
export const NO_HOLDINGS = {
  accounts: 0,
  lists: 0,
  aliases: 0,
  domainAliases: 0,
  externalAliases: 0,
  popLinks: 0,
  commandAliases: 0,
  ownSteps: false,
  foreignAliases: 0,
  messages: 0,
  bytes: 0,
};
