import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasCode } from "../../../src/errors/error.ts";
import { expectRefused, openSettings, type Settings, WAYS } from "./settings-world.ts";

const HEAD = "address,password,kind,realName,limitKB";
const line = (name: string, rest = "Long-enough-1,user,,") => `${name}@example.com,${rest}`;

for (const way of WAYS) {
  describe(`import over ${way}`, { timeout: 60_000 }, () => {
    let settings: Settings;
    const csv = (...lines: string[]) => `${[HEAD, ...lines].join("\r\n")}\r\n`;
    const xmail = () => settings.world.xmail;
    beforeAll(async () => {
      settings = await openSettings(way);
      const { account, alias } = settings.world.xmail;
      await account.add({ domain: "example.com", name: "hana", password: "Long-enough-1" });
      await account.add({ domain: "example.com", name: "news", password: "Long-enough-1", kind: "list" });
      await alias.add({ domain: "example.com", alias: "sales", target: "hana" });
    });
    afterAll(() => settings.world.close());

    test.each([
      [line("x", "short,user,,"), "minLength"],
      [line("x", ",user,,"), "required"],
      [line("x y"), "account-name"],
      [line("guess", "guess@example.com,user,,"), "guessable"],
      [line("x", "Long-enough-1,robot,,"), "csv-kind"],
      [line("x", "Long-enough-1,user,,much"), "kilobytes"],
      [line("hana"), "ACCOUNT_EXISTS"],
      [line("sales"), "ALIAS_EXISTS"],
      ["x@nowhere.test,Long-enough-1,user,,", "DOMAIN_NOT_FOUND"],
      ["x,Long-enough-1,user,,", "address"],
    ])(
      "%s is told as %s; all or nothing changes nothing, and the possible ones are added",
      async (bad, rule) => {
        const before = settings.world.tree();
        const text = csv(line("fine"), bad);
        await expectRefused(settings, () => xmail().account.import({ csv: text }), "csv", "csv-line");
        const { result } = await xmail().account.import({ csv: text, mode: "possible" }, { dryRun: true });
        expect(result).toMatchObject({ added: 1, wrong: 1, already: 0 });
        expect(result.report).toMatchObject([
          { line: 2, about: "fine@example.com", outcome: "added" },
          { line: 3, outcome: "wrong", rule },
        ]);
        expect(settings.world.tree()).toEqual(before);
      },
    );

    test("twice in one file, and of another domain than the import's, is refused", async () => {
      const twice = await xmail().account.import(
        { csv: csv(line("x"), line("X")), mode: "possible" },
        { dryRun: true },
      );
      expect(twice.result.report[1]).toMatchObject({ outcome: "wrong", rule: "csv-twice" });
      const text = csv("x@example.org,Long-enough-1,user,,");
      const other = await xmail().account.import(
        { csv: text, mode: "possible", domain: "example.com" },
        { dryRun: true },
      );
      expect(other.result.report[0]).toMatchObject({ outcome: "wrong", rule: "csv-other-domain" });
    });

    test("adds accounts with their names and limits, goes on after a break, and comes out as it went in", async () => {
      const text = csv(
        line("aoi", "Long-enough-1,user,=青木 葵,2048"),
        line("team", "Long-enough-2,list,,"),
        line("ren", "'Long-=enough,,'+81,"),
      );
      expect(await xmail().account.import({ csv: text })).toMatchObject({ added: 3, wrong: 0 });
      const aoi = await xmail().account.get({ domain: "example.com", name: "aoi" });
      expect(aoi).toMatchObject({ realName: "=青木 葵", mailbox: { limitBytes: 2048 * 1024 } });
      expect(await xmail().account.get({ domain: "example.com", name: "ren" })).toMatchObject({
        realName: "+81",
      });
      const before = settings.world.tree();
      expect(await xmail().account.import({ csv: text, resume: true })).toMatchObject({
        added: 0,
        already: 3,
      });
      for (const [changed, field] of [
        ["Other-password,user,,", "password"],
        ["Long-enough-1,list,,", "kind"],
        ["Long-enough-1,user,Somebody,", "realName"],
        ["Long-enough-1,user,,1", "limitKB"],
      ] as const) {
        const { report } = await xmail().account.import({
          csv: csv(line("aoi", changed)),
          resume: true,
          mode: "possible",
        });
        expect(report[0]).toMatchObject({ outcome: "wrong", rule: "csv-different", field });
      }
      const out = await xmail().account.export({ domain: "example.com" });
      expect(out.csv).toContain("aoi@example.com,user,'=青木 葵,2048\r\n");
      expect(out.csv).not.toMatch(/Long-enough/);
      expect(await xmail().account.import({ csv: out.csv, resume: true })).toMatchObject({
        added: 0,
        already: out.rows,
      });
      expect(settings.world.tree()).toEqual(before);
    });

    test("one import is one change, which is taken back as one", async () => {
      const { result, changes } = await xmail().account.import(
        { csv: csv(line("one"), line("two")) },
        { dryRun: true },
      );
      expect(result.added).toBe(2);
      expect(changes.files.filter(({ path }) => path === "mailusers.tab")).toHaveLength(1);
    });

    test("aliases: each refusal, all at once, and resumed", async () => {
      const report = async (text: string) =>
        (await xmail().alias.import({ csv: `alias,target\n${text}\n`, mode: "possible" }, { dryRun: true }))
          .result.report[0];
      expect(await report("sales@example.com,hana")).toMatchObject({ rule: "ALIAS_EXISTS" });
      expect(await report("hana@example.com,news")).toMatchObject({ rule: "ACCOUNT_EXISTS" });
      expect(await report("a@example.com,nobody")).toMatchObject({ rule: "ACCOUNT_NOT_FOUND" });
      expect(await report("a@nowhere.test,hana@example.com")).toMatchObject({ rule: "DOMAIN_NOT_FOUND" });
      expect(await report("a b@example.com,hana")).toMatchObject({ rule: "alias-name" });
      expect(await report("a@*.example.com,hana")).toMatchObject({ rule: "full-address" });
      const text = "エイリアス,宛先\nhelp@example.com,hana\ninfo*@example.com,news@example.com\n";
      expect(await xmail().alias.import({ csv: text })).toMatchObject({ added: 2 });
      expect(await xmail().alias.import({ csv: text, resume: true })).toMatchObject({ added: 0, already: 2 });
      const out = await xmail().alias.export({});
      expect(out.csv).toContain("info*@example.com,news@example.com\r\n");
      const other = { csv: "alias,target\nhelp@example.com,news\n", resume: true, mode: "possible" } as const;
      expect((await xmail().alias.import(other)).report[0]).toMatchObject({ rule: "csv-different" });
    });

    test("members: each refusal, all at once, and resumed", async () => {
      const list = { domain: "example.com", name: "news" };
      const text = "address,rights\nsora@elsewhere.test,\nyui@elsewhere.test,R\n";
      expect(await xmail().member.import({ ...list, csv: text })).toMatchObject({ added: 2 });
      const report = async (row: string, resume: boolean) =>
        (await xmail().member.import({ ...list, csv: `address,rights\n${row}\n`, mode: "possible", resume }))
          .report[0];
      expect(await report("yui@elsewhere.test,R", false)).toMatchObject({ rule: "LIST_MEMBER_EXISTS" });
      expect(await report("yui@elsewhere.test,RW", true)).toMatchObject({ rule: "csv-different" });
      expect(await report("yui@elsewhere.test,R", true)).toMatchObject({ outcome: "already" });
      expect(await report("nobody,R", true)).toMatchObject({ rule: "address" });
      expect(await report("x@elsewhere.test,Q", true)).toMatchObject({ field: "rights", outcome: "wrong" });
      const out = await xmail().member.export(list);
      expect(out.csv).toBe("address,rights\r\nsora@elsewhere.test,RW\r\nyui@elsewhere.test,R\r\n");
      await expect(
        xmail().member.import({ domain: "example.com", name: "hana", csv: text }),
      ).rejects.toMatchObject({ code: "NOT_A_LIST" });
    });

    test("in parts: each part is told, the next one begins where it ends, and nothing comes twice", async () => {
      const text = csv(...["p1", "p2", "hana", "p3", "p4"].map((name) => line(name)));
      const parts = { csv: text, mode: "possible", most: 2 } as const;
      const one = await xmail().account.import(parts);
      expect(one).toMatchObject({ added: 2, wrong: 0, total: 5, next: 4 });
      expect(one.report.map(({ line: number }) => number)).toEqual([2, 3]);
      const two = await xmail().account.import({ ...parts, from: 4 });
      expect(two).toMatchObject({ added: 1, wrong: 1, total: 5, next: 6 });
      const again = await xmail().account.import({ ...parts, from: 4, resume: true });
      expect(again).toMatchObject({ added: 0, already: 2, wrong: 0, next: 6 });
      const three = await xmail().account.import({ ...parts, from: 6 });
      expect(three).toMatchObject({ added: 1, wrong: 0, next: null });
      const { total } = await xmail().account.list({ search: "p" });
      expect(total).toBeGreaterThanOrEqual(4);
    });

    test("all or nothing cannot be had in parts", async () => {
      const text = csv(line("q1"), line("q2"));
      await expectRefused(
        settings,
        () => xmail().account.import({ csv: text, most: 1 }),
        "most",
        "import-parts",
      );
      await expectRefused(
        settings,
        () => xmail().account.import({ csv: text, from: 3 }),
        "from",
        "import-parts",
      );
    });

    test("given up before it begins, changes nothing", async () => {
      const before = settings.world.tree();
      const error = await xmail()
        .account.import({ csv: csv(line("late")) }, { signal: AbortSignal.abort() })
        .catch((thrown: unknown) => thrown);
      expect(hasCode(error, "ABORTED"), String(error)).toBe(true);
      expect(settings.world.tree()).toEqual(before);
    });
  });
}
