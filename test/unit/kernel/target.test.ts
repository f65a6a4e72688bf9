import fc from "fast-check";
import { expect, test } from "vitest";
import { mayReach, mayUse } from "../../../src/kernel/actor.ts";
import { accountTarget, covers, domainTarget, SERVER, type Target } from "../../../src/kernel/target.ts";

const name = fc.constantFrom("a", "b", "*", "a*", "A");
const target: fc.Arbitrary<Target> = fc.oneof(
  fc.constant(SERVER),
  name.map((domain): Target => ({ kind: "domain", domain })),
  fc.tuple(name, name).map(([domain, account]): Target => ({ kind: "account", domain, name: account })),
);

test("covering is an order: reflexive, transitive, and the server on top", () => {
  fc.assert(
    fc.property(target, target, target, (a, b, c) => {
      expect(covers(a, a)).toBe(true);
      expect(covers(SERVER, a)).toBe(true);
      if (covers(a, b) && covers(b, c)) expect(covers(a, c)).toBe(true);
    }),
  );
});

test("names compare without case, and wildcards are plain characters", () => {
  expect(covers(domainTarget("Example.COM"), accountTarget({ domain: "example.com", name: "x" }))).toBe(true);
  expect(covers({ kind: "domain", domain: "*" }, domainTarget("example.com"))).toBe(false);
  expect(covers({ kind: "account", domain: "a", name: "*" }, accountTarget({ domain: "a", name: "x" }))).toBe(
    false,
  );
});

test("a pattern over domains is the server's matter", () => {
  for (const pattern of ["*", "*.example.com", "exampl?.com", "[a-z].com", "a\\.com"]) {
    expect(domainTarget(pattern)).toEqual(SERVER);
  }
});

test("a grant reaches its patterns on its target and nothing else", () => {
  const actor = {
    id: "x",
    name: "x",
    grants: [{ allow: ["alias.*", "account.list"], on: domainTarget("a.test") }],
  };
  expect(mayReach(actor, "alias.add", domainTarget("a.test"))).toBe(true);
  expect(mayReach(actor, "account.list", accountTarget({ domain: "a.test", name: "n" }))).toBe(true);
  expect(mayReach(actor, "account.listing", domainTarget("a.test"))).toBe(false);
  expect(mayReach(actor, "aliases.add", domainTarget("a.test"))).toBe(false);
  expect(mayReach(actor, "alias.add", domainTarget("b.test"))).toBe(false);
  expect(mayReach(actor, "alias.add", SERVER)).toBe(false);
  expect(mayUse(actor, "alias.remove")).toBe(true);
  expect(mayUse(actor, "domain.add")).toBe(false);
});
