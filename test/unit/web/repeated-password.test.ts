import { expect, test } from "vitest";
import { accountAdd } from "../../../src/operations/account/add.ts";
import { requireRepeated } from "../../../src/web/repeated-password.ts";

const typed = (password: string, passwordAgain: string) => new URLSearchParams({ password, passwordAgain });

test("two different passwords are refused together with all else that is wrong", () => {
  const input = { domain: "example.com", name: "a b", password: "short" };
  expect(() => requireRepeated(accountAdd, input, typed("short", "shorty"))).toThrow(
    expect.objectContaining({
      code: "INVALID_INPUT",
      fields: [
        expect.objectContaining({ field: "name" }),
        expect.objectContaining({ field: "password" }),
        expect.objectContaining({ field: "passwordAgain", rule: "again" }),
      ],
    }),
  );
});

test("the same one twice passes, whatever else is wrong: the operation says that", () => {
  expect(() => requireRepeated(accountAdd, {}, typed("x", "x"))).not.toThrow();
});
