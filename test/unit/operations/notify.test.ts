import PostalMime from "postal-mime";
import { beforeEach, describe, expect, test } from "vitest";
import { letterText } from "../../../src/post/post.ts";
import { contentsOf } from "../tab/mail-root.ts";
import { PASSWORD, type PeopleWorld, peopleWorld } from "./people-world.ts";

let world: PeopleWorld;
beforeEach(async () => {
  world = await peopleWorld();
  await world.ask("delegation.add", {
    name: "kita",
    password: PASSWORD,
    domains: ["example.com"],
    rights: ["handOn"],
    email: "kita@elsewhere.test",
    masterEmail: "help@example.net",
  });
});

const SPOOL = /^spool\/(?:local|temp)\/[^/]+$/;

/** What lies in the drop folders of XMail. */
async function dropped(): Promise<[path: string, bytes: string][]> {
  const all = await contentsOf(world.root.storage);
  return Object.entries(all).filter(([path]) => SPOOL.test(path));
}

const NOTE = { person: "kita", subject: "お知らせ: 設定の変更", text: "北野様\n\n.\nfrom now on…\n" };

describe("delegation.notify", () => {
  test("leaves one whole mail where XMail takes it, and nothing beside it", async () => {
    expect(await world.ask("delegation.notify", NOTE)).toEqual({
      to: "kita@elsewhere.test",
      from: "help@example.net",
    });
    const [[path = "", bytes = ""] = [], ...others] = await dropped();
    expect(others).toEqual([]);
    expect(path).toMatch(/^spool\/local\//);
    const [, mail = ""] = /^mail from:<>\r\nrcpt to:<kita@elsewhere\.test>\r\n\r\n(.*)$/s.exec(bytes) ?? [];
    expect(mail.replaceAll("\r\n", "")).not.toMatch(/[\r\n\x80-\xff]/);
    const read = await PostalMime.parse(mail);
    expect([read.subject, read.text?.replaceAll("\r\n", "\n").trim(), read.from, read.to]).toEqual([
      NOTE.subject,
      NOTE.text.trim(),
      { address: "help@example.net", name: "" },
      [{ address: "kita@elsewhere.test", name: "" }],
    ]);
  });

  test("a dry run tells that it is final and sends nothing", async () => {
    expect(await world.dryRun("delegation.notify", NOTE)).toEqual({
      to: "kita@elsewhere.test",
      from: "help@example.net",
    });
    expect(await dropped()).toEqual([]);
  });

  test("whom an answer reaches: the master named, else who writes, else XMail's postmaster", async () => {
    await world.ask("delegation.set", { person: "kita", masterEmail: "" });
    expect(await world.ask("delegation.notify", NOTE)).toMatchObject({ from: "postmaster@example.com" });
    await world.ask("administrator.set", { person: "master", email: "master@example.net" });
    expect(await world.ask("delegation.notify", NOTE, "master")).toMatchObject({
      from: "master@example.net",
    });
  });

  test.each<[what: string, input: object, told: string]>([
    ["a subject of two lines", { subject: "a\r\nBcc: x@example.net" }, "INVALID_INPUT subject one-line"],
    ["a subject with a NEL", { subject: "a\u0085Bcc: x" }, "INVALID_INPUT subject one-line"],
    ["a subject of blanks", { subject: "  " }, "INVALID_INPUT subject required"],
    ["no text", { text: " \n" }, "INVALID_INPUT text required"],
    ["a NUL in the text", { text: "a\0b" }, "INVALID_INPUT text plain-text"],
    ["somebody unknown", { person: "nobody" }, "NOT_FOUND"],
    ["a master", { person: "master" }, "NOT_FOUND"],
  ])("%s is refused, and nothing is sent", async (_, input, told) => {
    expect(await world.told("delegation.notify", { ...NOTE, ...input })).toBe(told);
    expect(await dropped()).toEqual([]);
  });

  test("without an address, or one with what could be a line of the envelope, nobody is written to", async () => {
    for (const email of ["", "a>b@example.net"]) {
      await world.ask("delegation.set", { person: "kita", email });
      expect(await world.told("delegation.notify", NOTE)).toBe("INVALID_INPUT person no-mail");
      expect(await world.ask("person.get", { person: "kita" })).toMatchObject({ mail: "nowhere" });
    }
    expect(await dropped()).toEqual([]);
  });

  test("a delegate writes to those to whom he handed on, and to nobody beside or above", async () => {
    const below = { name: "shita", password: PASSWORD, domains: ["example.com"], email: "s@elsewhere.test" };
    await world.ask("delegation.add", below, "kita");
    await world.ask("delegation.add", { ...below, name: "yoko", domains: ["example.org"] });
    expect(await world.told("delegation.notify", { ...NOTE, person: "shita" }, "kita")).toBe("done");
    expect(await world.told("delegation.notify", { ...NOTE, person: "yoko" }, "kita")).toBe("NOT_FOUND");
    expect(await world.told("delegation.notify", NOTE, "kita")).toBe("FORBIDDEN");
    expect(await world.told("delegation.notify", NOTE, "shita")).toBe("FORBIDDEN");
    expect(await dropped()).toHaveLength(1);
  });
});

test.each([
  ["letters and marks", "日本語 and \u202e more =?UTF-8?B?eA==?="],
  ["a long one", "長い件名".repeat(37)],
  ["half a character", "a\ud83d"],
])("a subject of %s reads back as one field", async (_, subject) => {
  const mail = letterText(
    { from: "a@example.net", to: "b@example.net", subject, text: "x", at: new Date(0) },
    "1",
  );
  const read = await PostalMime.parse(mail);
  expect(read.subject).toBe(subject.toWellFormed().slice(0, 200));
  expect(read.headers.map(({ key }) => key)).toEqual([
    ...["from", "to", "subject", "date", "message-id"],
    ...["mime-version", "content-type", "content-transfer-encoding"],
  ]);
  expect(mail.split("\r\n").every((line) => line.length <= 78)).toBe(true);
});
