import assert from "node:assert/strict";
import { secret } from "../../errors/secret.ts";
import { accountsOf, addressesOf, type BackendCase, DOMAIN, POSTMASTER } from "./stage.ts";

export const ACCOUNT_CASES: readonly BackendCase[] = [
  {
    name: "accounts: many are added in order with their variables, or none",
    async play({ backend }) {
      const many = ["one", "two"].map((name) => ({
        domain: DOMAIN,
        name,
        kind: "user" as const,
        password: secret("Long-enough-1"),
        variables: new Map([["RealName", name]]),
      }));
      await backend.accounts.addAll(many);
      assert.deepEqual((await addressesOf(backend, DOMAIN)).slice(-2), [`one@${DOMAIN}`, `two@${DOMAIN}`]);
      const [variables] = await backend.accounts.variables([{ domain: DOMAIN, name: "two" }]);
      assert.equal(variables?.get("RealName"), "two");
      const [first] = many;
      assert.ok(first);
      await assert.rejects(backend.accounts.addAll([{ ...first, name: "three" }, first]), {
        code: "ACCOUNT_EXISTS",
      });
      assert.equal(await backend.accounts.get({ domain: DOMAIN, name: "three" }), null);
    },
  },
  {
    name: "accounts: listed in the order they were added, of one domain or of all",
    async play({ backend, account }) {
      await backend.domains.add("example.jp");
      await account("zoe");
      await account("hana", "example.jp");
      await account("list", DOMAIN, "list");
      assert.deepEqual(await accountsOf(backend), [
        { ...POSTMASTER, kind: "user" },
        { domain: DOMAIN, name: "zoe", kind: "user" },
        { domain: "example.jp", name: "hana", kind: "user" },
        { domain: DOMAIN, name: "list", kind: "list" },
      ]);
      assert.deepEqual(await addressesOf(backend, "Example.JP"), ["hana@example.jp"]);
    },
  },
  {
    name: "accounts: an unknown domain, a pattern and a domain alias have none",
    async play({ backend }) {
      await backend.domainAliases.add({ alias: "example.net", real: DOMAIN });
      for (const domain of ["none.example", "*", "example.net"]) {
        assert.deepEqual(await accountsOf(backend, domain), [], domain);
      }
    },
  },
  {
    name: "accounts: found without regard to case, as written",
    async play({ backend: { accounts }, account }) {
      await account("Carol");
      const carol = { domain: DOMAIN, name: "Carol", kind: "user" };
      assert.deepEqual(await accounts.get({ domain: "EXAMPLE.COM", name: "cAROL" }), carol);
      assert.equal(await accounts.get({ domain: DOMAIN, name: "nobody" }), null);
      assert.equal(await accounts.get({ domain: "none.example", name: "carol" }), null);
      assert.equal(await accounts.get({ domain: DOMAIN, name: "*" }), null);
    },
  },
  {
    name: "accounts: a new one has its folder, the default variables and the next number",
    async play({ account, readFile }) {
      await account("bob");
      await account("Carol");
      const lines = (await readFile("mailusers.tab"))?.trimEnd().split("\n") ?? [];
      const ids = lines.map((line) => Number(line.split("\t")[3]));
      const [first = 0] = ids;
      assert.deepEqual(ids, [first, first + 1, first + 2]);
      assert.match(lines[1] ?? "", /^"example\.com"\t"bob"\t"151248070a07"\t\d+\t"bob"\t"U"$/);
      assert.match(lines[2] ?? "", /^"example\.com"\t"Carol"\t"[0-9a-f]+"\t\d+\t"Carol"\t"U"$/);
      const defaults = await readFile("userdef.tab");
      assert.notEqual(defaults, null);
      assert.equal(await readFile(`domains/${DOMAIN}/bob/user.tab`), defaults);
    },
  },
  {
    name: "accounts: a mailing list has an empty list of members",
    async play({ account, readFile }) {
      await account("list", DOMAIN, "list");
      assert.equal(await readFile(`domains/${DOMAIN}/list/mlusers.tab`), "");
      assert.match((await readFile("mailusers.tab")) ?? "", /\t"list"\t"M"\n$/);
    },
  },
  {
    name: "accounts: a name that is taken or a domain that is not ours is refused",
    async play({ backend: { aliases, domainAliases }, account, refused }) {
      await aliases.add({ domain: DOMAIN, alias: "info", target: `postmaster@${DOMAIN}` });
      await domainAliases.add({ alias: "example.net", real: DOMAIN });
      await refused(() => account("PostMaster"), "ACCOUNT_EXISTS");
      await refused(() => account("INFO"), "ALIAS_EXISTS");
      await refused(() => account("bob", "none.example"), "DOMAIN_NOT_FOUND");
      await refused(() => account("bob", "example.net"));
    },
  },
  {
    name: "accounts: a wildcard alias that would match is no obstacle",
    async play({ backend: { aliases, accounts }, account }) {
      await aliases.add({ domain: DOMAIN, alias: "b*", target: `postmaster@${DOMAIN}` });
      await account("bob");
      assert.notEqual(await accounts.get({ domain: DOMAIN, name: "bob" }), null);
    },
  },
  {
    name: "accounts: names that XMail does not take are refused",
    async play({ account, refused }) {
      for (const name of [
        "",
        "a b",
        "a@b",
        ".a",
        "a.",
        "a..b",
        "a/b",
        "..",
        "a\\b",
        "a,b",
        'a"b',
        "a\tb",
        "a\nb",
      ]) {
        await refused(() => account(name));
      }
    },
  },
  {
    name: "accounts: all letters that XMail takes in a name are kept",
    async play({ backend: { accounts }, account }) {
      for (const name of [
        "a.b",
        "a_b",
        "a-b",
        "a+b",
        "o'hara",
        "a%b",
        "a=b",
        "a{b}",
        "a!b",
        "a#b",
        "#b",
        "1",
      ]) {
        await account(name);
        assert.deepEqual(await accounts.get({ domain: DOMAIN, name }), {
          domain: DOMAIN,
          name,
          kind: "user",
        });
        assert.equal((await accounts.variables([{ domain: DOMAIN, name }])).length, 1);
        assert.equal(await accounts.checkPassword({ domain: DOMAIN, name }, secret(`pw-${name}`)), true);
      }
      await accounts.remove({ domain: DOMAIN, name: "a{b}" });
      assert.notEqual(await accounts.get({ domain: DOMAIN, name: "a.b" }), null);
    },
  },
  {
    name: "accounts: ten added at once are ten accounts with ten numbers",
    async play({ backend, account, readFile }) {
      const names = Array.from({ length: 10 }, (_, i) => `user${i}`);
      await Promise.all(names.map((name) => account(name)));
      const listed = (await accountsOf(backend)).map(({ name }) => name);
      assert.deepEqual(listed.toSorted(), ["postmaster", ...names].toSorted());
      const lines = (await readFile("mailusers.tab"))?.trimEnd().split("\n") ?? [];
      assert.equal(new Set(lines.map((line) => line.split("\t")[3])).size, 11);
    },
  },
  {
    name: "accounts: a removed one takes its folder and the aliases that lead to it along, and nothing else",
    async play({ backend, account, readFile }) {
      const { accounts, aliases, domains } = backend;
      await domains.add("example.jp");
      const bob = await account("bob");
      await account("bobby");
      await aliases.add({ domain: DOMAIN, alias: "info", target: `bob@${DOMAIN}` });
      await aliases.add({ domain: DOMAIN, alias: "sales*", target: `bob@${DOMAIN}` });
      await aliases.add({ domain: "example.jp", alias: "info", target: `bob@${DOMAIN}` });
      await aliases.add({ domain: DOMAIN, alias: "help", target: `bobby@${DOMAIN}` });
      await accounts.remove({ domain: "Example.Com", name: "BOB" });
      assert.equal(await accounts.get(bob), null);
      assert.deepEqual(await addressesOf(backend), [`postmaster@${DOMAIN}`, `bobby@${DOMAIN}`]);
      assert.deepEqual(await aliases.list(), [{ domain: DOMAIN, alias: "help", target: `bobby@${DOMAIN}` }]);
      assert.equal(await readFile(`domains/${DOMAIN}/bob/user.tab`), null);
      assert.notEqual(await readFile(`domains/${DOMAIN}/bobby/user.tab`), null);
    },
  },
  {
    name: "accounts: a removed one can be added again, with default variables",
    async play({ backend: { accounts }, account }) {
      const bob = await account("bob");
      const fresh = await accounts.variables([bob]);
      await accounts.setVariables(bob, new Map([["RealName", "Bob"]]));
      await accounts.remove(bob);
      await account("bob");
      assert.deepEqual(await accounts.variables([bob]), fresh);
    },
  },
  {
    name: "accounts: unknown ones and patterns cannot be removed, and a domain alias is not followed",
    async play({ backend: { accounts, domainAliases }, refused }) {
      await domainAliases.add({ alias: "example.net", real: DOMAIN });
      for (const [name, domain] of [
        ["nobody", DOMAIN],
        ["*", DOMAIN],
        ["postmaster", "none.example"],
        ["postmaster", "*"],
        ["postmaster", "example.net"],
      ] as const) {
        await refused(() => accounts.remove({ domain, name }), "ACCOUNT_NOT_FOUND");
      }
    },
  },
];
