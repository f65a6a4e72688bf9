const PASSWORD = "Long-enough-1";
const DOMAIN = "example.com";

export const KINDS = [
  "accounts",
  "lists",
  "aliases",
  "listMembers",
  "importedAccounts",
  "importedAliases",
] as const;

/** How one more thing of a kind is made. */
export function inputOf(kind: (typeof KINDS)[number], number: number): [operation: string, input: object] {
  const name = `r${number}`;
  switch (kind) {
    case "accounts":
      return ["account.add", { domain: DOMAIN, name, password: PASSWORD }];
    case "lists":
      return ["account.add", { domain: DOMAIN, name: `l${number}`, password: PASSWORD, kind: "list" }];
    case "aliases":
      return ["alias.add", { domain: DOMAIN, alias: `a${number}`, target: "hana" }];
    case "listMembers":
      return ["member.add", { domain: DOMAIN, name: "news", address: `m${number}@elsewhere.test` }];
    case "importedAccounts":
      return [
        "account.import",
        { domain: DOMAIN, csv: `address,password\ni${number}@${DOMAIN},${PASSWORD}\n`, mode: "possible" },
      ];
    case "importedAliases":
      return ["alias.import", { domain: DOMAIN, csv: `alias,target\nz${number},hana\n` }];
  }
}
