import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ERROR_CODES } from "../../../src/errors/codes.ts";
import { AppError, fail, failField, hasCode, isAppError } from "../../../src/errors/error.ts";
import { Secret, secret } from "../../../src/errors/secret.ts";

test("an error of another copy of the package is recognised", () => {
  const foreign = Object.assign(new Error("x"), { [Symbol.for("xmailcfg.error")]: true, code: "NOT_FOUND" });
  expect(isAppError(foreign)).toBe(true);
  expect(hasCode(foreign, "NOT_FOUND")).toBe(true);
  expect(hasCode(foreign, "CONFLICT")).toBe(false);
  for (const other of [new Error("x"), null, "x", { code: "NOT_FOUND" }])
    expect(isAppError(other)).toBe(false);
});

test("every code has a status that HTTP knows and a title", () => {
  for (const [code, { status, title }] of Object.entries(ERROR_CODES)) {
    expect(status, code).toBeGreaterThanOrEqual(400);
    expect(status, code).toBeLessThan(600);
    expect(title, code).not.toBe("");
    expect(new AppError(code as keyof typeof ERROR_CODES).message).toBe(title);
  }
});

test("failField names the field, the rule and the limit", () => {
  expect(() => failField("name", "maxLength", "name is too long.", 64)).toThrow(
    expect.objectContaining({
      code: "INVALID_INPUT",
      fields: [{ field: "name", rule: "maxLength", limit: 64, message: "name is too long." }],
    }),
  );
  expect(() => fail("CONFLICT")).toThrow(expect.objectContaining({ status: 409 }));
});

test("a secret shows itself nowhere", () => {
  const marker = new Secret("MARKER-1234");
  const seen = [
    String(marker),
    `${marker}`,
    JSON.stringify({ marker }),
    inspect(marker, { depth: 9, showHidden: true }),
    inspect({ deep: [marker] }, { depth: 9 }),
    Object.keys(marker).join(),
    JSON.stringify(Object.entries(marker)),
  ];
  for (const text of seen) expect(text).not.toContain("MARKER");
  expect(marker.reveal()).toBe("MARKER-1234");
  expect(secret(marker)).toBe(marker);
});
