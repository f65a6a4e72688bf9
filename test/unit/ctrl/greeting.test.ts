import { describe, expect, test } from "vitest";
import { parseGreeting } from "../../../src/ctrl/greeting.ts";

describe("parseGreeting", () => {
  test("takes the challenge with its brackets and the version", () => {
    expect(
      parseGreeting("+00000 <1.2@192.0.2.1> XMail 1.27 CTRL Server; Tue, 3 Nov 2026 08:13:11 -0000"),
    ).toEqual({
      challenge: "<1.2@192.0.2.1>",
      version: "XMail 1.27",
    });
  });

  test("takes an IPv6 address and strange dates", () => {
    expect(parseGreeting("+00000 <1.2@2001:db8::1> XMail 1.28-x CTRL Server; whenever")).toEqual({
      challenge: "<1.2@2001:db8::1>",
      version: "XMail 1.28-x",
    });
  });

  test.each([
    ["-00129 Server too busy, retry later", "XMAIL_BUSY"],
    ["-00130 Server does not like Your IP", "XMAIL_LOGIN_REFUSED"],
    ["-00001 Something", "XMAIL_REFUSED"],
    ["220 mail.example.com ESMTP", "XMAIL_PROTOCOL"],
    ["+00000 no challenge", "XMAIL_PROTOCOL"],
    ["+00000 <half", "XMAIL_PROTOCOL"],
    ["", "XMAIL_PROTOCOL"],
  ])("%j is %s", (line, code) => {
    expect(() => parseGreeting(line)).toThrow(expect.objectContaining({ code }));
  });
});
