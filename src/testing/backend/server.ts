import assert from "node:assert/strict";
import { outcomeOf } from "../../xmail/check.ts";
import type { BackendCase } from "./stage.ts";

export const SERVER_CASES: readonly BackendCase[] = [
  {
    name: "server: a check finds no failure where there is none, and changes nothing",
    async play({ backend, readFile, account }) {
      await account("hana");
      const before = await readFile("mailusers.tab");
      const findings = await backend.server.check();
      assert.ok(findings.length > 0, "nothing was tried");
      assert.deepEqual(
        findings.filter((found) => outcomeOf(found) === "failure"),
        [],
      );
      assert.equal(await readFile("mailusers.tab"), before);
      assert.deepEqual(await backend.domains.list(), ["example.com"]);
    },
  },
  {
    name: "server: the status names the way and the storage",
    async play({ backend }) {
      const { mode, storage, problem } = await backend.server.status();
      assert.equal(mode, backend.kind);
      assert.equal(storage === null, backend.kind === "ctrl");
      assert.equal(problem, null);
    },
  },
];
