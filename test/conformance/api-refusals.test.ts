import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODES, openWorld, type World } from "./world.ts";

interface Problem {
  code: string;
  title: string;
  status: number;
  errors?: { field: string; rule: string; message: string }[];
}

const ACCOUNTS = "/domains/example.com/accounts";
const HANA = `${ACCOUNTS}/hana`;
const good = { name: "mei", password: "Long-enough-1" };

/** Method, path, body, and the fields that must be named. */
const WRONG_FIELDS: readonly (readonly [string, string, unknown, readonly string[]])[] = [
  ["POST", "/domains", {}, ["domain"]],
  ["POST", "/domains", { domain: "" }, ["domain"]],
  ["POST", "/domains", { domain: "exa mple.com" }, ["domain"]],
  ["POST", "/domains", { domain: "-a.test" }, ["domain"]],
  ["POST", "/domains", { domain: "a..test" }, ["domain"]],
  ["POST", "/domains", { domain: "日本.test" }, ["domain"]],
  ["POST", "/domains", { domain: "a/../b" }, ["domain"]],
  ["POST", "/domains", { domain: "*" }, ["domain"]],
  ["POST", "/domains", { domain: "a.test\r\nuseradd" }, ["domain"]],
  ["POST", "/domains", { domain: 5 }, ["domain"]],
  ["POST", "/domains", { domain: ["a.test"] }, ["domain"]],
  ["POST", "/domains", { domain: "a.test", extra: 1 }, ["extra"]],
  ["POST", "/domains", { domain: `${"a".repeat(64)}.test` }, ["domain"]],
  ["POST", "/domains", { domain: `${"a.".repeat(150)}test` }, ["domain"]],
  ["POST", ACCOUNTS, { ...good, name: "a b" }, ["name"]],
  ["POST", ACCOUNTS, { ...good, name: "a/b" }, ["name"]],
  ["POST", ACCOUNTS, { ...good, name: ".." }, ["name"]],
  ["POST", ACCOUNTS, { ...good, name: ".a" }, ["name"]],
  ["POST", ACCOUNTS, { ...good, name: "a\tb" }, ["name"]],
  ["POST", ACCOUNTS, { ...good, name: "a".repeat(65) }, ["name"]],
  ["POST", ACCOUNTS, { ...good, name: "花" }, ["name"]],
  ["POST", ACCOUNTS, { ...good, password: "short" }, ["password"]],
  ["POST", ACCOUNTS, { ...good, password: "with blank 1" }, ["password"]],
  ["POST", ACCOUNTS, { ...good, password: 'quote"quote1' }, ["password"]],
  ["POST", ACCOUNTS, { ...good, password: "less<than>1" }, ["password"]],
  ["POST", ACCOUNTS, { ...good, password: "パスワード12345" }, ["password"]],
  ["POST", ACCOUNTS, { ...good, password: "x".repeat(201) }, ["password"]],
  ["POST", ACCOUNTS, { name: "example1", password: "1ELPMAXE" }, ["password"]],
  ["POST", ACCOUNTS, { ...good, kind: "robot" }, ["kind"]],
  ["POST", ACCOUNTS, { ...good, realName: "a\nb" }, ["realName"]],
  ["POST", ACCOUNTS, { name: "", password: "" }, ["name", "password"]],
  ["POST", ACCOUNTS, { ...good, realName: "ACME\\" }, ["realName"]],
  ["POST", ACCOUNTS, { ...good, realName: ".|rm" }, ["realName"]],
  ["PUT", `${HANA}/password`, { password: "" }, ["password"]],
  ["PUT", `${HANA}/password`, { password: "hana@example.com" }, ["password"]],
  ["PUT", `${HANA}/variables`, {}, ["set"]],
  ["PUT", `${HANA}/variables`, { set: "MaxMBSize=1" }, ["set"]],
  ["PUT", `${HANA}/variables`, { set: [{ name: "MaxMBSize", value: "-1" }] }, ["set"]],
  ["PUT", `${HANA}/variables`, { set: [{ name: "PopEnable", value: "yes" }] }, ["set"]],
  ["PUT", `${HANA}/variables`, { set: [{ name: "SmtpPerms", value: "mr" }] }, ["set"]],
  ["PUT", `${HANA}/variables`, { set: [{ name: "A b", value: "x" }] }, ["set"]],
  ["PUT", `${HANA}/variables`, { set: [{ name: "Note", value: "a\tb" }] }, ["set"]],
  ["PUT", `${HANA}/variables`, { set: [{ name: "Note", value: "x" }], unset: ["Note"] }, ["set"]],
  ["PUT", `${HANA}/variables`, { set: [{ name: "XMailCFG-BeforeSuspend", value: "x" }] }, ["set"]],
  ["PUT", `${HANA}/variables`, { set: [{ name: "maxmbsize", value: "5" }] }, ["set"]],
  ["PUT", `${HANA}/variables`, { set: [{ name: "ListSender", value: "花@example.com" }] }, ["set"]],
  ["PUT", `${HANA}/variables`, { set: [{ name: "Note", value: "ends in \\" }] }, ["set"]],
  ["PUT", `${HANA}/variables`, { set: [{ name: "Note", value: ".|rm" }] }, ["set"]],
  ["PUT", `${HANA}/variables`, { unset: ["xmailcfg-beforesuspend"] }, ["unset"]],
  ["POST", "/domains/example.com/aliases", { alias: "a b", target: "hana" }, ["alias"]],
  ["POST", "/domains/example.com/aliases", { alias: "ok", target: "two words" }, ["target"]],
  ["POST", "/domains/example.com/aliases", { alias: "", target: "" }, ["alias", "target"]],
  ["POST", "/domains/*/aliases", { alias: "ok", target: "hana" }, ["target"]],
  ["POST", "/domains/example.com/domain-aliases", { alias: "a b" }, ["alias"]],
  ["GET", "/accounts?limit=0", undefined, ["limit"]],
  ["GET", "/accounts?limit=ten", undefined, ["limit"]],
  ["GET", "/accounts?limit=201", undefined, ["limit"]],
  ["GET", "/accounts?sort=size", undefined, ["sort"]],
  ["GET", "/accounts?cursor=zzz", undefined, ["cursor"]],
  ["GET", "/accounts?colour=red", undefined, ["colour"]],
  ["GET", `/domains?search=${"x".repeat(201)}`, undefined, ["search"]],
];

describe.each(MODES)("bad input over %s", (mode) => {
  let world: World;
  let before: Record<string, string>;
  beforeAll(async () => {
    world = await openWorld(mode);
    await world.xmail.account.add({ domain: "example.com", name: "hana", password: "Long-enough-1" });
    before = world.tree();
  });
  afterAll(() => world.close());

  test.each(WRONG_FIELDS)(
    "%s %s %j is refused by field, and nothing changed",
    async (method, path, body, fields) => {
      const response = await world.api(method, path, body);
      const problem = (await response.json()) as Problem;
      expect({ status: response.status, code: problem.code }).toEqual({ status: 422, code: "INVALID_INPUT" });
      expect(problem.errors?.map(({ field }) => field)).toEqual(fields);
      for (const { message } of problem.errors ?? []) expect(message).not.toBe("");
      expect(world.tree()).toEqual(before);
    },
  );

  test.each([
    ["POST", "/domains", "{ domain:", 400, "MALFORMED_BODY"],
    ["POST", "/domains", "[1]", 400, "MALFORMED_BODY"],
    ["POST", "/domains", '{"__proto__":{"x":1},"domain":"p.test"}', 400, "MALFORMED_BODY"],
    ["POST", "/domains", `{"domain":"${"a".repeat(2_000_000)}"}`, 413, "BODY_TOO_LARGE"],
    ["PATCH", "/domains", '{"domain":"p.test"}', 405, "METHOD_NOT_ALLOWED"],
    ["DELETE", "/domains", undefined, 405, "METHOD_NOT_ALLOWED"],
    ["GET", "/nowhere", undefined, 404, "NOT_FOUND"],
    ["GET", "/domains/a/b/c/d/e", undefined, 404, "NOT_FOUND"],
  ])("%s %s with a body of the wrong form", async (method, path, body, status, code) => {
    const response = await world.api(method, path, body);
    const problem = (await response.json()) as Problem;
    expect({ status: response.status, code: problem.code }).toEqual({ status, code });
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(world.tree()).toEqual(before);
  });

  test("a form body is not JSON", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const response = await world.api("POST", "/domains", "domain=f.test", headers);
    expect(response.status).toBe(415);
    expect(world.tree()).toEqual(before);
  });

  test("a stranger changes and learns nothing", async () => {
    for (const [method, path] of [
      ["POST", "/domains"],
      ["GET", "/domains"],
      ["DELETE", HANA],
      ["GET", HANA],
    ] as const) {
      const response = await world.api(method, path, method === "POST" ? { domain: "s.test" } : undefined, {
        authorization: "Bearer xmc_wrong_key",
      });
      expect(response.status).toBe(401);
    }
    expect(world.tree()).toEqual(before);
  });
});
