import { expect, test } from "vitest";
import type { CommandWord } from "../../../src/ctrl/commands.ts";
import { expectSuccess } from "../../../src/ctrl/refusal.ts";
import { encodeCommand } from "../../../src/ctrl/wire.ts";

const refuse = (word: CommandWord, code: number) =>
  expectSuccess(encodeCommand(word), { ok: false, code, text: "as XMail says" });

test.each<[CommandWord, number, string]>([
  ["useradd", 13, "ACCOUNT_EXISTS"],
  ["useradd", 26, "ALIAS_EXISTS"],
  ["useradd", 59, "DOMAIN_NOT_FOUND"],
  ["useradd", 216, "INVALID_INPUT"],
  ["userdel", 12, "ACCOUNT_NOT_FOUND"],
  ["userdel", 18, "XMAIL_HALF_DONE"],
  ["domainadd", 17, "XMAIL_HALF_DONE"],
  ["domaindel", 18, "XMAIL_HALF_DONE"],
  ["userpasswd", 157, "ACCOUNT_NOT_FOUND"],
  ["aliasadd", 13, "ACCOUNT_EXISTS"],
  ["aliasadd", 26, "ALIAS_EXISTS"],
  ["aliasadd", 157, "ACCOUNT_NOT_FOUND"],
  ["aliasdel", 28, "ALIAS_NOT_FOUND"],
  ["domainadd", 231, "DOMAIN_EXISTS"],
  ["domainadd", 260, "INVALID_INPUT"],
  ["domaindel", 59, "DOMAIN_NOT_FOUND"],
  ["aliasdomainadd", 59, "DOMAIN_NOT_FOUND"],
  ["aliasdomainadd", 205, "DOMAIN_ALIAS_EXISTS"],
  ["aliasdomaindel", 206, "DOMAIN_ALIAS_NOT_FOUND"],
  ["exaliasadd", 67, "EXTERNAL_ALIAS_EXISTS"],
  ["mluseradd", 52, "LIST_MEMBER_EXISTS"],
  ["mluseradd", 50, "NOT_A_LIST"],
  ["poplnkadd", 44, "POP_LINK_EXISTS"],
  ["cfgfileget", 19, "STORAGE_NOT_FOUND"],
  ["frozsubmit", 164, "NOT_FOUND"],
])("%s refused with %i is %s", (word, code, expected) => {
  expect(() => refuse(word, code)).toThrow(
    expect.objectContaining({
      code: expected,
      internal: { command: word, xmailCode: code, xmailText: "as XMail says" },
    }),
  );
});

test("a number without a name is kept", () => {
  expect(() => refuse("useradd", 999)).toThrow(
    expect.objectContaining({
      code: "XMAIL_REFUSED",
      message: expect.stringContaining("999"),
      internal: expect.objectContaining({ xmailCode: 999 }),
    }),
  );
});

test("a number of another command has no name here", () => {
  expect(() => refuse("userdel", 13)).toThrow(expect.objectContaining({ code: "XMAIL_REFUSED" }));
});

test("what XMail said stays out of the message", () => {
  for (const code of [13, 999]) {
    expect(() => refuse("useradd", code)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("as XMail says") }),
    );
  }
});

test("success is none", () => {
  expectSuccess(encodeCommand("noop"), { ok: true, code: 0, text: "OK" });
});
