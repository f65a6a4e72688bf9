import assert from "node:assert/strict";
import { pattern } from "../../../src/ctrl/arguments.ts";
import type { CtrlClient } from "../../../src/ctrl/client.ts";
import type { ErrorCode } from "../../../src/errors/codes.ts";
import { isAppError } from "../../../src/errors/error.ts";
import { Secret } from "../../../src/errors/secret.ts";

/** A client of a server over a fresh MailRoot with the one domain `example.com`. */
export interface Scene {
  readonly client: CtrlClient;
  /** A file of the MailRoot, bytes as Latin-1; `null` when there is none. */
  read(path: string): Promise<string | null>;
}

const DOMAIN = "example.com";
const HANA = { domain: DOMAIN, name: "hana" };
const secret = (text: string) => new Secret(text);

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

async function refused(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  await assert.rejects(work, (error) => isAppError(error) && error.code === code);
}

const addHana = ({ client }: Scene) => client.users.add({ ...HANA, password: secret("pw"), kind: "user" });
const text = (content: { bytes: Uint8Array } | null) =>
  content && Buffer.from(content.bytes).toString("latin1");

/** What the nouns of the client do with a server that means it: simulator and XMail play the same. */
export const SCENARIOS: readonly { readonly name: string; play(scene: Scene): Promise<void> }[] = [
  {
    name: "users: from adding to removing",
    async play(scene) {
      const { users } = scene.client;
      await addHana(scene);
      await refused(addHana(scene), "ACCOUNT_EXISTS");
      await users.add({ ...HANA, name: "staff", password: secret('q"\\'), kind: "list" });
      const rows = await all(users.list({ domain: DOMAIN }));
      assert.deepEqual(
        rows.map(({ name, kind, password }) => [name, kind, password.reveal()]),
        [
          ["hana", "user", "pw"],
          ["staff", "list", 'q"\\'],
        ],
      );
      assert.equal((await all(users.list({ name: pattern("h*") }))).length, 1);
      assert.equal((await all(users.list({ name: "h*" }))).length, 0);
      assert.equal(await users.checkPassword(HANA, secret("pw")), true);
      assert.equal(await users.checkPassword(HANA, secret("PW")), false);
      assert.equal(await users.checkPassword(HANA, secret("pw")), true);
      await users.setPassword(HANA, secret("new"));
      assert.equal(await users.checkPassword(HANA, secret("new")), true);
      assert.deepEqual(await users.stat(HANA), {
        realAddress: "hana@example.com",
        bytes: 0,
        messages: 0,
        lastLogin: null,
      });
      await users.setVariables(
        HANA,
        new Map([
          ["A", 'say "hi"'],
          ["MaxMBSize", null],
        ]),
      );
      const variables = await users.variables(HANA);
      assert.equal(variables.get("A"), 'say "hi"');
      assert.equal(variables.has("MaxMBSize"), false);
      await users.remove(HANA);
      await refused(users.remove(HANA), "ACCOUNT_NOT_FOUND");
    },
  },
  {
    name: "users: mailproc of user and domain",
    async play(scene) {
      const { users } = scene.client;
      await addHana(scene);
      assert.equal(await users.mailproc(HANA, "both"), null);
      await users.setMailproc(HANA, "user", Buffer.from('"mailbox"\n.dot\n日本\n'));
      await users.setMailproc(HANA, "domain", Buffer.from('"redirect"\t"a@b.example"\r\n'));
      assert.equal(text(await users.mailproc(HANA, "domain")), '"redirect"\t"a@b.example"\n');
      const own = Buffer.from('"mailbox"\n.dot\n日本\n').toString("latin1");
      assert.equal(text(await users.mailproc(HANA, "both")), `"redirect"\t"a@b.example"\n${own}`);
      assert.equal(await scene.read(`domains/${DOMAIN}/hana/mailproc.tab`), own);
      await users.removeMailproc(HANA, "domain");
      await users.removeMailproc(HANA, "user");
      assert.equal(await scene.read(`domains/${DOMAIN}/hana/mailproc.tab`), null);
      assert.equal(await users.mailproc(HANA, "both"), null);
    },
  },
  {
    name: "aliases: exact text and patterns are told apart",
    async play(scene) {
      const { aliases } = scene.client;
      await addHana(scene);
      for (const alias of ["info", "s*", "a?c", "b[x]"]) {
        await aliases.add({ domain: DOMAIN, alias, target: "hana" });
      }
      await aliases.add({ domain: "*.example", alias: "q", target: "hana@example.com" });
      const named = async (alias: string) => (await all(aliases.list({ alias }))).map((row) => row.alias);
      assert.deepEqual(await named("s*"), ["s*"]);
      assert.deepEqual(await named("a?c"), ["a?c"]);
      assert.deepEqual(await named("b[x]"), ["b[x]"]);
      assert.deepEqual(await named("*"), []);
      assert.equal((await all(aliases.list({ alias: pattern("*") }))).length, 5);
      assert.equal((await all(aliases.list({ domain: "*.example" }))).length, 1);
      assert.equal((await all(aliases.list({ target: "hana" }))).length, 4);
      await refused(aliases.add({ domain: DOMAIN, alias: "INFO", target: "hana" }), "ALIAS_EXISTS");
      await refused(aliases.add({ domain: DOMAIN, alias: "x", target: "nobody" }), "ACCOUNT_NOT_FOUND");
      await aliases.remove(DOMAIN, "s*");
      await refused(aliases.remove(DOMAIN, "s*"), "ALIAS_NOT_FOUND");
    },
  },
  {
    name: "external aliases",
    async play(scene) {
      const { externalAliases } = scene.client;
      await addHana(scene);
      const row = { local: "hana@example.com", remote: "h@example.org" };
      await externalAliases.add(row);
      await refused(externalAliases.add(row), "EXTERNAL_ALIAS_EXISTS");
      assert.deepEqual(await externalAliases.list(), [row]);
      assert.deepEqual(await externalAliases.list({ local: pattern("*@example.com") }), [row]);
      assert.deepEqual(await externalAliases.list({ remote: "h@example.org" }), [row]);
      assert.deepEqual(await externalAliases.list({ local: "*@example.com" }), []);
      await externalAliases.remove("h@example.org");
      await refused(externalAliases.remove("h@example.org"), "EXTERNAL_ALIAS_NOT_FOUND");
    },
  },
  {
    name: "mailing lists: members, and the file that would crash XMail",
    async play(scene) {
      const { users, mailingLists, files } = scene.client;
      const staff = { domain: DOMAIN, name: "Staff" };
      await addHana(scene);
      await users.add({ ...staff, password: secret("pw"), kind: "list" });
      await mailingLists.addMember(staff, "a@example.org");
      await mailingLists.addMember({ ...staff, name: "staff" }, "b@example.org", "R");
      assert.deepEqual(await all(mailingLists.members(staff)), [
        { address: "a@example.org", permissions: "RW" },
        { address: "b@example.org", permissions: "R" },
      ]);
      await refused(mailingLists.addMember(staff, "A@example.org"), "LIST_MEMBER_EXISTS");
      await refused(mailingLists.addMember(HANA, "a@example.org"), "NOT_A_LIST");
      await refused(mailingLists.removeMember(staff, "c@example.org"), "LIST_MEMBER_NOT_FOUND");
      await mailingLists.removeMember(staff, "b@example.org");
      const path = `domains/${DOMAIN}/Staff/mlusers.tab`;
      await files.write(path, Buffer.from('"a@example.org"\t"RW"\n\n"z@example.org"\t"R"\n'));
      await refused(mailingLists.addMember(staff, "d@example.org"), "XMAIL_REFUSED");
      await files.write(path, Buffer.from('"a@example.org"\t"RW"\n'));
      await mailingLists.addMember(staff, "d@example.org");
      assert.equal((await all(mailingLists.members(staff))).length, 2);
    },
  },
  {
    name: "domains and domain aliases",
    async play({ client: { domains, aliasDomains } }) {
      await domains.add("Two.Example");
      await refused(domains.add("two.example"), "DOMAIN_EXISTS");
      await refused(domains.add("bad name"), "INVALID_INPUT");
      assert.deepEqual(await domains.list(), [DOMAIN, "two.example"]);
      assert.deepEqual(await domains.list([pattern("t*"), "none.example"]), ["two.example"]);
      await aliasDomains.add({ real: "two.example", alias: "zwei.example" });
      await aliasDomains.add({ real: DOMAIN, alias: "*.zwei.example" });
      assert.deepEqual(await aliasDomains.list("two.example"), [
        { real: "two.example", alias: "zwei.example" },
      ]);
      assert.equal((await aliasDomains.list()).length, 2);
      await refused(aliasDomains.add({ real: DOMAIN, alias: "zwei.example" }), "DOMAIN_ALIAS_EXISTS");
      await refused(aliasDomains.add({ real: "none.example", alias: "x.example" }), "DOMAIN_NOT_FOUND");
      await refused(domains.add("zwei.example"), "DOMAIN_EXISTS");
      await aliasDomains.remove("*.zwei.example");
      await refused(aliasDomains.remove("*.zwei.example"), "DOMAIN_ALIAS_NOT_FOUND");
      await domains.remove("two.example");
      await refused(domains.remove("two.example"), "DOMAIN_NOT_FOUND");
      assert.deepEqual(await aliasDomains.list(), []);
    },
  },
  {
    name: "custom domains in all three forms",
    async play({ client: { customDomains } }) {
      const bytes = (word: string) => Buffer.from(`"${word}"\n`);
      await customDomains.set("a.example.org", bytes("one"));
      await customDomains.set(".example.org", bytes("below"));
      await customDomains.set("", bytes("rest"));
      assert.deepEqual([...(await customDomains.list())].sort(), ["", ".example.org", "a.example.org"]);
      assert.equal(text(await customDomains.effective("a.example.org")), '"one"\n');
      assert.equal(text(await customDomains.effective("b.example.org")), '"below"\n');
      assert.equal(text(await customDomains.effective("else.test")), '"rest"\n');
      assert.equal(await customDomains.get("b.example.org"), null);
      for (const domain of ["a.example.org", ".example.org", ""]) await customDomains.remove(domain);
      assert.deepEqual(await customDomains.list(), []);
      assert.equal(await customDomains.effective("a.example.org"), null);
    },
  },
  {
    name: "POP3 links",
    async play(scene) {
      const { pop3Links } = scene.client;
      await addHana(scene);
      const key = { ...HANA, remoteHost: "pop.example.org:1110", remoteUser: "h" };
      await pop3Links.add({ ...key, password: secret("s3cret"), options: ["STLS", "Leave=1"] });
      await refused(pop3Links.add({ ...key, password: secret("x"), options: [] }), "POP_LINK_EXISTS");
      await pop3Links.enable(false, key);
      const [link] = await all(pop3Links.list(HANA));
      assert.ok(link);
      assert.deepEqual(
        { ...link, password: link.password.reveal() },
        {
          ...key,
          password: "s3cret",
          options: ["STLS", "Leave=1"],
          enabled: false,
        },
      );
      await pop3Links.enable(true, HANA);
      assert.equal((await all(pop3Links.list()))[0]?.enabled, true);
      assert.deepEqual(await all(pop3Links.list({ domain: "*" })), []);
      await pop3Links.add({ ...key, name: "ghost", password: secret("x"), options: [] });
      await pop3Links.remove({ ...key, name: "ghost" });
      assert.equal((await all(pop3Links.list())).length, 1);
      await pop3Links.remove(key);
      await refused(pop3Links.remove(key), "POP_LINK_NOT_FOUND");
    },
  },
  {
    name: "files: every byte but zero, lines, lists, refusals",
    async play(scene) {
      const { files } = scene.client;
      const bytes = Buffer.from(
        Array.from({ length: 255 }, (_, index) => index + 1).filter((byte) => byte !== 13),
      );
      const content = Buffer.concat([
        bytes,
        Buffer.from("\n..\n.\n\n"),
        Buffer.alloc(2044, "x"),
        Buffer.from("\n"),
      ]);
      await files.write("smtpfwd.tab", content);
      assert.equal(await scene.read("smtpfwd.tab"), content.toString("latin1"));
      assert.deepEqual(Buffer.from((await files.read("smtpfwd.tab")).bytes), content);
      const lines = (await all(files.lines("smtpfwd.tab"))).flat();
      assert.equal(`${lines.join("\n")}\n`, content.toString("latin1"));
      const [listed] = await files.list("", "smtpfwd.tab");
      assert.deepEqual(listed, { name: "smtpfwd.tab", size: content.length });
      await files.remove("smtpfwd.tab");
      await files.remove("smtpfwd.tab");
      await refused(files.read("smtpfwd.tab"), "STORAGE_NOT_FOUND");
      await refused(files.list("no-such", pattern("*")), "STORAGE_NOT_FOUND");
      await refused(files.write("no-such/x.tab", Buffer.from("x")), "STORAGE_NOT_FOUND");
      assert.deepEqual((await files.read("domains")).bytes.length, 0);
    },
  },
  {
    name: "queue and session",
    async play({ client: { queue, session } }) {
      assert.deepEqual(await all(queue.frozen()), []);
      assert.equal(await queue.find("nothing"), null);
      await queue.flush(["*@example.org", "example.org"]);
      await session.noop();
      assert.equal((await session.greeting()).version, "XMail 1.27");
    },
  },
];
