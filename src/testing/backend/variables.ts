import assert from "node:assert/strict";
import type { Variables } from "../../xmail/accounts.ts";
import type { Backend } from "../../xmail/backend.ts";
import type { AccountRef } from "../../xmail/names.ts";
import { type BackendCase, DOMAIN, POSTMASTER } from "./stage.ts";

async function variablesOf({ accounts }: Backend, ref: AccountRef): Promise<Variables> {
  const [variables, ...more] = await accounts.variables([ref]);
  assert.equal(more.length, 0);
  return variables ?? assert.fail("no variables came back");
}

function changes(pairs: Record<string, string | null>): ReadonlyMap<string, string | null> {
  return new Map(Object.entries(pairs));
}

export const VARIABLE_CASES: readonly BackendCase[] = [
  {
    name: "variables: set in place, new ones last, the rest as it was",
    async play({ backend }) {
      const before = await variablesOf(backend, POSTMASTER);
      const [[first = "", old] = []] = before;
      await backend.accounts.setVariables(
        POSTMASTER,
        changes({ New1: "v1", [first]: `${old}0`, New2: "v 2" }),
      );
      const expected = [...before].map(([name, value]) => [name, name === first ? `${old}0` : value]);
      assert.deepEqual(
        [...(await variablesOf(backend, POSTMASTER))],
        [...expected, ["New1", "v1"], ["New2", "v 2"]],
      );
    },
  },
  {
    name: "variables: null deletes, also one that is not there",
    async play({ backend }) {
      const before = await variablesOf(backend, POSTMASTER);
      await backend.accounts.setVariables(POSTMASTER, changes({ A: "1", B: "2" }));
      await backend.accounts.setVariables(POSTMASTER, changes({ A: null, NotThere: null }));
      assert.deepEqual([...(await variablesOf(backend, POSTMASTER))], [...before, ["B", "2"]]);
    },
  },
  {
    name: "variables: names differ by case, values may be empty or hold quotes and backslashes",
    async play({ backend }) {
      const pairs = {
        Name: "1",
        name: "2",
        Empty: "",
        Quotes: 'say "hi"',
        Dir: "c:\\dir\\x",
        Hash: "# no comment",
      };
      await backend.accounts.setVariables(POSTMASTER, changes(pairs));
      const variables = await variablesOf(backend, POSTMASTER);
      for (const [name, value] of Object.entries(pairs)) assert.equal(variables.get(name), value, name);
    },
  },
  {
    name: "variables: a value is kept as it is or refused, never mangled",
    async play({ backend, refused }) {
      for (const value of [
        "ends in \\",
        '"quoted',
        '"both\\',
        "日本",
        "x".repeat(1500),
        "x".repeat(3000),
        " x ",
      ]) {
        const set = () => backend.accounts.setVariables(POSTMASTER, changes({ Odd: value }));
        const kept = await set().then(
          () => true,
          () => false,
        );
        if (kept) assert.equal((await variablesOf(backend, POSTMASTER)).get("Odd"), value);
        else await refused(set);
      }
    },
  },
  {
    name: "variables: all of a change or nothing",
    async play({ backend, refused }) {
      const before = await variablesOf(backend, POSTMASTER);
      for (const bad of ["two\nlines", "a\ttab", "a\rb", "a\0b"]) {
        await refused(() => backend.accounts.setVariables(POSTMASTER, changes({ Good: "1", Bad: bad })));
      }
      assert.deepEqual(await variablesOf(backend, POSTMASTER), before);
    },
  },
  {
    name: "variables: of many accounts come in the order asked",
    async play({ backend, account }) {
      const refs: AccountRef[] = [];
      for (let i = 0; i < 20; i += 1) refs.push(await account(`user${i}`));
      for (const ref of refs) await backend.accounts.setVariables(ref, changes({ RealName: ref.name }));
      const asked = [...refs.toReversed(), ...refs.slice(0, 3)];
      const answers = await backend.accounts.variables(asked);
      assert.deepEqual(
        answers.map((variables) => variables.get("RealName")),
        asked.map(({ name }) => name),
      );
      assert.deepEqual(await backend.accounts.variables([]), []);
    },
  },
  {
    name: "variables: of unknown accounts are refused, also among known ones",
    async play({ backend: { accounts }, refused }) {
      for (const ref of [
        { domain: DOMAIN, name: "nobody" },
        { domain: "none.example", name: "postmaster" },
      ]) {
        await refused(() => accounts.variables([POSTMASTER, ref, POSTMASTER]), "ACCOUNT_NOT_FOUND");
        await refused(() => accounts.setVariables(ref, changes({ A: "1" })), "ACCOUNT_NOT_FOUND");
      }
    },
  },
  {
    name: "variables: a domain alias is not followed, though XMail would",
    async play({ backend: { accounts, domainAliases }, refused }) {
      await domainAliases.add({ alias: "*.example.net", real: DOMAIN });
      const ref = { domain: "a.example.net", name: "postmaster" };
      await refused(() => accounts.setVariables(ref, changes({ A: "1" })), "ACCOUNT_NOT_FOUND");
      await refused(() => accounts.variables([ref]), "ACCOUNT_NOT_FOUND");
      await refused(() => accounts.usage([ref]), "ACCOUNT_NOT_FOUND");
    },
  },
  {
    name: "usage: nothing in a new mailbox nor in a list, in the order asked",
    async play({ backend: { accounts }, account }) {
      const nothing = { bytes: 0, messages: 0, lastLogin: null };
      const list = await account("list", DOMAIN, "list");
      assert.deepEqual(await accounts.usage([list, POSTMASTER, list]), [nothing, nothing, nothing]);
      assert.deepEqual(await accounts.usage([]), []);
    },
  },
  {
    name: "usage: of unknown accounts is refused, also among known ones",
    async play({ backend: { accounts }, refused }) {
      const nobody = { domain: DOMAIN, name: "nobody" };
      await refused(() => accounts.usage([POSTMASTER, nobody]), "ACCOUNT_NOT_FOUND");
      await refused(() => accounts.usage([{ ...POSTMASTER, domain: "none.example" }]), "ACCOUNT_NOT_FOUND");
    },
  },
  {
    name: "facts: variables and usage together, in the order asked",
    async play({ backend: { accounts }, account, refused }) {
      const bob = await account("bob");
      await accounts.setVariables(bob, changes({ RealName: "Bob" }));
      const asked = [bob, POSTMASTER, bob];
      const [variables, usage] = await Promise.all([accounts.variables(asked), accounts.usage(asked)]);
      assert.deepEqual(
        await accounts.facts(asked),
        asked.map((_, i) => ({ variables: variables[i], usage: usage[i] })),
      );
      assert.deepEqual(await accounts.facts([]), []);
      await refused(() => accounts.facts([bob, { ...bob, name: "nobody" }]), "ACCOUNT_NOT_FOUND");
    },
  },
];
