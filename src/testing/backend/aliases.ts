import assert from "node:assert/strict";
import { type BackendCase, DOMAIN } from "./stage.ts";

const TARGET = `postmaster@${DOMAIN}`;

export const ALIAS_CASES: readonly BackendCase[] = [
  {
    name: "aliases: listed in the order they were added, targets in full",
    async play({ backend: { aliases, domains }, account }) {
      await domains.add("example.jp");
      await account("hana", "example.jp");
      const rows = [
        { domain: DOMAIN, alias: "zzz", target: TARGET },
        { domain: DOMAIN, alias: "Info", target: "hana@example.jp" },
        { domain: "example.jp", alias: "info", target: "hana@example.jp" },
        { domain: "elsewhere.example", alias: "info", target: TARGET },
      ];
      for (const row of rows) await aliases.add(row);
      assert.deepEqual(await aliases.list(), rows);
      assert.deepEqual(await aliases.list("EXAMPLE.jp"), rows.slice(2, 3));
      assert.deepEqual(await aliases.list("none.example"), []);
    },
  },
  {
    name: "aliases: wildcards are text to list and remove, and a catch-all is one of them",
    async play({ backend: { aliases } }) {
      const rows = [
        { domain: DOMAIN, alias: "*", target: TARGET },
        { domain: DOMAIN, alias: "sales*", target: TARGET },
        { domain: "*", alias: "abuse", target: TARGET },
        { domain: "*.example", alias: "??", target: TARGET },
        { domain: DOMAIN, alias: "sales-jp", target: TARGET },
      ];
      for (const row of rows) await aliases.add(row);
      assert.deepEqual(await aliases.list(), rows);
      assert.deepEqual(await aliases.list("*"), rows.slice(2, 3));
      await aliases.remove(DOMAIN, "sales*");
      await aliases.remove("*", "ABUSE");
      assert.deepEqual(await aliases.list(), [rows[0], rows[3], rows[4]]);
      await aliases.remove(DOMAIN, "*");
      assert.deepEqual(await aliases.list(), [rows[3], rows[4]]);
    },
  },
  {
    name: "aliases: a name that is taken is refused",
    async play({ backend: { aliases }, refused }) {
      await aliases.add({ domain: DOMAIN, alias: "info", target: TARGET });
      await refused(
        () => aliases.add({ domain: "Example.Com", alias: "INFO", target: TARGET }),
        "ALIAS_EXISTS",
      );
      await refused(
        () => aliases.add({ domain: DOMAIN, alias: "PostMaster", target: TARGET }),
        "ACCOUNT_EXISTS",
      );
    },
  },
  {
    name: "aliases: a target must be an account",
    async play({ backend: { aliases }, refused }) {
      await aliases.add({ domain: DOMAIN, alias: "info", target: TARGET });
      for (const target of [`nobody@${DOMAIN}`, `info@${DOMAIN}`, "x@remote.example", `*@${DOMAIN}`]) {
        await refused(() => aliases.add({ domain: DOMAIN, alias: "new", target }), "ACCOUNT_NOT_FOUND");
      }
    },
  },
  {
    name: "aliases: accounts are found under a second name of their domain, as targets and as obstacles",
    async play({ backend: { aliases, domainAliases }, refused }) {
      await domainAliases.add({ alias: "example.net", real: DOMAIN });
      const row = { domain: DOMAIN, alias: "info", target: "postmaster@example.net" };
      await aliases.add(row);
      assert.deepEqual(await aliases.list(), [row]);
      const taken = { domain: "example.net", alias: "postmaster", target: TARGET };
      await refused(() => aliases.add(taken), "ACCOUNT_EXISTS");
    },
  },
  {
    name: "aliases: the target is found without regard to case",
    async play({ backend: { aliases, accounts } }) {
      await aliases.add({ domain: DOMAIN, alias: "info", target: "PostMaster@EXAMPLE.com" });
      const [row] = await aliases.list();
      assert.equal(row?.target.toLowerCase(), TARGET);
      await accounts.remove({ domain: DOMAIN, name: "postmaster" });
      assert.deepEqual(await aliases.list(), []);
    },
  },
  {
    name: "aliases: unknown ones cannot be removed",
    async play({ backend: { aliases }, refused }) {
      await aliases.add({ domain: DOMAIN, alias: "info", target: TARGET });
      for (const [domain, alias] of [
        [DOMAIN, "inf"],
        [DOMAIN, "*"],
        [DOMAIN, "i*"],
        ["*", "info"],
        ["none.example", "info"],
        [DOMAIN, "postmaster"],
      ] as const) {
        await refused(() => aliases.remove(domain, alias), "ALIAS_NOT_FOUND");
      }
    },
  },
];

export const DOMAIN_ALIAS_CASES: readonly BackendCase[] = [
  {
    name: "domain aliases: listed in the order they were added, in lower case",
    async play({ backend: { domainAliases }, readFile }) {
      await domainAliases.add({ alias: "Example.NET", real: "EXAMPLE.com" });
      await domainAliases.add({ alias: "*.example.net", real: DOMAIN });
      assert.deepEqual(await domainAliases.list(), [
        { alias: "example.net", real: DOMAIN },
        { alias: "*.example.net", real: DOMAIN },
      ]);
      const file = `"example.net"\t"${DOMAIN}"\n"*.example.net"\t"${DOMAIN}"\n`;
      assert.equal(await readFile("aliasdomain.tab"), file);
    },
  },
  {
    name: "domain aliases: a name that is taken is refused, and so is a domain that is not ours",
    async play({ backend: { domainAliases, domains }, refused }) {
      await domains.add("example.jp");
      await domainAliases.add({ alias: "example.net", real: DOMAIN });
      for (const alias of ["EXAMPLE.net", DOMAIN, "example.jp"]) {
        await refused(() => domainAliases.add({ alias, real: DOMAIN }), "DOMAIN_ALIAS_EXISTS");
      }
      for (const real of ["none.example", "example.net"]) {
        await refused(() => domainAliases.add({ alias: "new.example", real }), "DOMAIN_NOT_FOUND");
      }
    },
  },
  {
    name: "domain aliases: removed by exact text",
    async play({ backend: { domainAliases }, refused }) {
      await domainAliases.add({ alias: "a.example.net", real: DOMAIN });
      await domainAliases.add({ alias: "*.example.net", real: DOMAIN });
      await domainAliases.remove("*.EXAMPLE.net");
      assert.deepEqual(await domainAliases.list(), [{ alias: "a.example.net", real: DOMAIN }]);
      for (const alias of ["*.example.net", "*", "b.example.net", DOMAIN]) {
        await refused(() => domainAliases.remove(alias), "DOMAIN_ALIAS_NOT_FOUND");
      }
    },
  },
  {
    name: "server: says how it is administered and never throws",
    async play({ backend }) {
      const status = await backend.server.status();
      assert.equal(status.mode, backend.kind);
      assert.equal(status.version === null, !status.reachable);
      assert.equal(status.transport === "files", backend.kind === "tab");
    },
  },
];
