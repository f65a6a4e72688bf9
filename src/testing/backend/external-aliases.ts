import assert from "node:assert/strict";
import { type BackendCase, DOMAIN } from "./stage.ts";

const LOCAL = `postmaster@${DOMAIN}`;

export const EXTERNAL_ALIAS_CASES: readonly BackendCase[] = [
  {
    name: "external aliases: listed in the order they were added, the remote address first in the file",
    async play({ backend: { externalAliases }, readFile }) {
      const rows = [
        { local: LOCAL, remote: "zoe@provider.example" },
        { local: `nobody@${DOMAIN}`, remote: "Anna@provider.example" },
      ];
      for (const row of rows) await externalAliases.add(row);
      assert.deepEqual(await externalAliases.list(), rows);
      const first = `"provider.example"\t"zoe"\t"${DOMAIN}"\t"postmaster"\n`;
      assert.equal((await readFile("extaliases.tab"))?.startsWith(first), true);
    },
  },
  {
    name: "external aliases: a remote address stands for one account, whatever its capitals",
    async play({ backend: { externalAliases }, refused }) {
      await externalAliases.add({ local: LOCAL, remote: "zoe@provider.example" });
      const again = { local: `other@${DOMAIN}`, remote: "ZOE@Provider.example" };
      await refused(() => externalAliases.add(again), "EXTERNAL_ALIAS_EXISTS");
      for (const remote of ["zoe", "@provider.example", "zoe@", ""]) {
        await refused(
          () => externalAliases.add({ local: LOCAL, remote }),
          "INVALID_INPUT",
          "VALUE_NOT_SENDABLE",
        );
      }
    },
  },
  {
    name: "external aliases: removed by the remote address",
    async play({ backend: { externalAliases }, refused }) {
      await externalAliases.add({ local: LOCAL, remote: "zoe@provider.example" });
      await refused(() => externalAliases.remove(LOCAL), "EXTERNAL_ALIAS_NOT_FOUND");
      await externalAliases.remove("Zoe@PROVIDER.example");
      assert.deepEqual(await externalAliases.list(), []);
      await refused(() => externalAliases.remove("zoe@provider.example"), "EXTERNAL_ALIAS_NOT_FOUND");
    },
  },
];
