import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import { readCookies } from "../../../src/http/cookies.ts";
import { type DeviceBox, deviceCookie, deviceOf } from "../../../src/http/device-cookie.ts";

const YEAR = 365 * 24 * 3600;
const EMPTY: DeviceBox = {
  key: new Secret("k".repeat(43)),
  audience: "panel",
  scope: { secure: true, base: "" },
  cookies: new Map(),
  now: 1_800_000_000,
};

/** The browser after an answer with this `Set-Cookie`. */
function after(line: string, box: DeviceBox): DeviceBox {
  return { ...box, cookies: readCookies(line.split(";", 1)[0] ?? null) };
}

function signedIn(...names: readonly string[]): DeviceBox {
  return names.reduce((box, name) => after(deviceCookie(box, name), box), EMPTY);
}

describe("the device cookie", () => {
  test("is kept a year, out of reach of scripts and of plain HTTP", () => {
    expect(deviceCookie(EMPTY, "sato")).toMatch(
      /^__Host-xmailcfg-device=[^;]+; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  test("is known for the name that signed in, however it is spelled, and for no other", () => {
    const box = signedIn("Sato@Example.com");
    expect(deviceOf(box, " sato@example.COM")).toMatch(/^[\w-]{16}$/);
    expect(deviceOf(box, "suzuki@example.com")).toBeNull();
    expect(deviceOf(EMPTY, "sato@example.com")).toBeNull();
  });

  test("counts at its own door, with its own key, for a year", () => {
    const box = signedIn("sato");
    expect(deviceOf({ ...box, audience: "at sato-office" }, "sato")).toBeNull();
    expect(deviceOf({ ...box, key: new Secret("x".repeat(43)) }, "sato")).toBeNull();
    expect(deviceOf({ ...box, now: box.now + YEAR - 1 }, "sato")).not.toBeNull();
    expect(deviceOf({ ...box, now: box.now + YEAR }, "sato")).toBeNull();
  });

  test("does not tell the name", () => {
    const [value = ""] = [...signedIn("sato@example.com").cookies.values()];
    const plain = value.split(/[.~]/).map((part) => Buffer.from(part, "base64url").toString());
    expect(`${value} ${plain.join(" ")}`).not.toContain("sato");
  });

  test("changes with every sign-in, and the last five names stay known", () => {
    const names = ["one", "two", "three", "four", "five"];
    const box = signedIn(...names, "one");
    expect(names.map((name) => deviceOf(box, name) !== null)).toEqual(names.map(() => true));
    expect(deviceOf(box, "one")).not.toBe(deviceOf(signedIn("one"), "one"));
    const sixth = after(deviceCookie(box, "six"), box);
    expect(deviceOf(sixth, "two")).toBeNull();
    expect(deviceOf(sixth, "one")).toBe(deviceOf(box, "one"));
  });

  test("whatever a browser sends is no device, and comes back in no header", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (sent, name) => {
        const box = { ...EMPTY, cookies: new Map([["__Host-xmailcfg-device", sent]]) };
        expect(deviceOf(box, name)).toBeNull();
        expect(deviceCookie(box, name)).toMatch(/^__Host-xmailcfg-device=[\w.~-]+; Max-Age=\d+; Path=\/;/);
      }),
    );
  });
});
