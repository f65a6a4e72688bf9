import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isSuspended,
  MEMORY,
  resumption,
  servicesOf,
  suspension,
} from "../../../src/operations/account/services.ts";
import { decodeWords, encodeWords } from "../../../src/settings/encoded-words.ts";

function apply(before: ReadonlyMap<string, string>, changes: ReadonlyMap<string, string | null>) {
  const after = new Map(before);
  for (const [name, value] of changes) value === null ? after.delete(name) : after.set(name, value);
  return after;
}

test("resume puts back exactly what suspend found, whatever it was", () => {
  const value = fc.option(fc.string({ maxLength: 20 }), { nil: undefined });
  fc.assert(
    fc.property(value, value, value, fc.string(), (receive, pop, perms, other) => {
      const before = new Map<string, string>([["RealName", other]]);
      if (receive !== undefined) before.set("ReceiveEnable", receive);
      if (pop !== undefined) before.set("PopEnable", pop);
      if (perms !== undefined) before.set("SmtpPerms", perms);
      const suspended = apply(before, suspension(before));
      expect(isSuspended(suspended)).toBe(true);
      expect(servicesOf(suspended)).toEqual({ receive: false, pop: false, send: false });
      const after = apply(suspended, resumption(suspended));
      expect(Object.fromEntries(after)).toEqual(Object.fromEntries(before));
    }),
  );
});

test("a memory that somebody edited restores nothing but our three variables", () => {
  const odd = new Map([[MEMORY, "RealName=x;PopEnable=1;;=;MaxMBSize=0"]]);
  expect(Object.fromEntries(resumption(odd))).toEqual({
    [MEMORY]: null,
    ReceiveEnable: null,
    PopEnable: "1",
    SmtpPerms: null,
  });
});

test("whatever stands in the memory, resuming ends the suspension", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom("PopEnable=%", "=", ";;")), (memory) => {
      const after = apply(
        new Map([
          [MEMORY, memory],
          ["PopEnable", "0"],
        ]),
        resumption(new Map([[MEMORY, memory]])),
      );
      expect(isSuspended(after)).toBe(false);
      expect(after.get("PopEnable")).not.toBe("0");
    }),
  );
});

test("services follow XMail's reading of the variables", () => {
  expect(servicesOf(new Map())).toEqual({ receive: true, pop: true, send: true });
  expect(servicesOf(new Map([["ReceiveEnable", "x"]])).receive).toBe(false);
  expect(servicesOf(new Map([["PopEnable", "2"]])).pop).toBe(true);
  expect(servicesOf(new Map([["SmtpPerms", "MV"]])).send).toBe(false);
});

test("encoded words carry any text through ASCII and back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
      fc.pre(!text.includes("=?") && !/[\p{Cc}]/u.test(text));
      const encoded = encodeWords(text);
      expect(encoded).toMatch(/^[\x20-\x7e]*$/);
      expect(decodeWords(encoded)).toBe(text);
    }),
  );
  expect(encodeWords("Hana Sato")).toBe("Hana Sato");
  expect(decodeWords("=?utf-8?q?Andr=C3=A9_B?=")).toBe("André B");
  for (const word of encodeWords("佐藤花子".repeat(20)).split(" "))
    expect(word.length).toBeLessThanOrEqual(75);
});
