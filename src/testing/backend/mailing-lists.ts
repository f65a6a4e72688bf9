import assert from "node:assert/strict";
import { type BackendCase, DOMAIN, POSTMASTER } from "./stage.ts";

const MEMBERS = [
  { address: "zoe@remote.example", permissions: "RW" },
  { address: "Anna@remote.example", permissions: "R" },
  { address: `postmaster@${DOMAIN}`, permissions: "RA" },
];
const FILE = `domains/${DOMAIN}/news/mlusers.tab`;

export const MAILING_LIST_CASES: readonly BackendCase[] = [
  {
    name: "lists: members are listed in the order they were added, with their rights",
    async play({ backend: { mailingLists }, account, readFile }) {
      const list = await account("news", DOMAIN, "list");
      assert.deepEqual(await mailingLists.members(list), []);
      await mailingLists.add(list, MEMBERS);
      assert.deepEqual(await mailingLists.members({ domain: "EXAMPLE.com", name: "News" }), MEMBERS);
      assert.equal((await readFile(FILE))?.split("\n")[1], '"Anna@remote.example"\t"R"');
    },
  },
  {
    name: "lists: an address is on a list once, and of many all or none are added",
    async play({ backend: { mailingLists }, account, refused }) {
      const list = await account("news", DOMAIN, "list");
      await mailingLists.add(list, MEMBERS);
      const fresh = { address: "new@remote.example", permissions: "RW" };
      for (const twice of [{ address: "ZOE@Remote.example", permissions: "R" }, fresh]) {
        await refused(() => mailingLists.add(list, [fresh, twice]), "LIST_MEMBER_EXISTS");
      }
      await refused(
        () => mailingLists.add(list, [{ address: "no address", permissions: "RW" }]),
        "INVALID_INPUT",
        "VALUE_NOT_SENDABLE",
      );
      assert.deepEqual(await mailingLists.members(list), MEMBERS);
    },
  },
  {
    name: "lists: members are removed, down to none, and can be added again",
    async play({ backend: { mailingLists }, account, refused, readFile }) {
      const list = await account("news", DOMAIN, "list");
      await mailingLists.add(list, MEMBERS);
      await refused(
        () => mailingLists.remove(list, ["zoe@remote.example", "nobody@remote.example"]),
        "LIST_MEMBER_NOT_FOUND",
      );
      await mailingLists.remove(list, ["ZOE@remote.example"]);
      assert.deepEqual(await mailingLists.members(list), MEMBERS.slice(1));
      await mailingLists.remove(
        list,
        MEMBERS.slice(1).map(({ address }) => address),
      );
      assert.deepEqual(await mailingLists.members(list), []);
      assert.equal(await readFile(FILE), "");
      await mailingLists.add(list, MEMBERS.slice(0, 1));
      assert.deepEqual(await mailingLists.members(list), MEMBERS.slice(0, 1));
    },
  },
  {
    name: "lists: rights change and nothing else does",
    async play({ backend: { mailingLists }, account, refused }) {
      const list = await account("news", DOMAIN, "list");
      await mailingLists.add(list, MEMBERS);
      await mailingLists.setPermissions(list, { address: "anna@REMOTE.example", permissions: "RW" });
      assert.deepEqual(
        await mailingLists.members(list),
        MEMBERS.map((member, at) => (at === 1 ? { ...member, permissions: "RW" } : member)),
      );
      const unknown = { address: "nobody@remote.example", permissions: "R" };
      await refused(() => mailingLists.setPermissions(list, unknown), "LIST_MEMBER_NOT_FOUND");
    },
  },
  {
    name: "lists: many members at once",
    async play({ backend: { mailingLists }, account }) {
      const list = await account("news", DOMAIN, "list");
      const many = Array.from({ length: 300 }, (_, at) => ({
        address: `member${at}@remote.example`,
        permissions: at % 2 ? "R" : "RW",
      }));
      await mailingLists.add(list, many);
      assert.deepEqual(await mailingLists.members(list), many);
      await mailingLists.remove(
        list,
        many.slice(10).map(({ address }) => address),
      );
      assert.deepEqual(await mailingLists.members(list), many.slice(0, 10));
    },
  },
  {
    name: "lists: a blank line, at which XMail would crash, goes with the next change",
    async play({ backend: { mailingLists, files }, account, readFile }) {
      const list = await account("news", DOMAIN, "list");
      await files.edit(FILE, () => Buffer.from('"a@remote.example"\t"RW"\n\n\t\n"b@remote.example"\t"R"\n'));
      await mailingLists.add(list, MEMBERS.slice(0, 1));
      await files.edit(FILE, (bytes) => Buffer.from(`${Buffer.from(bytes ?? []).toString()}\n`));
      await mailingLists.remove(list, ["b@remote.example"]);
      assert.equal(await readFile(FILE), '"a@remote.example"\t"RW"\n"zoe@remote.example"\t"RW"\n');
    },
  },
  {
    name: "lists: an account is none, and neither is what is not there",
    async play({ backend: { mailingLists }, refused }) {
      const nobody = { domain: DOMAIN, name: "nobody" };
      const member = { address: "a@remote.example", permissions: "RW" };
      for (const [ref, code] of [
        [POSTMASTER, "NOT_A_LIST"],
        [nobody, "ACCOUNT_NOT_FOUND"],
      ] as const) {
        await refused(() => mailingLists.members(ref), code);
        await refused(() => mailingLists.add(ref, [member]), code);
        await refused(() => mailingLists.remove(ref, [member.address]), code);
        await refused(() => mailingLists.setPermissions(ref, member), code);
      }
    },
  },
];
