import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Gateway,
  gatewayOptionsOf,
  gatewayOptionsText,
  gatewaysOf,
  gatewaysText,
  isWholeHost,
} from "../../../src/settings/gateways.ts";

const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const gateway: fc.Arbitrary<Gateway> = fc
  .record({
    host: fc.oneof(
      fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,20}$/),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
    ),
    port: some(fc.integer({ min: 1, max: 65_535 })),
    needTls: some(fc.constantFrom("off" as const, "offered" as const, "required" as const)),
    outBind: some(fc.oneof(fc.ipV4(), fc.ipV6())),
    more: some(fc.stringMatching(/^Xyz[a-z]{0,5}=[a-z0-9]{0,5}$/)),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as never);

describe("a list of gateways", () => {
  test("reads what is written", () => {
    expect(gatewaysOf("#mx1.example.com:587,NeedTLS=2,OutBind=192.0.2.1;[2001:db8::1]:26;192.0.2.9")).toEqual(
      {
        random: true,
        gateways: [
          { host: "mx1.example.com", port: 587, needTls: "required", outBind: "192.0.2.1" },
          { host: "[2001:db8::1]", port: 26 },
          { host: "192.0.2.9" },
        ],
      },
    );
  });

  test("takes # and empty places as XMail does", () => {
    expect(gatewaysOf("a;#b;;c;").gateways.map(({ host }) => host)).toEqual(["a", "#b", "c"]);
    expect(gatewaysOf("a;#b").random).toBe(false);
    expect(gatewaysOf("")).toEqual({ random: false, gateways: [] });
    expect(gatewaysOf("#")).toEqual({ random: true, gateways: [] });
  });

  test.each([
    ["a,NeedTLS=01", { host: "a", more: "NeedTLS=01" }],
    ["a,needtls=1", { host: "a", more: "needtls=1" }],
    ["a,OutBind=192.0.2.1,NeedTLS=1", { host: "a", more: "OutBind=192.0.2.1,NeedTLS=1" }],
    ["a,NeedTLS=1,NeedTLS=2", { host: "a", needTls: "offered", more: "NeedTLS=2" }],
    ["a,Other=3", { host: "a", more: "Other=3" }],
    ["a,", { host: "a," }],
    [",NeedTLS=1", { host: ",NeedTLS=1" }],
    ["a|26", { host: "a|26" }],
    ["a:026", { host: "a:026" }],
    ["a:99999", { host: "a:99999" }],
    ["2001:db8::1", { host: "2001:db8::1" }],
    ["[2001:db8::1", { host: "[2001:db8::1" }],
    [" a:25", { host: " a:25" }],
  ])("keeps what it does not understand: %s", (text, expected) => {
    expect(gatewaysOf(text)).toEqual({ random: false, gateways: [expected] });
    expect(gatewaysText(gatewaysOf(text))).toBe(text);
  });

  test("any list of gateways reads back as it was", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(gateway, { maxLength: 4 }), (random, gateways) => {
        expect(gatewaysOf(gatewaysText({ random, gateways }))).toEqual({ random, gateways });
      }),
    );
  });

  test("any text comes back byte for byte while it says the same", () => {
    const pieces = fc.constantFrom(
      "#",
      ";",
      ",",
      ":",
      "|",
      "[",
      "]",
      "NeedTLS=1",
      "OutBind=",
      "a",
      "25",
      " ",
    );
    const text = fc.oneof(
      fc.array(pieces).map((all) => all.join("")),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (was) => {
        expect(gatewaysText(gatewaysOf(was), was)).toBe(was);
        const again = gatewaysText(gatewaysOf(was));
        expect(gatewaysOf(again)).toEqual(gatewaysOf(was));
        // Nothing but empty places goes, even when all of it is written anew.
        expect(again.replaceAll(";", "")).toBe(was.replaceAll(";", ""));
      }),
      { numRuns: 2000 },
    );
  });

  test("a text whose meaning changed is written anew", () => {
    expect(gatewaysText({ random: false, gateways: [{ host: "b" }] }, "a;;b")).toBe("b");
    expect(gatewaysText({ random: true, gateways: [{ host: "a" }] }, "a")).toBe("#a");
  });

  test("options alone read back, whatever they are", () => {
    expect(gatewayOptionsOf("NeedTLS=1,OutBind=::1")).toEqual({ needTls: "offered", outBind: "::1" });
    expect(gatewayOptionsOf("")).toEqual({});
    const pieces = fc.constantFrom("NeedTLS=1", "OutBind=a", ",", "X=1", "=");
    fc.assert(
      fc.property(fc.array(pieces), (all) => {
        const text = all.join("");
        expect(gatewayOptionsText(gatewayOptionsOf(text))).toBe(text);
      }),
    );
  });

  test.each([
    ["mx.example.com", true],
    ["192.0.2.1", true],
    ["[2001:db8::1]", true],
    ["2001:db8::1", false],
    ["[2001:db8::1", false],
    ["[x]", false],
    ["mx:25", false],
    ["a b", false],
    ["", false],
  ])("whether %s is a host by itself: %s", (host, whole) => {
    expect(isWholeHost(host)).toBe(whole);
  });
});
