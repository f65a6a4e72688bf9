import { describe, expect, test } from "vitest";
import { isAppError } from "../../../src/errors/error.ts";
import type { Actor } from "../../../src/kernel/actor.ts";
import { invokeAny } from "../../../src/kernel/invoke.ts";
import type { AreaLimit, Limits } from "../../../src/kernel/limits.ts";
import { rehearseAny } from "../../../src/kernel/rehearse.ts";
import { accountTarget, domainTarget, type Target } from "../../../src/kernel/target.ts";
import { ALL_OPERATIONS } from "../../../src/operations/table.ts";
import type { Backend } from "../../../src/xmail/backend.ts";
import { callOn } from "../../table/call.ts";
import { contentsOf, type TestRoot, testRoot } from "../tab/mail-root.ts";

const PASSWORD = "Long-enough-1";
const DOMAIN = "example.com";
const NEWS: Target = accountTarget({ domain: DOMAIN, name: "news" });

function limited(most: Limits, on: readonly Target[] = [domainTarget(DOMAIN)], of = "del_1"): Actor {
  return delegate([{ of, on, most }]);
}

function delegate(limits: readonly AreaLimit[]): Actor {
  return { id: "del_1", name: "sato", grants: [{ allow: ["*"], on: domainTarget(DOMAIN) }], limits };
}

async function told(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    if (!isAppError(error)) throw error;
    const [{ rule = "", limit = "" } = {}] = error.fields;
    return error.code === "LIMIT_REACHED" ? `${rule} ${limit}` : `${error.code} ${rule}`;
  }
}

/** Does what is asked of the table, and says `done` or which limit refused it. */
function asking(root: TestRoot, actor?: Actor, xmail: Backend = root.backend) {
  return async (name: string, input: object) => {
    const operation = ALL_OPERATIONS.find((one) => one.name === name);
    if (!operation) throw new Error(`no operation ${name}`);
    return told(invokeAny(operation, callOn(xmail, actor), { domain: DOMAIN, ...input }));
  };
}

async function world(): Promise<TestRoot> {
  const root = await testRoot({}, { domain: DOMAIN });
  const master = asking(root);
  for (const name of ["hana", "ken"]) await master("account.add", { name, password: PASSWORD });
  await master("account.add", { name: "news", password: PASSWORD, kind: "list" });
  await master("member.add", { name: "news", address: "aoi@elsewhere.test" });
  await master("alias.add", { alias: "sales", target: "hana" });
  await master("domain.add", { domain: "other.test" });
  await master("account.add", { domain: "other.test", name: "far", password: PASSWORD });
  return root;
}

const ACCOUNT = { name: "new", password: PASSWORD };
const LIST = { ...ACCOUNT, kind: "list" };
const ALIAS = { alias: "help", target: "hana" };
const MEMBER = { name: "news", address: "sora@elsewhere.test" };

describe("what is counted", () => {
  test.each<[kind: keyof Limits, there: number, operation: string, input: object]>([
    ["accounts", 2, "account.add", ACCOUNT],
    ["lists", 1, "account.add", LIST],
    ["aliases", 1, "alias.add", ALIAS],
    ["listMembers", 1, "member.add", MEMBER],
    ["listMembers", 1, "member.addMany", { name: "news", lines: ["a@b.test"] }],
    ["accounts", 2, "account.import", { csv: `address,password\nnew@example.com,${PASSWORD}\n` }],
    ["aliases", 1, "alias.import", { csv: "alias,target\nhelp@example.com,hana@example.com\n" }],
  ])(
    "%s, of which %i are there: %s makes one more, when that many may be",
    async (kind, there, operation, input) => {
      const root = await world();
      const before = await contentsOf(root.storage);
      expect(await asking(root, limited({ [kind]: there }))(operation, input)).toBe(`most-${kind} ${there}`);
      expect(await contentsOf(root.storage)).toEqual(before);
      expect(await asking(root, limited({ [kind]: there + 1 }))(operation, input)).toBe("done");
      expect(await contentsOf(root.storage)).not.toEqual(before);
    },
  );

  test("the same in a dry run, which would otherwise promise what is then refused", async () => {
    const root = await world();
    const operation = ALL_OPERATIONS.find(({ name }) => name === "account.add");
    const dry = async (most: number) =>
      operation &&
      told(
        rehearseAny(operation, callOn(root.backend, limited({ accounts: most })), {
          domain: DOMAIN,
          ...ACCOUNT,
        }),
      );
    expect(await dry(2)).toBe("most-accounts 2");
    expect(await dry(3)).toBe("done");
  });

  test("nothing of another kind, and nothing of domains that are not named", async () => {
    const root = await world();
    const ask = asking(root, limited({ accounts: 2, aliases: 5 }));
    expect(await ask("account.add", LIST)).toBe("done");
    expect(await ask("alias.add", ALIAS)).toBe("done");
    const elsewhere = asking(root, {
      ...limited({ accounts: 2 }),
      grants: [{ allow: ["*"], on: domainTarget("other.test") }],
    });
    expect(await elsewhere("account.add", { ...ACCOUNT, domain: "other.test" })).toBe("done");
  });

  test("each thing once, however often its domain is named, and in whatever case", async () => {
    const root = await world();
    const twice = [domainTarget(DOMAIN), { kind: "domain", domain: "EXAMPLE.com" }, NEWS] as const;
    const ask = asking(root, limited({ accounts: 3, listMembers: 2 }, twice));
    expect(await ask("account.add", ACCOUNT)).toBe("done");
    expect(await ask("member.add", MEMBER)).toBe("done");
    expect(await ask("member.add", { name: "news", address: "x@elsewhere.test" })).toBe("most-listMembers 2");
  });

  test("members of single lists, for whoever administers only those", async () => {
    const root = await world();
    const actor = { ...limited({ listMembers: 2 }, [NEWS]), grants: [{ allow: ["member.*"], on: NEWS }] };
    const ask = asking(root, actor);
    expect(await ask("member.add", MEMBER)).toBe("done");
    expect(await ask("member.add", { name: "news", address: "x@elsewhere.test" })).toBe("most-listMembers 2");
  });

  test("everybody's limits who handed on, the narrowest first to refuse", async () => {
    const root = await world();
    const on = [domainTarget(DOMAIN)];
    const limits = [
      { of: "del_1", on, most: { accounts: 9 } },
      { of: "del_0", on, most: { accounts: 2 } },
    ];
    expect(await asking(root, delegate(limits))("account.add", ACCOUNT)).toBe("most-accounts 2");
    expect(await asking(root, delegate(limits.slice(0, 1)))("account.add", ACCOUNT)).toBe("done");
  });
});

describe("limits that were lowered below what is there", () => {
  test("let take away and change, and let nothing be added", async () => {
    const root = await world();
    const ask = asking(root, limited({ accounts: 0, aliases: 0, lists: 0, listMembers: 0 }));
    expect(await ask("account.add", ACCOUNT)).toBe("most-accounts 0");
    expect(await ask("account.setPassword", { name: "ken", password: "Another-one-2" })).toBe("done");
    expect(await ask("member.remove", { name: "news", address: "aoi@elsewhere.test" })).toBe("done");
    expect(await ask("account.remove", { name: "ken" })).toBe("done");
    expect(await ask("account.add", { ...ACCOUNT, name: "ken" })).toBe("most-accounts 0");
    expect(await ask("alias.remove", { alias: "sales" })).toBe("done");
    expect(await ask("alias.add", ALIAS)).toBe("most-aliases 0");
  });
});

describe("the size of mailboxes", () => {
  const ask = async (most: number) => {
    const root = await world();
    return {
      root,
      ask: asking(root, limited({ mailboxKilobytes: most })),
      size: async (name: string) =>
        /"MaxMBSize"\t"(\d+)"/.exec((await root.file(`domains/${DOMAIN}/${name}/user.tab`)) ?? "")?.[1],
    };
  };

  test("a new account gets the limit where XMail's defaults give more, and keeps what is less", async () => {
    const small = await ask(500);
    expect(await small.ask("account.add", ACCOUNT)).toBe("done");
    expect(await small.size("new")).toBe("500");
    const large = await ask(20_000);
    expect(await large.ask("account.add", ACCOUNT)).toBe("done");
    expect(await large.size("new")).toBe("10000");
  });

  test("nor has one without any limit, which defaults with 0 or without a line would give", async () => {
    for (const text of ['"MaxMBSize"\t"0"\n', '"PopEnable"\t"1"\n']) {
      const { root, ask: asked, size } = await ask(500);
      await root.put("userdef.tab", text);
      expect(await asked("account.add", ACCOUNT)).toBe("done");
      expect(await size("new"), text).toBe("500");
    }
  });

  test("a list has no mailbox, and so no size", async () => {
    const { ask: asked, size } = await ask(500);
    expect(await asked("account.add", LIST)).toBe("done");
    expect(await size("new")).not.toBe("500");
  });

  test.each([
    ["500", "done"],
    ["499", "done"],
    ["501", "most-mailboxKilobytes 500"],
    ["0", "most-mailboxKilobytes 500"],
    ["2097152", "most-mailboxKilobytes 500"],
  ])("%s set by the administrator: %s", async (value, outcome) => {
    const { root, ask: asked } = await ask(500);
    const before = await contentsOf(root.storage);
    const set = [{ name: "MaxMBSize", value }];
    expect(await asked("account.setVariables", { name: "ken", set })).toBe(outcome);
    if (outcome !== "done") expect(await contentsOf(root.storage)).toEqual(before);
  });

  test("taking the variable away would be no limit, and other variables are free", async () => {
    const { ask: asked } = await ask(500);
    expect(await asked("account.setVariables", { name: "ken", unset: ["MaxMBSize"] })).toBe(
      "most-mailboxKilobytes 500",
    );
    const set = [{ name: "RealName", value: "Ken" }];
    expect(await asked("account.setVariables", { name: "ken", set })).toBe("done");
  });

  test("what defaults of the domain give to new accounts counts too", async () => {
    const { root, ask: asked, size } = await ask(500);
    await root.put(`domains/${DOMAIN}/userdef.tab`, '"MaxMBSize"\t"777777"\n');
    expect(await asked("account.add", ACCOUNT)).toBe("done");
    expect(await size("new")).toBe("500");
  });

  test("of an import: a line that asks for more refuses it, one that says nothing gets the limit", async () => {
    const { root, ask: asked, size } = await ask(500);
    const line = (limitKB: string) => ({
      csv: `address,password,limitKB\nnew@example.com,${PASSWORD},${limitKB}\n`,
    });
    const before = await contentsOf(root.storage);
    expect(await asked("account.import", line("501"))).toBe("most-mailboxKilobytes 500");
    expect(await asked("account.import", line("0"))).toBe("most-mailboxKilobytes 500");
    expect(await contentsOf(root.storage)).toEqual(before);
    expect(await asked("account.import", line(""))).toBe("done");
    expect(await size("new")).toBe("500");
  });

  test("accounts outside the limits' domains are not concerned", async () => {
    const root = await world();
    const actor = {
      ...limited({ mailboxKilobytes: 500 }),
      grants: [{ allow: ["*"], on: { kind: "server" } as const }],
    };
    const set = [{ name: "MaxMBSize", value: "90000" }];
    const there = { domain: "other.test", name: "far", set };
    expect(await asking(root, actor)("account.setVariables", there)).toBe("done");
  });
});

describe("where changes are not known beforehand", () => {
  test("nobody with limits changes anything, and everybody else may", async () => {
    const root = await world();
    const { changes: _, ...blind } = root.backend;
    const before = await contentsOf(root.storage);
    expect(await asking(root, limited({ accounts: 99 }), blind)("account.add", ACCOUNT)).toBe(
      "STORAGE_UNSUPPORTED ",
    );
    expect(await contentsOf(root.storage)).toEqual(before);
    expect(await asking(root, delegate([]), blind)("account.add", ACCOUNT)).toBe("done");
  });
});

describe("twenty at once", () => {
  test("one below the limit, exactly one comes through", async () => {
    const root = await world();
    const ask = asking(root, limited({ accounts: 3 }));
    const all = Array.from({ length: 20 }, (_, n) => ask("account.add", { ...ACCOUNT, name: `u${n}` }));
    const outcomes = await Promise.all(all);
    expect(outcomes.filter((one) => one === "done")).toHaveLength(1);
    expect(outcomes.filter((one) => one === "most-accounts 3")).toHaveLength(19);
    expect((await root.file("mailusers.tab"))?.match(/\t"u\d+"\t"[0-9a-f]+"/g)).toHaveLength(1);
  });
});
