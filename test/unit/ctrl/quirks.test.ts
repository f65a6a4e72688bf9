import { describe, expect, test } from "vitest";
import { pattern } from "../../../src/ctrl/arguments.ts";
import { openCtrlClient } from "../../../src/ctrl/client.ts";
import { Secret } from "../../../src/errors/secret.ts";
import { list, OK, startPeer } from "./peer.ts";
import { refusalOfPromise } from "./refused.ts";

const REF = { domain: "example.com", name: "staff" };
const secret = new Secret("pw");

async function silentClient() {
  const peer = await startPeer();
  return { peer, client: await openCtrlClient(peer.options) };
}

describe("mailing lists", () => {
  const withMembers = (...members: string[]) =>
    startPeer({
      answer(line) {
        if (line.startsWith('"userlist"')) return list('"Example.com"\t"Staff"\t"pw"\t"M"');
        return line.startsWith('"cfgfileget"') ? list(...members) : OK;
      },
    });

  test("a blank line in the members' file would crash XMail: no change is sent", async () => {
    for (const members of [
      ["", '"a@b"\t"RW"'],
      ['"a@b"\t"RW"', ""],
      ['"a@b"\t"RW"', "\t", '"c@d"\t"R"'],
    ]) {
      const peer = await withMembers(...members);
      const client = await openCtrlClient(peer.options);
      await expect(client.mailingLists.addMember(REF, "new@example.org")).rejects.toMatchObject({
        code: "XMAIL_REFUSED",
      });
      await expect(client.mailingLists.removeMember(REF, "a@b")).rejects.toMatchObject({
        code: "XMAIL_REFUSED",
      });
      expect(peer.commands().filter((line) => /mluser(add|del)/.test(line))).toEqual([]);
      await client.close();
    }
  });

  test("looks at the file by the names as XMail has them, then changes", async () => {
    for (const members of [[], ['"a@b"\t"RW"']]) {
      const peer = await withMembers(...members);
      const client = await openCtrlClient(peer.options);
      await client.mailingLists.addMember(REF, "new@example.org");
      expect(peer.commands()).toEqual([
        '"userlist"\t"example.com"\t"staff"',
        '"cfgfileget"\t"domains/example.com/Staff/mlusers.tab"',
        '"mluseradd"\t"example.com"\t"staff"\t"new@example.org"',
      ]);
      await client.close();
    }
  });
});

describe("what XMail would take and spoil is not sent", () => {
  test.each<[string, string, (client: Awaited<ReturnType<typeof openCtrlClient>>) => Promise<unknown>]>([
    [
      "a variable that ends in a backslash",
      "Dir",
      (c) => c.users.setVariables(REF, new Map([["Dir", "c:\\"]])),
    ],
    [
      "a variable set to XMail's word for delete",
      "X",
      (c) => c.users.setVariables(REF, new Map([["X", ".|rm"]])),
    ],
    ["no variable at all", "variables", (c) => c.users.setVariables(REF, new Map())],
    [
      "more variables than a line holds",
      "V",
      (c) => c.users.setVariables(REF, new Map([["V", "x".repeat(2_100)]])),
    ],
    [
      "an account with a slash",
      "name",
      (c) => c.users.add({ ...REF, name: "a/b", password: secret, kind: "user" }),
    ],
    ["a domain with a slash", "domain", (c) => c.domains.add("a/b")],
    ["an empty alias", "alias", (c) => c.aliases.add({ domain: "d", alias: "", target: "u" })],
    [
      "an alias row beyond the line buffer",
      "domain",
      (c) => c.aliases.add({ domain: "d".repeat(255), alias: "a".repeat(250), target: "u" }),
    ],
    [
      "two domains beyond the line buffer",
      "real",
      (c) => c.aliasDomains.add({ real: "r".repeat(254), alias: "a".repeat(254) }),
    ],
    ["a pattern without @", "local", (c) => c.externalAliases.list({ local: pattern("*") })],
    [
      "a set in a pattern of external aliases",
      "local",
      (c) => c.externalAliases.list({ local: pattern("[ab]@*") }),
    ],
    [
      "a misspelt POP3 option",
      "options",
      (c) =>
        c.pop3Links.add({ ...REF, remoteHost: "h", remoteUser: "u", password: secret, options: ["stls"] }),
    ],
    [
      "a remote user that climbs",
      "remoteUser",
      (c) => c.pop3Links.enable(false, { ...REF, remoteHost: "h", remoteUser: "../x" }),
    ],
    ["a custom domain that climbs", "domain", (c) => c.customDomains.effective("../domains")],
    ["an empty upload", "content", (c) => c.files.write("smtpfwd.tab", Buffer.alloc(0))],
    ["an order dressed as a file", "path", (c) => c.files.write("./.ShutDown", Buffer.from("x"))],
    ["an order to remove an order", "path", (c) => c.files.remove("/.psync-trigger")],
    ["no pattern for etrn", "patterns", (c) => c.queue.flush([])],
    [
      "a frozen message that no list gave",
      "message",
      (c) =>
        c.queue.remove({
          name: "../../../../domains.tab",
          level1: 0,
          level2: 0,
          from: "",
          to: "",
          lastTry: "",
          size: 0,
          tries: 0,
        }),
    ],
  ])("%s", async (_, field, call) => {
    const { peer, client } = await silentClient();
    expect(await refusalOfPromise(() => call(client))).toMatchObject({ field });
    expect(peer.commands()).toEqual([]);
    await client.close();
  });

  test.each(["mailusers.tab", "/aliases.tab", "\\domains.tab", "./extaliases.tab", "AliasDomain.tab"])(
    "%s, whose index an upload would leave stale",
    async (path) => {
      const { peer, client } = await silentClient();
      await expect(client.files.write(path, Buffer.from("x"))).rejects.toMatchObject({
        code: "STORAGE_DENIED",
      });
      await expect(client.files.remove(path)).rejects.toMatchObject({ code: "STORAGE_DENIED" });
      expect(peer.commands()).toEqual([]);
      await client.close();
    },
  );
});

test("an upload is read back; what is not there was not written", async () => {
  let uploading = false;
  const peer = await startPeer({
    answer(line) {
      if (uploading) {
        uploading = line !== ".";
        return uploading ? null : OK;
      }
      if (line.startsWith('"cfgfileget"')) return list("first");
      uploading = line.startsWith('"cfgfileset"');
      return uploading ? "+00101 OK\r\n" : OK;
    },
  });
  const client = await openCtrlClient(peer.options);
  await client.files.write("smtpfwd.tab", Buffer.from("first\r\n"));
  const cut = client.files.write("smtpfwd.tab", Buffer.from("first\nsecond\n"));
  await expect(cut).rejects.toMatchObject({ code: "FILE_CHANGED" });
  await client.close();
});

test("custom domains in the forms custdomset refuses go by their files", async () => {
  let uploading = false;
  const peer = await startPeer({
    answer(line) {
      if (uploading) {
        uploading = line !== ".";
        return uploading ? null : OK;
      }
      uploading = /"c(fgfile|ustdom)set"/.test(line);
      return uploading ? "+00101 OK\r\n" : OK;
    },
  });
  const client = await openCtrlClient(peer.options);
  for (const domain of [".Example.com", "", "a.example"]) {
    await client.customDomains.set(domain, Buffer.from("x"), { verify: false });
  }
  expect(peer.commands().filter((line) => line.startsWith('"c'))).toEqual([
    '"cfgfileset"\t"custdomains/.example.com.tab"',
    '"cfgfileset"\t"custdomains/.tab"',
    '"custdomset"\t"a.example"',
  ]);
  await client.close();
});

test("a file with a line XMail may have cut is not whole", async () => {
  const peer = await startPeer({
    answer: (line) => (line === '"noop"' ? OK : list("x".repeat(line.includes("long") ? 2046 : 2045))),
  });
  const client = await openCtrlClient(peer.options);
  expect(await client.files.read("long.tab")).toMatchObject({ whole: false });
  expect(await client.files.read("short.tab")).toMatchObject({ whole: true });
  await client.close();
});

test("comment lines of domains.tab are no domains", async () => {
  const peer = await startPeer({
    answer: (line) => (line === '"noop"' ? OK : list('"a.example"', '"# note"')),
  });
  const client = await openCtrlClient(peer.options);
  expect(await client.domains.list()).toEqual(["a.example"]);
  await client.close();
});

test("a removed POP3 link is removed, though XMail misses its account", async () => {
  const peer = await startPeer({
    answer: (line) => (line === '"noop"' ? OK : "-00157 Record not found\r\n"),
  });
  const client = await openCtrlClient(peer.options);
  await client.pop3Links.remove({ ...REF, remoteHost: "h", remoteUser: "u" });
  await client.close();
});

test("frozen names that would climb are left out of the list", async () => {
  const row = (name: string) => `"${name}"\t"0"\t"0"\t"<>"\t"<a@b>"\t"2026-11-23 18:01:05"\t"1"\t"0"\t"froz"`;
  const peer = await startPeer({
    answer: (line) => (line === '"noop"' ? OK : list(row("../x"), row("good"), row(".."))),
  });
  const client = await openCtrlClient(peer.options);
  expect(await client.queue.find("../x")).toBeNull();
  expect(await client.queue.find("good")).toMatchObject({ name: "good", tries: 0, from: "<>" });
  await client.close();
});

test("passwords of lists cannot be printed", async () => {
  const peer = await startPeer({
    answer: (line) => (line === '"noop"' ? OK : list('"d"\t"u"\t"Marker-Pw"\t"U"')),
  });
  const client = await openCtrlClient(peer.options);
  for await (const row of client.users.list()) {
    expect(JSON.stringify(row)).not.toContain("Marker-Pw");
    expect(row.password.reveal()).toBe("Marker-Pw");
  }
  await client.close();
});
