import { expect, test } from "vitest";
import { pattern } from "../../../src/ctrl/arguments.ts";
import { type CtrlClient, openCtrlClient } from "../../../src/ctrl/client.ts";
import { COMMANDS, type CommandWord } from "../../../src/ctrl/commands.ts";
import { Secret } from "../../../src/errors/secret.ts";
import { list, OK, startPeer } from "./peer.ts";

const REF = { domain: "example.com", name: "hana" };
const LINK = { ...REF, remoteHost: "pop.example.org:110", remoteUser: "h" };
const DATA = Buffer.from(".x\n");
const UNVERIFIED = { verify: false };
const secret = new Secret("pw");
const drain = async (rows: AsyncIterable<unknown>) => {
  for await (const _ of rows);
};
const frozen = async (client: CtrlClient) => {
  for await (const message of client.queue.frozen()) return message;
  throw new Error("nothing is frozen");
};

/** Every command, the call that makes it and its bytes. A checked password must never be a set password. */
const GOLDEN: Readonly<Record<CommandWord, [(client: CtrlClient) => Promise<unknown>, string]>> = {
  useradd: [
    (c) => c.users.add({ ...REF, password: secret, kind: "list" }),
    '"useradd"\t"example.com"\t"hana"\t"pw"\t"M"',
  ],
  userdel: [(c) => c.users.remove(REF), '"userdel"\t"example.com"\t"hana"'],
  userpasswd: [(c) => c.users.setPassword(REF, secret), '"userpasswd"\t"example.com"\t"hana"\t"pw"'],
  userlist: [(c) => drain(c.users.list({ domain: pattern("*"), name: "a*" })), '"userlist"\t"*"\t"a\\*"'],
  userauth: [(c) => c.users.checkPassword(REF, secret), '"userauth"\t"example.com"\t"hana"\t"pw"'],
  userstat: [(c) => c.users.stat(REF), '"userstat"\t"example.com"\t"hana"'],
  uservars: [(c) => c.users.variables(REF), '"uservars"\t"example.com"\t"hana"'],
  uservarsset: [
    (c) =>
      c.users.setVariables(
        REF,
        new Map([
          ["b", '"'],
          ["a", null],
        ]),
      ),
    '"uservarsset"\t"example.com"\t"hana"\t"b"\t"\\""\t"a"\t".|rm"',
  ],
  usergetmproc: [(c) => c.users.mailproc(REF, "both"), '"usergetmproc"\t"example.com"\t"hana"'],
  usersetmproc: [
    (c) => c.users.setMailproc(REF, "domain", DATA, UNVERIFIED),
    '"usersetmproc"\t"example.com"\t"hana"\t"D"',
  ],
  aliasadd: [
    (c) => c.aliases.add({ domain: "*", alias: "a", target: "hana@example.com" }),
    '"aliasadd"\t"*"\t"a"\t"hana@example.com"',
  ],
  aliasdel: [(c) => c.aliases.remove("example.com", "sales*"), '"aliasdel"\t"example.com"\t"sales*"'],
  aliaslist: [(c) => drain(c.aliases.list({ target: "hana" })), '"aliaslist"\t"*"\t"*"\t"hana"'],
  exaliasadd: [
    (c) => c.externalAliases.add({ local: "hana@example.com", remote: "h@example.org" }),
    '"exaliasadd"\t"hana@example.com"\t"h@example.org"',
  ],
  exaliasdel: [(c) => c.externalAliases.remove("h@example.org"), '"exaliasdel"\t"h@example.org"'],
  exaliaslist: [
    (c) => c.externalAliases.list({ remote: "h@example.org" }),
    '"exaliaslist"\t"*@*"\t"h@example.org"',
  ],
  mluseradd: [
    (c) => c.mailingLists.addMember(REF, "a@example.org", "RA", { fileChecked: true }),
    '"mluseradd"\t"example.com"\t"hana"\t"a@example.org"\t"RA"',
  ],
  mluserdel: [
    (c) => c.mailingLists.removeMember(REF, "a@example.org", { fileChecked: true }),
    '"mluserdel"\t"example.com"\t"hana"\t"a@example.org"',
  ],
  mluserlist: [(c) => drain(c.mailingLists.members(REF)), '"mluserlist"\t"example.com"\t"hana"'],
  domainadd: [(c) => c.domains.add("example.com"), '"domainadd"\t"example.com"'],
  domaindel: [(c) => c.domains.remove("example.com"), '"domaindel"\t"example.com"'],
  domainlist: [(c) => c.domains.list(["a.example", pattern("*.jp")]), '"domainlist"\t"a.example"\t"*.jp"'],
  // The real domain first, unlike in the file.
  aliasdomainadd: [
    (c) => c.aliasDomains.add({ alias: "alias.example", real: "real.example" }),
    '"aliasdomainadd"\t"real.example"\t"alias.example"',
  ],
  aliasdomaindel: [(c) => c.aliasDomains.remove("alias.example"), '"aliasdomaindel"\t"alias.example"'],
  aliasdomainlist: [(c) => c.aliasDomains.list("real.example"), '"aliasdomainlist"\t"real.example"'],
  custdomget: [(c) => c.customDomains.effective("a.example"), '"custdomget"\t"a.example"'],
  custdomset: [(c) => c.customDomains.set("a.example", DATA, UNVERIFIED), '"custdomset"\t"a.example"'],
  custdomlist: [(c) => c.customDomains.list(), '"custdomlist"'],
  poplnkadd: [
    (c) => c.pop3Links.add({ ...LINK, password: secret, options: ["STLS", "Leave=1"] }),
    '"poplnkadd"\t"example.com"\t"hana"\t"pop.example.org:110"\t"h"\t"pw"\t"STLS,Leave=1"',
  ],
  poplnkdel: [
    (c) => c.pop3Links.remove(LINK),
    '"poplnkdel"\t"example.com"\t"hana"\t"pop.example.org:110"\t"h"',
  ],
  poplnklist: [(c) => drain(c.pop3Links.list(REF)), '"poplnklist"\t"example.com"\t"hana"'],
  poplnkenable: [
    (c) => c.pop3Links.enable(false, LINK),
    '"poplnkenable"\t"0"\t"example.com"\t"hana"\t"pop.example.org:110"\t"h"',
  ],
  filelist: [(c) => c.files.list("", pattern("*.tab")), '"filelist"\t"."\t"*.tab"'],
  cfgfileget: [(c) => c.files.read("server.tab"), '"cfgfileget"\t"server.tab"'],
  cfgfileset: [(c) => c.files.write("smtpfwd.tab", DATA, UNVERIFIED), '"cfgfileset"\t"smtpfwd.tab"'],
  frozlist: [(c) => drain(c.queue.frozen()), '"frozlist"'],
  // Level 0 is a level; an old client dropped it.
  frozsubmit: [async (c) => c.queue.submit(await frozen(c)), '"frozsubmit"\t"0"\t"1"\t"m1"'],
  frozdel: [async (c) => c.queue.remove(await frozen(c)), '"frozdel"\t"0"\t"1"\t"m1"'],
  frozgetlog: [async (c) => c.queue.log(await frozen(c)), '"frozgetlog"\t"0"\t"1"\t"m1"'],
  frozgetmsg: [async (c) => c.queue.message(await frozen(c)), '"frozgetmsg"\t"0"\t"1"\t"m1"'],
  etrn: [(c) => c.queue.flush(["*.example", "a@b.example"]), '"etrn"\t"*.example"\t"a@b.example"'],
  noop: [(c) => c.session.noop(), '"noop"'],
  quit: [(c) => c.close(), '"quit"'],
};

const STAT = list(
  '"RealAddress"\t"hana@example.com"',
  '"MailboxSize"\t"1"',
  '"MailboxMessages"\t"1"',
  '"LastLoginTimeDate"\t"Mon, 23 Nov 2026 02:13:20 -0000"',
  '"LastLoginIP"\t"192.0.2.7"',
);
const FROZEN = list('"m1"\t"0"\t"1"\t"<a@b>"\t"<c@d>"\t"2026-11-23 18:01:05"\t"1"\t"2"\t"froz"');

test.each(Object.entries(GOLDEN))("%s", async (word, [call, expected]) => {
  let uploading = false;
  const peer = await startPeer({
    answer(line) {
      if (uploading) {
        uploading = line !== ".";
        return uploading ? null : OK;
      }
      const asked = /^"(\w+)"/.exec(line)?.[1] ?? "";
      if (asked === "userstat") return STAT;
      if (asked === "frozlist") return FROZEN;
      const kind = COMMANDS[asked as CommandWord].answer;
      uploading = kind === "upload";
      if (kind === "status") return OK;
      return uploading ? "+00101 OK\r\n" : list();
    },
  });
  const client = await openCtrlClient(peer.options);
  await call(client);
  const sent = peer.visits.flatMap(({ lines }) => lines);
  expect(sent.filter((line) => line === expected)).not.toHaveLength(0);
  expect(sent.filter((line) => line.startsWith(`"${word}"`)).every((line) => line === expected)).toBe(true);
  const others = ["userpasswd", "useradd", "userdel", "domaindel", "cfgfileset"].filter(
    (other) => other !== word,
  );
  expect(sent.filter((line) => others.some((other) => line.startsWith(`"${other}"`)))).toEqual([]);
  if (COMMANDS[word as CommandWord].answer === "upload") expect(sent).toContain("..x");
  await client.close();
});

test("all 43 commands are here", () => {
  expect(Object.keys(GOLDEN)).toEqual(Object.keys(COMMANDS));
  expect(Object.keys(COMMANDS)).toHaveLength(43);
});
