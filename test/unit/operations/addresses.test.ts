import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectRefused, openSettings, type Settings, WAYS } from "./settings-world.ts";

const lines = (text: string | null) => (text ?? "").split(/\r?\n/).filter((line) => line !== "");
const ALL_THERE = { items: [], total: 0 };

describe.each(WAYS)("addresses elsewhere, links, members, senders and services, by %s", (mode) => {
  let settings: Settings;
  beforeEach(async () => {
    settings = await openSettings(mode);
    const password = "quiet-river-8";
    await settings.world.xmail.account.add({ domain: "example.com", name: "hana", password });
    await settings.world.xmail.account.add({ domain: "example.com", name: "team", kind: "list", password });
  });
  afterEach(() => settings.world.close());

  test("an external alias is added once, for an account that is there, and removed", async () => {
    const { externalAlias } = settings.world.xmail;
    const row = { local: "hana@example.com", remote: "hana@provider.example.net" };
    expect(await externalAlias.add(row)).toEqual(row);
    expect((await externalAlias.list({ search: "provider" })).items).toEqual([row]);
    expect(lines(settings.text("extaliases.tab"))).toEqual([
      '"provider.example.net"\t"hana"\t"example.com"\t"hana"',
    ]);
    const before = settings.world.tree();
    await expect(externalAlias.add(row)).rejects.toMatchObject({ code: "EXTERNAL_ALIAS_EXISTS" });
    await expect(externalAlias.add({ ...row, local: "ken@example.com" })).rejects.toMatchObject({
      code: "ACCOUNT_NOT_FOUND",
    });
    await expect(externalAlias.remove({ remote: "ken@example.net" })).rejects.toMatchObject({
      code: "EXTERNAL_ALIAS_NOT_FOUND",
    });
    expect(settings.world.tree()).toEqual(before);
    await externalAlias.remove({ remote: row.remote });
    expect(await externalAlias.list()).toMatchObject(ALL_THERE);
  });

  const HERE = { domain: "example.com", name: "hana", host: "pop.example.net", remoteName: "hana" };
  const LINKS = [
    [{ signIn: "CLR", tls: "none", leave: false }, "CLR"],
    [{ signIn: "APOP", tls: "STLS", leave: false }, "APOP,STLS"],
    [{ signIn: "FAPOP", tls: "FSTLS", leave: true }, "FAPOP,FSTLS,Leave=1"],
    [{ signIn: "CLR", tls: "POP3S", leave: false, outBind: "192.0.2.1" }, "CLR,POP3S,OutBind=192.0.2.1"],
  ] as const;

  test.each(LINKS)("a POP3 link with %j", async (options, words) => {
    const { popLink } = settings.world.xmail;
    await popLink.add({ ...HERE, ...options, password: "abc" });
    expect(lines(settings.text("pop3links.tab"))).toContain(
      `"example.com"\t"hana"\t"pop.example.net"\t"hana"\t"040706"\t"${words}"`,
    );
    expect((await popLink.list()).items).toEqual([{ ...HERE, ...options, unknown: [], on: true }]);
  });

  test.each(["@example.com", "?example.com,example.net", "&.fetched,example.net"])(
    "a POP3 link that delivers by the rule %s",
    async (domain) => {
      const { popLink } = settings.world.xmail;
      const key = { ...HERE, domain };
      await popLink.add({ ...key, signIn: "CLR", tls: "none", leave: false, password: "abc" });
      expect((await popLink.list()).items).toMatchObject([{ ...key, on: true }]);
      await popLink.remove(key);
      expect(await popLink.list()).toMatchObject(ALL_THERE);
    },
  );

  test("a POP3 link is changed without its password, turned off and on, and removed", async () => {
    const { popLink } = settings.world.xmail;
    const options = { signIn: "CLR", tls: "none", leave: false } as const;
    await popLink.add({ ...HERE, ...options, password: "abc" });
    await popLink.change({ ...HERE, ...options, leave: true });
    expect(lines(settings.text("pop3links.tab"))).toContain(
      '"example.com"\t"hana"\t"pop.example.net"\t"hana"\t"040706"\t"CLR,Leave=1"',
    );
    await popLink.turn({ ...HERE, on: false });
    expect((await popLink.list()).items).toMatchObject([{ on: false, leave: true }]);
    await popLink.turn({ ...HERE, on: true });
    expect((await popLink.list()).items).toMatchObject([{ on: true }]);
    await popLink.remove(HERE);
    expect(await popLink.list()).toMatchObject(ALL_THERE);
    await expect(popLink.remove(HERE)).rejects.toMatchObject({ code: "POP_LINK_NOT_FOUND" });
  });

  test("a POP3 link that could never work is refused", async () => {
    const { popLink } = settings.world.xmail;
    const link = { ...HERE, signIn: "CLR", tls: "none", leave: false, password: "abc" } as const;
    await expectRefused(settings, () => popLink.add({ ...link, domain: "@" }), "domain", "link-rule");
    const before = settings.world.tree();
    await expect(popLink.add({ ...link, name: "ken" })).rejects.toMatchObject({ code: "ACCOUNT_NOT_FOUND" });
    expect(settings.world.tree()).toEqual(before);
  });

  test("members of a list come with rights, many at once, change and go", async () => {
    const { member } = settings.world.xmail;
    const list = { domain: "example.com", name: "team" };
    await member.add({ ...list, address: "hana@example.com" });
    await member.add({ ...list, address: "mail@example.net", rights: "R" });
    await member.add({ ...list, address: "ken@example.net", rights: "RA" });
    await member.change({ ...list, address: "ken@example.net", rights: "RW" });
    expect((await member.list({ ...list, search: "example.net" })).items.toSorted(byAddress)).toEqual([
      { address: "ken@example.net", rights: "RW" },
      { address: "mail@example.net", rights: "R" },
    ]);
    const before = settings.world.tree();
    await expect(member.add({ ...list, address: "hana@example.com" })).rejects.toMatchObject({
      code: "LIST_MEMBER_EXISTS",
    });
    await expect(member.list({ ...list, name: "hana" })).rejects.toMatchObject({ code: "NOT_A_LIST" });
    expect(settings.world.tree()).toEqual(before);
    for (const address of ["hana@example.com", "mail@example.net", "ken@example.net"])
      await member.remove({ ...list, address });
    expect(await member.list(list)).toMatchObject(ALL_THERE);
  });

  test("banned senders: other lines stay byte for byte, and none is there twice", async () => {
    const { spamAddress } = settings.world.xmail;
    settings.put("spam-address.tab", '# ours\n"*@spam.example.net"\t"kept"\n\n#"off@example.net"\n');
    await spamAddress.add({ pattern: "bulk@example.org" });
    const { items } = await spamAddress.list({});
    expect(items.map(({ on, entry }) => [on, entry?.pattern])).toEqual([
      [true, "*@spam.example.net"],
      [false, "off@example.net"],
      [true, "bulk@example.org"],
    ]);
    await expect(spamAddress.add({ pattern: "BULK@example.org" })).rejects.toMatchObject({
      code: "ENTRY_EXISTS",
    });
    await expectRefused(
      settings,
      () => spamAddress.add({ pattern: "two words" }),
      "pattern",
      "sender-pattern",
    );
    const [first] = items;
    await spamAddress.change({ id: first?.id ?? "", pattern: "*@spam.example.com" });
    const off = (await spamAddress.list({})).items.find(({ on }) => !on);
    await spamAddress.turn({ id: off?.id ?? "", on: true });
    expect(settings.text("spam-address.tab")?.replaceAll("\r\n", "\n")).toBe(
      '# ours\n"*@spam.example.com"\t"kept"\n\n"off@example.net"\n"bulk@example.org"\n',
    );
  });

  const NOUNS = [
    ["pop3Access", "pop3.ipmap.tab"],
    ["fingerAccess", "finger.ipmap.tab"],
  ] as const;

  test.each(NOUNS)("%s writes %s and nothing else", async (noun, file) => {
    const access = settings.world.xmail[noun];
    const before = settings.world.tree();
    const { total } = await access.list({});
    await access.add({ range: "2001:db8::/32", decision: "allow" });
    await access.add({ range: "192.0.2.7", decision: "deny" });
    const { items } = await access.list({});
    const ours = items.filter(({ entry }) => entry?.range !== "0.0.0.0/0");
    expect(ours.map(({ entry }) => [entry?.range, entry?.decision])).toEqual([
      ["192.0.2.7/32", "deny"],
      ["2001:db8::/32", "allow"],
    ]);
    const after = settings.world.tree();
    expect(Object.keys(after).filter((path) => after[path] !== before[path])).toEqual([file]);
    for (const { id } of ours) await access.remove({ id });
    expect((await access.list({})).total).toBe(total);
    await expectRefused(
      settings,
      () => access.add({ range: "example", decision: "deny" }),
      "range",
      "ip-range",
    );
  });
});

function byAddress(one: { address: string }, other: { address: string }): number {
  return one.address.localeCompare(other.address);
}
