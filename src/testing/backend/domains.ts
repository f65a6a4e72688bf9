import assert from "node:assert/strict";
import { addressesOf, type BackendCase, DOMAIN } from "./stage.ts";

export const DOMAIN_CASES: readonly BackendCase[] = [
  {
    name: "domains: added ones are listed last, in lower case",
    async play({ backend: { domains }, readFile }) {
      assert.deepEqual(await domains.list(), [DOMAIN]);
      await domains.add("Example.JP");
      await domains.add("example.org");
      assert.deepEqual(await domains.list(), [DOMAIN, "example.jp", "example.org"]);
      assert.equal(await readFile("domains.tab"), `"${DOMAIN}"\n"example.jp"\n"example.org"\n`);
    },
  },
  {
    name: "domains: a name that is taken is refused, as a domain or as a domain alias",
    async play({ backend: { domains, domainAliases }, refused }) {
      await domainAliases.add({ alias: "example.net", real: DOMAIN });
      await refused(() => domains.add("EXAMPLE.com"), "DOMAIN_EXISTS");
      await refused(() => domains.add("Example.NET"), "DOMAIN_EXISTS");
    },
  },
  {
    name: "domains: accounts can be added to a new domain at once",
    async play({ backend, account, readFile }) {
      await backend.domains.add("Example.JP");
      await account("hana", "example.jp");
      assert.deepEqual(await addressesOf(backend, "example.jp"), ["hana@example.jp"]);
      assert.notEqual(await readFile("domains/example.jp/hana/user.tab"), null);
    },
  },
  {
    name: "domains: a removed one takes its accounts, aliases and domain aliases along, and nothing else",
    async play({ backend, account, readFile }) {
      const { domains, aliases, domainAliases } = backend;
      await domains.add("example.jp");
      await account("hana", "example.jp");
      await account("list", "example.jp", "list");
      await aliases.add({ domain: "example.jp", alias: "info", target: "hana@example.jp" });
      await aliases.add({ domain: DOMAIN, alias: "info", target: `postmaster@${DOMAIN}` });
      await domainAliases.add({ alias: "example.net", real: "example.jp" });
      await domainAliases.add({ alias: "example.org", real: DOMAIN });
      await domains.remove("EXAMPLE.jp");
      assert.deepEqual(await domains.list(), [DOMAIN]);
      assert.deepEqual(await addressesOf(backend), [`postmaster@${DOMAIN}`]);
      assert.deepEqual(await aliases.list(), [
        { domain: DOMAIN, alias: "info", target: `postmaster@${DOMAIN}` },
      ]);
      assert.deepEqual(await domainAliases.list(), [{ alias: "example.org", real: DOMAIN }]);
      assert.equal(await readFile("domains/example.jp/hana/user.tab"), null);
      assert.equal(await readFile("domains/example.jp/list/mlusers.tab"), null);
      assert.notEqual(await readFile(`domains/${DOMAIN}/postmaster/user.tab`), null);
    },
  },
  {
    name: "domains: a removed one can be added again, empty",
    async play({ backend, account }) {
      await backend.domains.add("example.jp");
      await account("hana", "example.jp");
      await backend.domains.remove("example.jp");
      await backend.domains.add("example.jp");
      assert.deepEqual(await addressesOf(backend, "example.jp"), []);
      await account("hana", "example.jp");
    },
  },
  {
    name: "domains: unknown ones and patterns cannot be removed",
    async play({ backend: { domains, domainAliases }, refused }) {
      await domainAliases.add({ alias: "example.net", real: DOMAIN });
      for (const name of ["none.example", "*", "example.*", "example.net"]) {
        await refused(() => domains.remove(name), "DOMAIN_NOT_FOUND");
      }
    },
  },
  {
    name: "domains: holdings count what would go",
    async play({ backend: { domains, aliases, domainAliases, files }, account }) {
      const none = { messages: 0, bytes: 0, externalAliases: 0, popLinks: 0 };
      await domains.add("example.jp");
      await account("hana", "example.jp");
      await account("taro", "example.jp");
      await account("list", "example.jp", "list");
      await aliases.add({ domain: "example.jp", alias: "info", target: "hana@example.jp" });
      await aliases.add({ domain: "*", alias: "abuse", target: "hana@example.jp" });
      await domainAliases.add({ alias: "example.net", real: "example.jp" });
      await aliases.add({ domain: DOMAIN, alias: "hana", target: "hana@example.jp" });
      const row = Buffer.from(`"external"\t"0"\t"0"\t"/bin/true"\n`);
      await files.edit("cmdaliases/example.jp/orders.tab", () => row);
      await files.edit("cmdaliases/example.jp/notes.txt", () => row);
      await files.edit("domains/example.jp/mailproc.tab", () => row);
      const rest = { commandAliases: 1, ownSteps: true, foreignAliases: 2 };
      const jp = { ...none, accounts: 2, lists: 1, aliases: 1, domainAliases: 1, ...rest };
      assert.deepEqual(await domains.holdings("Example.jp"), jp);
      const bare = { commandAliases: 0, ownSteps: false, foreignAliases: 0 };
      const com = { ...none, accounts: 1, lists: 0, aliases: 1, domainAliases: 0, ...bare };
      assert.deepEqual(await domains.holdings(DOMAIN), com);
    },
  },
  {
    name: "domains: holdings of an unknown domain are refused",
    async play({ backend: { domains }, refused }) {
      await refused(() => domains.holdings("none.example"), "DOMAIN_NOT_FOUND");
      await refused(() => domains.holdings("*"), "DOMAIN_NOT_FOUND");
    },
  },
];
