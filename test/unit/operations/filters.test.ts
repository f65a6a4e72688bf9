import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectRefused, openSettings, type Settings, sample, WAYS } from "./settings-world.ts";

const SMTP = [
  ["filterPostRcpt", "filters.post-rcpt.tab"],
  ["filterPreData", "filters.pre-data.tab"],
  ["filterPostData", "filters.post-data.tab"],
] as const;
const RULES = [
  ["filterIn", "filters.in.tab"],
  ["filterOut", "filters.out.tab"],
] as const;
const rule = { sender: "*", recipient: "*@example.com", remote: "::/0", local: "::/0", file: "tag.tab" };
const quoted = (...cells: string[]) => `${cells.map((cell) => `"${cell}"`).join("\t")}\n`;

describe.each(WAYS)("filters, by %s", (mode) => {
  let at: Settings;
  beforeAll(async () => {
    at = await openSettings(mode);
  });
  afterAll(() => at.world.close());
  const xmail = () => at.world.xmail;

  describe.each(SMTP)("%s", (noun, file) => {
    test("the sample reads and comes back byte for byte", async () => {
      at.put(file, sample(`filters/${file}`));
      const [row] = (await xmail()[noun].list({})).items;
      expect(row?.entry?.program).toMatch(/^\/srv\/filters\//);
      expect(row?.entry?.arguments[0]).toBe("@@FILE");
      await xmail()[noun].change({ id: row?.id ?? "", ...entryOf(row?.entry) });
      expect(at.text(file)).toBe(sample(`filters/${file}`));
    });

    test("flags, order, on and off, and what we do not know", async () => {
      at.put(file, '# first\n"!wlex,aex,xyz"\t"/bin/a"\t"x"\n"/bin/b"\n');
      const { items } = await xmail()[noun].list({});
      expect(items.map(({ entry }) => entry)).toEqual([
        { program: "/bin/a", arguments: ["x"], skipSignedIn: true, skipWhitelisted: true, otherFlags: "xyz" },
        { program: "/bin/b", arguments: [], skipSignedIn: false, skipWhitelisted: false },
      ]);
      const [first, second] = items;
      await xmail()[noun].turn({ id: second?.id ?? "", on: false });
      expect(at.text(file)).toBe('# first\n"!wlex,aex,xyz"\t"/bin/a"\t"x"\n#"/bin/b"\n');
      await xmail()[noun].change({ id: first?.id ?? "", ...entryOf(first?.entry), arguments: ["y"] });
      expect(at.text(file)).toBe('# first\n"!wlex,aex,xyz"\t"/bin/a"\t"y"\n#"/bin/b"\n');
      const [again, off] = (await xmail()[noun].list({})).items;
      expect(off).toMatchObject({ on: false, entry: { program: "/bin/b" } });
      await xmail()[noun].move({ id: again?.id ?? "", before: null });
      expect(at.text(file)).toBe('# first\n#"/bin/b"\n"!wlex,aex,xyz"\t"/bin/a"\t"y"\n');
      const moved = (await xmail()[noun].list({})).items[1];
      await xmail()[noun].change({
        id: moved?.id ?? "",
        program: "/bin/a",
        arguments: ["y"],
        skipSignedIn: false,
        skipWhitelisted: true,
        timeout: 5,
      });
      expect(at.text(file)).toBe('# first\n#"/bin/b"\n"!wlex,timeo=5"\t"/bin/a"\t"y"\n');
    });

    test.each([
      ["program", { program: "scan.sh" }, "full-path"],
      ["program", { program: "" }, "required"],
      ["arguments", { arguments: ["a\tb"] }, "argument"],
      ["timeout", { timeout: 0 }, "minimum"],
      ["otherFlags", { otherFlags: "a b" }, "filter-flags"],
    ])("refuses %s %j", async (field, bad, why) => {
      at.put(file, '"/bin/a"\n');
      const good = { program: "/bin/b", arguments: [], skipSignedIn: false, skipWhitelisted: false };
      await expectRefused(at, () => xmail()[noun].add({ ...good, ...bad } as never), field, why);
    });
  });

  describe.each(RULES)("%s", (noun, file) => {
    beforeAll(() => at.put("filters/tag.tab", "# nothing\n"));

    test("the sample reads and comes back byte for byte", async () => {
      at.put(file, sample(`filters/${file}`));
      for (const { id, entry } of (await xmail()[noun].list({})).items) {
        expect(entry?.remote).toMatch(/\/\d+$/);
        await xmail()[noun].change({ id, ...(entry ?? rule) });
      }
      expect(at.text(file)).toBe(sample(`filters/${file}`));
    });

    test("a rule is added, moved and switched; comments, odd lines and further cells stay", async () => {
      const odd = '# all\n"*"\t"*"\n"a"\t"b"\t"::/0"\t"::/0"\t"gone.tab"\t"sixth"\n';
      at.put(file, odd);
      const added = await xmail()[noun].add(rule);
      const line = quoted("*", "*@example.com", "::/0", "::/0", "tag.tab");
      expect(at.text(file)).toBe(odd + line);
      await xmail()[noun].turn({ id: added.id, on: false });
      expect(at.text(file)).toBe(`${odd}#${line}`);
      const third = (await xmail()[noun].list({})).items[1];
      await xmail()[noun].change({ id: third?.id ?? "", ...(third?.entry ?? rule), sender: "c" });
      expect(at.text(file)).toBe(`${odd.replace('"a"', '"c"')}#${line}`);
    });

    test.each([
      ["sender", { sender: "a b" }, "address-pattern"],
      ["recipient", { recipient: "" }, "required"],
      ["remote", { remote: "192.0.2.0" }, "net"],
      ["remote", { remote: "192.0.2.0/33" }, "net"],
      ["remote", { remote: "192.0.2.300/24" }, "net"],
      ["local", { local: "2001:db8::/129" }, "net"],
      ["local", { local: "2001:::/32" }, "net"],
      ["file", { file: "gone.tab" }, "no-filter-file"],
      ["file", { file: "../server.tab" }, "filter-file"],
    ])("refuses %s %j", async (field, bad, why) => {
      at.put(file, "");
      await expectRefused(at, () => xmail()[noun].add({ ...rule, ...bad }), field, why);
    });

    test("takes every form of a network", async () => {
      at.put(file, "");
      for (const remote of ["0.0.0.0/0", "192.0.2.255/32", "::/0", "2001:db8::/32", "::ffff:192.0.2.1/128"]) {
        await xmail()[noun].add({ ...rule, remote });
      }
      expect((await xmail()[noun].list({})).total).toBe(5);
    });

    test("refuses the line that XMail would not look at", async () => {
      at.put(file, quoted("*", "*", "::/0", "::/0", "tag.tab").repeat(128));
      await expectRefused(at, () => xmail()[noun].add(rule), "file", "too-many-filters");
    });
  });

  describe("files below filters/", () => {
    test("a file is added, filled, used, and removed only when no rule names it", async () => {
      at.put("filters.in.tab", "");
      at.put("filters.out.tab", `#${quoted("*", "*", "::/0", "::/0", "gone.tab")}`);
      at.gone("filters/tag.tab");
      await xmail().filterFile.add({ file: "scan.tab" });
      await expect(xmail().filterFile.add({ file: "scan.tab" })).rejects.toMatchObject({
        code: "ENTRY_EXISTS",
      });
      const step = {
        program: "/bin/scan",
        arguments: ["@@FILE"],
        skipSignedIn: true,
        skipWhitelisted: false,
      };
      await xmail().filterStep.add({ file: "scan.tab", ...step });
      expect(at.text("filters/scan.tab")).toMatch(/^# .*\n"!aex"\t"\/bin\/scan"\t"@@FILE"\n$/);
      const used = await xmail().filterIn.add({ ...rule, file: "scan.tab" });
      expect((await xmail().filterFile.list({})).items).toEqual([
        { file: "gone.tab", there: false, entries: 0, uses: 1 },
        { file: "scan.tab", there: true, entries: 1, uses: 1 },
      ]);
      await expectRefused(at, () => xmail().filterFile.remove({ file: "scan.tab" }), "file", "filter-in-use");
      const off = await xmail().filterIn.turn({ id: used.id, on: false });
      await expectRefused(at, () => xmail().filterFile.remove({ file: "scan.tab" }), "file", "filter-in-use");
      await xmail().filterIn.remove({ id: off.id });
      await xmail().filterFile.remove({ file: "scan.tab" });
      expect(at.text("filters/scan.tab")).toBeNull();
      await expect(xmail().filterFile.remove({ file: "scan.tab" })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    });

    test.each(["out.tab", "slow.tab", "tag.tab"])("the sample %s comes back byte for byte", async (file) => {
      at.put(`filters/${file}`, sample(`filters/filters/${file}`));
      const [row] = (await xmail().filterStep.list({ file })).items;
      await xmail().filterStep.change({ file, id: row?.id ?? "", ...entryOf(row?.entry) });
      expect(at.text(`filters/${file}`)).toBe(sample(`filters/filters/${file}`));
    });

    test.each([["../x"], ["a/b"], [".hidden"], ["a..b"], ["two words"]])("refuses the name %s", (file) =>
      expectRefused(at, () => xmail().filterFile.add({ file }), "file", "filter-file-name"),
    );

    test("refuses a program without full path", () =>
      expectRefused(
        at,
        () =>
          xmail().filterStep.add({
            file: "tag.tab",
            program: "perl",
            arguments: [],
            skipSignedIn: false,
            skipWhitelisted: false,
          }),
        "program",
        "full-path",
      ));
  });
});

interface Step {
  program: string;
  arguments: string[];
  skipSignedIn: boolean;
  skipWhitelisted: boolean;
  timeout?: number;
  otherFlags?: string;
}

function entryOf(entry: Step | null | undefined): Step {
  if (!entry) throw new Error("The line was not understood");
  return entry;
}
