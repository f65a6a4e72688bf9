import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectRefused, openSettings, type Settings, sample, WAYS } from "./settings-world.ts";

const NEWS = { domain: "example.com", name: "news" };
const HANA = { domain: "example.com", name: "hana" };
const FILE = "domains/example.com/news/mlusers.tab";
const LINK = {
  ...HANA,
  host: "pop.provider.example:995",
  remoteName: "hana@provider.example",
  signIn: "CLR",
  tls: "POP3S",
  leave: true,
} as const;

describe.each(WAYS)("lists and links, by %s", (mode) => {
  let at: Settings;
  beforeAll(async () => {
    at = await openSettings(mode);
    await at.world.xmail.account.add({ ...HANA, password: "Long-enough-1" });
    await at.world.xmail.account.add({ ...NEWS, password: "Long-enough-1", kind: "list" });
  });
  afterAll(() => at.world.close());

  describe("members", () => {
    const api = () => at.world.xmail.member;

    test("the sample reads, in pages and by search", async () => {
      const file = sample("lists/mlusers.tab");
      at.put(FILE, file);
      const { items, total } = await api().list(NEWS);
      expect(total).toBe(file.trim().split("\n").length);
      const [first] = items;
      expect((await api().list({ ...NEWS, search: (first?.address ?? "").toUpperCase() })).items).toEqual([
        first,
      ]);
      const page = await api().list({ ...NEWS, limit: 1 });
      expect(page).toMatchObject({ total, first: 1, items: [first] });
    });

    test("is added, gets other rights, and is removed", async () => {
      at.put(FILE, "");
      await api().add({ ...NEWS, address: "a@b.example" });
      await api().add({ ...NEWS, address: "c@d.example", rights: "R" });
      expect(at.text(FILE)).toBe('"a@b.example"\t"RW"\n"c@d.example"\t"R"\n');
      await api().change({ ...NEWS, address: "A@b.example", rights: "RA" });
      expect(at.text(FILE)).toBe('"a@b.example"\t"RA"\n"c@d.example"\t"R"\n');
      await api().remove({ ...NEWS, address: "c@D.example" });
      expect(at.text(FILE)).toBe('"a@b.example"\t"RA"\n');
    });

    test("many lines: what can be is added, and each other line is told", async () => {
      at.put(FILE, '"a@b.example"\t"RW"\n');
      const lines = [
        "Hana <hana@example.jp>",
        "",
        '"quoted@example.jp";"ra"',
        "A@B.example",
        "no address",
        "x@example.jp,everything",
        "HANA@example.jp",
        "tab@example.jp\tR",
      ];
      const before = at.world.tree();
      const tried = await api().addMany({ ...NEWS, lines }, { dryRun: true });
      expect(at.world.tree()).toEqual(before);
      expect(tried.result).toMatchObject({ added: 3, already: 2, wrong: 2 });
      const { report } = await api().addMany({ ...NEWS, lines, rights: "R" });
      expect(report.map(({ line, outcome }) => `${line} ${outcome}`)).toEqual([
        "4 already",
        "5 no-address",
        "6 no-rights",
        "7 twice",
      ]);
      expect(at.text(FILE)).toBe(
        '"a@b.example"\t"RW"\n"hana@example.jp"\t"R"\n"quoted@example.jp"\t"RA"\n"tab@example.jp"\t"R"\n',
      );
    });

    test("ten thousand at once", async () => {
      at.put(FILE, "");
      const lines = Array.from({ length: 10_000 }, (_, n) => `member${n}@example.jp`);
      expect(await api().addMany({ ...NEWS, lines })).toMatchObject({ added: 10_000, already: 0, wrong: 0 });
      const { items, total } = await api().list({ ...NEWS, search: "member4321@" });
      expect(total).toBe(1);
      expect(items).toEqual([{ address: "member4321@example.jp", rights: "RW" }]);
    });

    test("what cannot be is refused", async () => {
      at.put(FILE, '"a@b.example"\t"RW"\n');
      await expectRefused(at, () => api().add({ ...NEWS, address: "no address" }), "address", "address");
      await expectRefused(
        at,
        () => api().add({ ...NEWS, address: "x@b.example", rights: "X" as never }),
        "rights",
        "const",
      );
      const code = (code: string) => ({ code });
      await expect(api().add({ ...NEWS, address: "A@b.example" })).rejects.toMatchObject(
        code("LIST_MEMBER_EXISTS"),
      );
      await expect(api().add({ ...HANA, address: "x@b.example" })).rejects.toMatchObject(code("NOT_A_LIST"));
      await expect(api().list({ ...NEWS, name: "nobody" })).rejects.toMatchObject(code("ACCOUNT_NOT_FOUND"));
      await expect(api().remove({ ...NEWS, address: "q@b.example" })).rejects.toMatchObject(
        code("LIST_MEMBER_NOT_FOUND"),
      );
    });
  });

  describe("POP3 links", () => {
    const api = () => at.world.xmail.popLink;

    test("the sample reads, without passwords", async () => {
      at.put("pop3links.tab", sample("psync/pop3links.tab"));
      const { items } = await api().list({});
      expect(items.length).toBeGreaterThan(0);
      expect(Object.keys(items[0] ?? {})).not.toContain("password");
    });

    test("is added, changed without its password, switched, and removed", async () => {
      at.put("pop3links.tab", "# links\n");
      const key = { ...HANA, host: LINK.host, remoteName: LINK.remoteName };
      await api().add({ ...LINK, password: "fetch-me", outBind: "192.0.2.7" });
      const row = `"example.com"\t"hana"\t"${LINK.host}"\t"${LINK.remoteName}"\t"030011060d480800"`;
      expect(at.text("pop3links.tab")).toBe(`# links\n${row}\t"CLR,POP3S,Leave=1,OutBind=192.0.2.7"\n`);
      await api().change({ ...key, signIn: "APOP", tls: "none", leave: false });
      expect(at.text("pop3links.tab")).toBe(`# links\n${row}\t"APOP"\n`);
      expect(await api().turn({ ...key, on: false })).toMatchObject({ on: false });
      expect((await api().list({})).items).toMatchObject([
        { on: false, signIn: "APOP", tls: "none", leave: false },
      ]);
      await api().turn({ ...key, on: true });
      await api().remove(key);
      expect(at.text("pop3links.tab")).toBe("# links\n");
    });

    test("words that XMail leaves aside are kept", async () => {
      const row = `"example.com"\t"hana"\t"pop.x.example"\t"h"\t"1d"`;
      at.put("pop3links.tab", `${row}\t"stls,APOP"\n`);
      const key = { ...HANA, host: "pop.x.example", remoteName: "h" };
      expect((await api().list({})).items).toMatchObject([
        { tls: "none", signIn: "APOP", unknown: ["stls"] },
      ]);
      await api().change({ ...key, signIn: "APOP", tls: "STLS", leave: false });
      expect(at.text("pop3links.tab")).toBe(`${row}\t"APOP,STLS,stls"\n`);
    });

    test.each([
      ["domain", { domain: "?" }, "link-rule"],
      ["domain", { domain: "@a,b" }, "link-rule"],
      ["host", { host: "a/b" }, "link-part"],
      ["remoteName", { remoteName: "two words" }, "link-part"],
      ["password", { password: "é" }, "link-password"],
      ["outBind", { outBind: "here" }, "out-bind"],
      ["tls", { tls: "stls" }, "const"],
      ["signIn", { signIn: "PLAIN" }, "const"],
    ] as const)("%s: %j is refused by %s", async (field, values, rule) => {
      at.put("pop3links.tab", "");
      const link = { ...LINK, password: "x", ...values };
      await expectRefused(at, () => api().add(link as never), field, rule);
    });

    test("a link of nobody is refused, and a rule needs none", async () => {
      at.put("pop3links.tab", "");
      const link = { ...LINK, password: "x" };
      await expect(api().add({ ...link, name: "nobody" })).rejects.toMatchObject({
        code: "ACCOUNT_NOT_FOUND",
      });
      await api().add({ ...link, domain: "?example.com,old.example", name: "any" });
      await api().add({ ...link, domain: "&.suffix,example.com", name: "any" });
      await api().add({ ...link, domain: "@example.com", name: "any" });
      expect((await api().list({})).total).toBe(3);
    });
  });

  test("external aliases", async () => {
    const api = at.world.xmail.externalAlias;
    const row = { local: "hana@example.com", remote: "hana@provider.example" };
    await api.add(row);
    expect((await api.list({ domain: "example.com" })).items).toEqual([row]);
    expect((await api.list({ domain: "example.org" })).items).toEqual([]);
    await expect(api.add({ ...row, remote: "HANA@provider.example" })).rejects.toMatchObject({
      code: "EXTERNAL_ALIAS_EXISTS",
    });
    await expect(api.add({ local: "nobody@example.com", remote: "n@p.example" })).rejects.toMatchObject({
      code: "ACCOUNT_NOT_FOUND",
    });
    await expectRefused(at, () => api.add({ ...row, remote: "no address" }), "remote", "address");
    await api.remove({ remote: row.remote });
    await expect(api.remove({ remote: row.remote })).rejects.toMatchObject({
      code: "EXTERNAL_ALIAS_NOT_FOUND",
    });
  });
});
