import { beforeEach, describe, expect, test } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import { PASSWORD, type PeopleWorld, peopleWorld } from "./people-world.ts";

let world: PeopleWorld;
beforeEach(async () => {
  world = await peopleWorld();
});

const SATO = {
  name: "sato",
  password: PASSWORD,
  domains: ["Example.com", "example.org"],
  mostAccounts: 10,
  mostDomains: 4,
  mostMailboxKilobytes: 200_000,
  rights: ["forwarding", "handOn"],
  fullName: "佐藤 花",
  validUntil: "2030-12-31",
  networks: ["192.0.2.0/24", "2001:DB8:0::7"],
  doorSlug: "sato-office",
};

describe("administrators", () => {
  test("are added, shown, changed and told apart by their roles", async () => {
    expect(
      await world.ask("administrator.add", { name: "eyes", password: PASSWORD, role: "auditor" }),
    ).toEqual({
      id: expect.stringMatching(/^aud_/),
      name: "eyes",
    });
    await world.ask("administrator.set", { person: "eyes", phone: "03-1234", signInAlias: "second_eyes" });
    const shown = await world.ask("person.get", { person: "SECOND_EYES" });
    expect(shown).toMatchObject({
      name: "eyes",
      role: "auditor",
      phone: "03-1234",
      state: "active",
      apiKeys: 0,
    });
    await world.ask("administrator.set", { person: "eyes", role: "guest", phone: "" });
    expect(await world.ask("person.get", { person: "eyes" })).toMatchObject({ role: "guest", phone: "" });
    const list = await world.ask("person.list", { role: "guest" });
    expect(list).toMatchObject({ total: 1, items: [{ name: "eyes" }] });
  });

  test.each<[what: string, operation: string, input: object, told: string]>([
    ["a name somebody has", "administrator.add", { name: "MASTER", password: PASSWORD }, "CONFLICT"],
    [
      "an alias somebody has",
      "administrator.add",
      { name: "b", signInAlias: "master", password: PASSWORD },
      "CONFLICT",
    ],
    [
      "a short password",
      "administrator.add",
      { name: "b", password: "short" },
      "INVALID_INPUT password minLength",
    ],
    [
      "a password with the name",
      "administrator.add",
      { name: "kenji", password: "xx-kenji-xx-kenji" },
      "INVALID_INPUT password guessable",
    ],
    [
      "no day of the calendar",
      "administrator.add",
      { name: "b", password: PASSWORD, validFrom: "2026-02-30" },
      "INVALID_INPUT validFrom day",
    ],
    [
      "days the wrong way round",
      "administrator.add",
      { name: "b", password: PASSWORD, validFrom: "2026-03-02", validUntil: "2026-03-01" },
      "INVALID_INPUT validUntil days-turned",
    ],
    [
      "a network that is none",
      "administrator.add",
      { name: "b", password: PASSWORD, networks: ["localhost"] },
      "INVALID_INPUT networks ip-range",
    ],
    ["nobody", "administrator.set", { person: "nobody", phone: "1" }, "NOT_FOUND"],
    ["the last master as guest", "administrator.set", { person: "master", role: "guest" }, "CONFLICT"],
    ["the last master suspended", "person.suspend", { person: "master" }, "CONFLICT"],
    ["the last master removed", "person.remove", { person: "master" }, "CONFLICT"],
    ["an administrator as delegate", "delegation.set", { person: "master", phone: "1" }, "NOT_FOUND"],
    [
      "a domain of elsewhere",
      "delegation.add",
      { name: "b", domains: ["nowhere.test"] },
      "INVALID_INPUT domains no-such-domain",
    ],
    [
      "a pattern",
      "delegation.add",
      { name: "b", domains: ["*.test"] },
      "INVALID_INPUT domains no-such-domain",
    ],
    [
      "a telling address",
      "delegation.add",
      { name: "b", doorSlug: "xmailcfg" },
      "INVALID_INPUT doorSlug telling-name",
    ],
    [
      "a picture that is none",
      "delegation.add",
      { name: "b", doorLogo: "data:image/png;base64,PHN2Zz4=" },
      "INVALID_INPUT doorLogo picture",
    ],
    [
      "a mailbox as list",
      "listAdministrator.add",
      { name: "b", lists: ["hana@example.com"] },
      "INVALID_INPUT lists no-such-list",
    ],
    [
      "a key for nothing",
      "apiKey.add",
      { name: "b", person: "master", allow: ["nothing.*"] },
      "INVALID_INPUT allow no-such-operation",
    ],
    [
      "a key that makes keys",
      "apiKey.add",
      { name: "b", person: "master", allow: ["apiKey.add"] },
      "INVALID_INPUT allow not-held",
    ],
    [
      "a key that is over",
      "apiKey.add",
      { name: "b", person: "master", validUntil: "2020-01-01" },
      "INVALID_INPUT validUntil day-over",
    ],
    ["a key that is not there", "apiKey.remove", { id: "0123456789ab" }, "NOT_FOUND"],
  ])("%s: refused, nothing changed", async (_, operation, input, told) => {
    const before = await world.everything();
    expect(await world.told(operation, input)).toBe(told);
    expect(await world.everything()).toEqual(before);
  });

  test("a password is given, or made and shown once, and ends what is signed in", async () => {
    const { people } = world.state;
    const made = await world.ask("delegation.add", { name: "ken", domains: ["example.com"] });
    const { id, password } = made as { id: string; password: string };
    expect(await people.isPassword(id, new Secret(password))).toBe(true);
    const { password: next } = (await world.ask("person.resetPassword", { person: "ken" })) as typeof made;
    expect(await people.isPassword(id, new Secret(password))).toBe(false);
    expect(await people.isPassword(id, new Secret(String(next)))).toBe(true);
    await world.ask("person.setPassword", { person: "ken", password: PASSWORD });
    await world.ask("person.endSessions", { person: "ken" });
    expect((await people.get(id))?.generation).toBe(3);
    expect(await people.isPassword(id, new Secret(PASSWORD))).toBe(true);
  });

  test("a dry run says what would be, and keeps nothing", async () => {
    const before = await world.everything();
    expect(await world.dryRun("delegation.add", { ...SATO })).toMatchObject({ name: "sato", password: null });
    expect(await world.dryRun("policy.set", { secondFactorFor: ["master"] })).toEqual({
      secondFactorFor: ["master"],
    });
    await expect(
      world.dryRun("delegation.add", { ...SATO, domains: ["nowhere.test"] }),
    ).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    expect(await world.everything()).toEqual(before);
  });

  test("who looks at all changes nobody, and makes keys for himself alone", async () => {
    await world.ask("administrator.add", { name: "eyes", password: PASSWORD, role: "auditor" });
    expect(await world.ask("person.list", {}, "eyes")).toMatchObject({ total: 2 });
    const before = await world.everything();
    for (const [operation, input] of [
      ["person.suspend", { person: "master" }],
      ["person.resetPassword", { person: "master" }],
      ["administrator.add", { name: "b", password: PASSWORD }],
      ["policy.set", { secondFactorFor: [] }],
    ] as const) {
      expect(await world.told(operation, input, "eyes")).toBe("FORBIDDEN");
    }
    expect(await world.told("apiKey.add", { name: "k", person: "master" }, "eyes")).toBe("NOT_FOUND");
    expect(await world.everything()).toEqual(before);
    expect(await world.told("apiKey.add", { name: "k" }, "eyes")).toBe("done");
  });

  test("the policy is kept", async () => {
    await world.ask("policy.set", { secondFactorFor: ["master", "owner", "master"] });
    expect(await world.ask("policy.get", {})).toEqual({ secondFactorFor: ["master", "owner"] });
  });
});

describe("a delegation", () => {
  test("has all its fields, in one spelling; what is not said stays", async () => {
    expect(await world.ask("delegation.add", SATO)).toMatchObject({ name: "sato", password: null });
    const shown = await world.ask("person.get", { person: "sato" });
    expect(shown).toMatchObject({
      role: "delegate",
      networks: ["192.0.2.0/24", "2001:db8::7"],
      delegation: {
        domains: ["example.com", "example.org"],
        mostAccounts: 10,
        mostLists: null,
        doorSlug: "sato-office",
      },
    });
    await world.ask("delegation.set", {
      person: "sato",
      mostAccounts: null,
      mostLists: 3,
      popServer: "pop.example.com:110",
    });
    expect(await world.ask("person.get", { person: "sato" })).toMatchObject({
      fullName: "佐藤 花",
      delegation: {
        domains: ["example.com", "example.org"],
        mostAccounts: null,
        mostLists: 3,
        mostMailboxKilobytes: 200_000,
        popServer: "pop.example.com:110",
        rights: ["forwarding", "handOn"],
      },
    });
    expect(await world.ask("delegation.list", { search: "example.org" })).toMatchObject({
      items: [{ name: "sato", mostDomains: 4, rights: ["forwarding", "handOn"] }],
    });
  });

  test("says what of it is used, to him, too", async () => {
    await world.ask("delegation.add", SATO);
    expect(await world.ask("delegation.get", {}, "sato")).toMatchObject({
      used: { domains: 2, accounts: 2, lists: 2, listMembers: 0, aliases: 0 },
      parent: null,
    });
  });

  test("of somebody else cannot have the same sign-in page", async () => {
    await world.ask("delegation.add", SATO);
    expect(await world.told("delegation.add", { name: "ken", doorSlug: "sato-office" })).toBe("CONFLICT");
    await world.ask("delegation.add", { name: "ken", doorHost: "post.example.com" });
    expect(await world.told("delegation.set", { person: "sato", doorHost: "post.example.com" })).toBe(
      "CONFLICT",
    );
  });

  test("goes with all that was handed on, and says so", async () => {
    await world.ask("delegation.add", SATO);
    await world.ask("delegation.add", { name: "ken", domains: ["example.com"] }, "sato");
    await world.ask("apiKey.add", { name: "k" }, "ken");
    expect(await world.ask("person.remove", { person: "sato" })).toMatchObject({
      removed: [{ name: "sato" }, { name: "ken" }],
    });
    expect(await world.ask("apiKey.list", {})).toMatchObject({ total: 0 });
  });

  test("loses a domain that is removed: whoever adds one of its name gives it anew", async () => {
    await world.ask("delegation.add", SATO);
    await world.ask("listAdministrator.add", { name: "lister", lists: ["news@example.com"] });
    await world.ask("domain.remove", { domain: "example.com" });
    expect(await world.ask("person.get", { person: "sato" })).toMatchObject({ domains: ["example.org"] });
    expect(await world.ask("person.get", { person: "lister" })).toMatchObject({ lists: [] });
  });
});

describe("who hands on", () => {
  beforeEach(async () => {
    await world.ask("delegation.add", SATO);
  });

  test("sees himself and those below, and nobody else", async () => {
    await world.ask("delegation.add", { name: "ken", domains: ["example.com"] }, "sato");
    expect(await world.ask("person.list", {}, "sato")).toMatchObject({
      items: [{ name: "ken" }, { name: "sato" }],
    });
    const before = await world.everything();
    for (const operation of [
      "person.get",
      "person.suspend",
      "person.resetPassword",
      "person.remove",
      "delegation.set",
    ]) {
      expect(await world.told(operation, { person: "master" }, "sato")).toBe("NOT_FOUND");
      expect(await world.told(operation, { person: "nobody" }, "sato")).toBe("NOT_FOUND");
    }
    for (const operation of [
      "person.suspend",
      "person.resetPassword",
      "delegation.set",
      "person.resetFactors",
    ]) {
      expect(await world.told(operation, { person: "sato" }, "sato")).toBe("FORBIDDEN");
    }
    expect(await world.told("person.list", {}, "ken")).toBe("FORBIDDEN");
    expect(await world.everything()).toEqual(before);
  });

  test("gets the limits and days of his own for what he does not say", async () => {
    await world.ask("delegation.add", { name: "ken", domains: ["example.com"], mostLists: 2 }, "sato");
    expect(await world.ask("person.get", { person: "ken" })).toMatchObject({
      parent: { name: "sato" },
      validUntil: "2030-12-31",
      delegation: {
        mostAccounts: 10,
        mostDomains: 4,
        mostLists: 2,
        mostMailboxKilobytes: 200_000,
        mostAliases: null,
      },
    });
  });

  test.each<[what: string, input: object, told: string]>([
    ["a domain that is not his", { domains: ["other.test"] }, "INVALID_INPUT domains not-held"],
    [
      "a domain of nobody, in the same words",
      { domains: ["nowhere.test"] },
      "INVALID_INPUT domains not-held",
    ],
    ["a right he has not", { rights: ["readMail"] }, "INVALID_INPUT rights not-held"],
    ["more accounts", { mostAccounts: 11 }, "INVALID_INPUT mostAccounts maximum"],
    ["larger mailboxes", { mostMailboxKilobytes: 200_001 }, "INVALID_INPUT mostMailboxKilobytes maximum"],
    ["more days", { validUntil: "2031-01-01" }, "INVALID_INPUT validUntil day-not-held"],
    ["an address of a sign-in page", { doorSlug: "ken-office" }, "INVALID_INPUT doorSlug masters-only"],
    ["a host of a sign-in page", { doorHost: "panel.example.com" }, "INVALID_INPUT doorHost masters-only"],
  ])("gives nobody %s, neither at first nor later", async (_, input, told) => {
    const before = await world.everything();
    expect(await world.told("delegation.add", { name: "ken", ...input }, "sato")).toBe(told);
    expect(await world.everything()).toEqual(before);
    await world.ask("delegation.add", { name: "ken" }, "sato");
    const between = await world.everything();
    expect(await world.told("delegation.set", { person: "ken", ...input }, "sato")).toBe(told);
    expect(await world.everything()).toEqual(between);
  });

  test("gives lists of his domains alone", async () => {
    expect(await world.told("listAdministrator.add", { name: "l", lists: ["news@other.test"] }, "sato")).toBe(
      "INVALID_INPUT lists not-held",
    );
    await world.ask(
      "listAdministrator.add",
      { name: "l", lists: ["News@example.com"], mostMembers: 5 },
      "sato",
    );
    expect(await world.ask("person.get", { person: "l" })).toMatchObject({
      lists: ["news@example.com"],
      mostMembers: 5,
      parent: { name: "sato" },
    });
    await world.ask("listAdministrator.set", { person: "l", mostMembers: null }, "sato");
    expect(
      await world.told("member.add", { domain: "example.com", name: "news", address: "a@b.test" }, "l"),
    ).toBe("done");
    expect(
      await world.told("member.add", { domain: "example.org", name: "news", address: "a@b.test" }, "l"),
    ).toBe("FORBIDDEN");
  });

  test("loses at once for those below what he loses himself", async () => {
    await world.ask(
      "delegation.add",
      { name: "ken", domains: ["example.com", "example.org"], rights: ["forwarding"] },
      "sato",
    );
    const account = { domain: "example.org", name: "new", password: "Long-enough-1" };
    await world.ask("delegation.set", { person: "sato", domains: ["example.com"], rights: ["handOn"] });
    expect(await world.told("account.add", account, "ken")).toBe("FORBIDDEN");
    expect(await world.told("forwarding.get", { domain: "example.com", name: "hana" }, "ken")).toBe(
      "FORBIDDEN",
    );
    expect(await world.told("account.get", { domain: "example.com", name: "hana" }, "ken")).toBe("done");
    await world.ask("person.suspend", { person: "sato" });
    expect(await world.told("account.get", { domain: "example.com", name: "hana" }, "ken")).toBe("FORBIDDEN");
  });
});

describe("API keys", () => {
  test("for a part of what their owner may, shown once", async () => {
    await world.ask("delegation.add", SATO);
    const made = await world.ask(
      "apiKey.add",
      { name: "backup", allow: ["account.list", "alias.*"], domains: ["Example.com"] },
      "sato",
    );
    expect(made).toMatchObject({ owner: "sato", key: expect.stringMatching(/^xmc_/) });
    const list = await world.ask("apiKey.list", {}, "sato");
    expect(list).toMatchObject({
      items: [
        {
          name: "backup",
          allow: ["account.list", "alias.*"],
          domains: ["example.com"],
          everywhere: false,
          lastUsedAt: null,
        },
      ],
    });
    expect(JSON.stringify(list)).not.toContain(String(made["key"]));
    expect(await world.told("apiKey.remove", { id: String(made["id"]) }, "sato")).toBe("done");
  });

  test.each<[what: string, input: object, told: string]>([
    ["an operation he may not", { allow: ["serverSetting.set"] }, "INVALID_INPUT allow not-held"],
    ["a domain that is not his", { domains: ["other.test"] }, "INVALID_INPUT domains not-held"],
    ["an account that is not his", { accounts: ["hana@other.test"] }, "INVALID_INPUT accounts not-held"],
    ["somebody who is not below him", { person: "master" }, "NOT_FOUND"],
  ])("are not for %s", async (_, input, told) => {
    await world.ask("delegation.add", SATO);
    const before = await world.everything();
    expect(await world.told("apiKey.add", { name: "k", ...input }, "sato")).toBe(told);
    expect(await world.everything()).toEqual(before);
  });

  test("of others are not there for who is not above them", async () => {
    await world.ask("delegation.add", SATO);
    await world.ask("delegation.add", { name: "ken", domains: ["example.com"] }, "sato");
    const { id } = await world.ask("apiKey.add", { name: "k", person: "master" });
    const { id: his } = await world.ask("apiKey.add", { name: "k" }, "sato");
    expect(await world.told("apiKey.remove", { id: String(id) }, "sato")).toBe("NOT_FOUND");
    expect(await world.told("apiKey.remove", { id: String(his) }, "ken")).toBe("NOT_FOUND");
    expect(await world.ask("apiKey.list", {}, "ken")).toMatchObject({ total: 0 });
    expect(await world.told("apiKey.add", { name: "k2", person: "ken" }, "sato")).toBe("done");
  });
});

describe("a domain below one's own", () => {
  const SHOP = { domain: "example.com", subdomain: "shop" };

  test("is made, and is held by him and those above him", async () => {
    await world.ask("delegation.add", SATO);
    await world.ask("delegation.add", { name: "ken", domains: ["example.com"], mostDomains: 2 }, "sato");
    expect(await world.ask("delegation.addDomain", SHOP, "ken")).toEqual({ domain: "shop.example.com" });
    for (const person of ["ken", "sato"]) {
      expect((await world.ask("person.get", { person }))["domains"]).toContain("shop.example.com");
    }
    expect(
      await world.told(
        "account.add",
        { domain: "shop.example.com", name: "x", password: "Long-enough-1" },
        "ken",
      ),
    ).toBe("done");
    expect(await world.told("delegation.addDomain", { ...SHOP, subdomain: "b" }, "ken")).toBe(
      "LIMIT_REACHED  most-domains",
    );
  });

  test.each<[what: string, input: object, told: string]>([
    ["below another's", { ...SHOP, domain: "other.test" }, "FORBIDDEN"],
    ["below a suffix", { domain: "com", subdomain: "victim" }, "FORBIDDEN"],
    ["that is there already", { ...SHOP, subdomain: "there" }, "DOMAIN_EXISTS"],
    ["whose mail another gets", { ...SHOP, subdomain: "taken" }, "CONFLICT"],
  ])("%s: refused, nothing changed", async (_, input, told) => {
    await world.ask("delegation.add", SATO);
    await world.ask("domain.add", { domain: "there.example.com" });
    await world.ask("domainAlias.add", { alias: "take?.example.com", domain: "other.test" });
    const before = await world.everything();
    expect(await world.told("delegation.addDomain", input, "sato")).toBe(told);
    expect(await world.everything()).toEqual(before);
  });

  test("in a dry run is neither made nor held", async () => {
    await world.ask("delegation.add", SATO);
    const before = await world.everything();
    expect(await world.dryRun("delegation.addDomain", SHOP, "sato")).toEqual({ domain: "shop.example.com" });
    expect(await world.everything()).toEqual(before);
  });

  test("twenty at once are as many as may be", async () => {
    await world.ask("delegation.add", SATO);
    const told = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        world.told("delegation.addDomain", { ...SHOP, subdomain: `s${at}` }, "sato"),
      ),
    );
    expect(told.filter((one) => one === "done")).toHaveLength(2);
    expect((await world.ask("domain.list", {}))["total"]).toBe(5);
  });
});

describe("files of XMailCFG", () => {
  const TAB = [
    "# domains and who looks after them",
    '"hana@example.com"\t"example.com, example.org"',
    "hana@other.test\tother.test\t10",
    "Hana@example.com\tother.test",
    "nobody@example.com\texample.com",
    "hana@example.org",
    "",
  ].join("\r\n");

  test("give people without passwords, and tell of every line", async () => {
    const before = await world.everything();
    const wish = { kind: "domainAdmin", content: TAB };
    const dry = await world.dryRun("delegation.import", wish);
    expect(await world.everything()).toEqual(before);
    const done = await world.ask("delegation.import", wish);
    expect(done).toEqual(dry);
    expect(done).toEqual({
      added: 2,
      skipped: 2,
      report: [
        {
          line: 2,
          name: "hana@example.com",
          outcome: "taken",
          gets: ["example.com", "example.org"],
          notTaken: [],
          why: null,
        },
        {
          line: 3,
          name: "hana@other.test",
          outcome: "partly",
          gets: ["other.test"],
          notTaken: ["10"],
          why: null,
        },
        {
          line: 4,
          name: "hana@example.com",
          outcome: "taken",
          gets: ["other.test"],
          notTaken: [],
          why: null,
        },
        {
          line: 5,
          name: "",
          outcome: "skipped",
          gets: ["example.com"],
          notTaken: ["nobody@example.com"],
          why: "noAdministrator",
        },
        {
          line: 6,
          name: "hana@example.org",
          outcome: "skipped",
          gets: [],
          notTaken: [],
          why: "nothingToLookAfter",
        },
      ],
    });
    expect(await world.ask("person.get", { person: "hana@example.com" })).toMatchObject({
      state: "suspended",
      domains: ["example.com", "example.org", "other.test"],
      delegation: { rights: [] },
    });
    const again = await world.ask("delegation.import", wish);
    expect(again).toMatchObject({ added: 0 });
    expect((again as { report: { why: string }[] }).report[0]?.why).toBe("nameTaken");
  });

  test("give administrators of lists", async () => {
    const content =
      "news@example.com\thana@other.test\nnews@example.org\thana@other.test\thana@example.com\n";
    expect(await world.ask("delegation.import", { kind: "listAdmin", content })).toMatchObject({
      added: 1,
      report: [{ outcome: "taken" }, { outcome: "skipped", why: "severalAdministrators" }],
    });
    expect(await world.ask("person.get", { person: "hana@other.test" })).toMatchObject({
      role: "listAdministrator",
      lists: ["news@example.com"],
    });
  });
});
