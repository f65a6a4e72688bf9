import { describe, expect, test } from "vitest";
import { type CtrlOptions, isLoopback, readOptions } from "../../../src/ctrl/options.ts";

const GOOD: CtrlOptions = { host: "mail.example.com", account: "admin", password: "secret" };

describe("readOptions", () => {
  test("completes what is left out: digest, port by kind of TLS", () => {
    expect(readOptions(GOOD)).toMatchObject({ port: 6017, login: "digest", tls: null, window: 256 });
    expect(readOptions({ ...GOOD, tls: { mode: "upgrade" } }).port).toBe(6017);
    expect(readOptions({ ...GOOD, tls: { mode: "direct" } }).port).toBe(6018);
  });

  test.each<[string, Partial<CtrlOptions>, string]>([
    ["no host", { host: "" }, "host"],
    ["no account", { account: "" }, "account"],
    ["no password", { password: "" }, "password"],
    ["a long account", { account: "x".repeat(250) }, "account"],
    ["an account with a tab", { account: "a\tb" }, "account"],
    ["a # password in clear", { password: "#x", login: "clear" }, "password"],
    ["a long password in clear", { password: "x".repeat(250), login: "clear" }, "password"],
    ["a foreign password in clear", { password: "é", login: "clear" }, "password"],
    ["port 0", { port: 0 }, "port"],
    ["half a window", { window: 1.5 }, "window"],
    ["a bad fingerprint", { tls: { mode: "direct", fingerprint: "" } }, "tls"],
    ["a SHA-1 fingerprint", { tls: { mode: "direct", fingerprint: "ab".repeat(20) } }, "tls"],
    ["no authority", { tls: { mode: "direct", ca: [] } }, "tls"],
    ["an empty server name", { tls: { mode: "direct", servername: "" } }, "tls"],
  ])("refuses %s", (_, change, field) => {
    expect(() => readOptions({ ...GOOD, ...change })).toThrow(
      expect.objectContaining({ code: "BAD_CONFIG", fields: [expect.objectContaining({ field })] }),
    );
  });

  test("a digest password may be anything: it is not sent", () => {
    expect(readOptions({ ...GOOD, password: `#é${"x".repeat(300)}` }).login).toBe("digest");
  });

  test("the password cannot be printed", () => {
    expect(JSON.stringify(readOptions(GOOD))).not.toContain("secret");
  });
});

test("isLoopback knows its own machine", () => {
  for (const host of ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1"])
    expect(isLoopback(host)).toBe(true);
  for (const host of ["127.example.com", "10.0.0.1", "localhost.example.com", "::2"]) {
    expect(isLoopback(host)).toBe(false);
  }
});
