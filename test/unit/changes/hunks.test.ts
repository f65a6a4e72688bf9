import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { appliedNearby } from "../../../src/changes/apply-nearby.ts";
import { applied, hunksBetween, linesOf, sha256Of, turnedRound } from "../../../src/changes/hunks.ts";
import { hasCode } from "../../../src/errors/error.ts";
import { isSecret } from "../../../src/errors/secret.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");
const text = (file: Uint8Array | null) => (file === null ? null : Buffer.from(file).toString("latin1"));

/** Files of few different lines, so that they are often equal, with any bytes and any last line. */
const line = fc.oneof(
  fc.constantFrom("a\n", "b\n", "c\r\n", "\n", "#\n"),
  fc.string({ unit: "binary-ascii", maxLength: 4 }).map((word) => `${word}\n`),
);
const file = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom("", "", "end", "a"))
  .map(([lines, end]) => bytes(lines.join("") + end));
/** One that came from the other by a few edits. */
const edited = file.chain((before) =>
  fc
    .array(fc.tuple(fc.nat(50), fc.nat(3), fc.array(line, { maxLength: 3 })), { maxLength: 5 })
    .map((edits) => {
      const lines = linesOf(before);
      for (const [at, gone, added] of edits) lines.splice(at % (lines.length + 1), gone, ...added);
      return { before, after: bytes(lines.join("")) };
    }),
);
const pair = fc.oneof(
  edited,
  fc.tuple(file, file).map(([before, after]) => ({ before, after })),
);

describe("the difference of two files", () => {
  test("leads from one to the other, and back", () => {
    fc.assert(
      fc.property(pair, ({ before, after }) => {
        const hunks = hunksBetween(before, after);
        expect(text(applied(before, hunks))).toBe(text(after));
        expect(text(applied(after, turnedRound(hunks)))).toBe(text(before));
        expect(turnedRound(turnedRound(hunks))).toEqual(hunks);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is nothing for the same bytes, and only then", () => {
    fc.assert(
      fc.property(pair, ({ before, after }) => {
        expect(hunksBetween(before, after).length === 0).toBe(before.equals(after));
      }),
    );
  });

  test("says each line once: no hunk begins or ends with what is common, none touch", () => {
    fc.assert(
      fc.property(pair, ({ before, after }) => {
        let end = -1;
        for (const { at, removed, added } of hunksBetween(before, after)) {
          expect(at).toBeGreaterThan(end);
          expect(removed.length + added.length).toBeGreaterThan(0);
          if (removed.length > 0 && added.length > 0) expect(removed[0]).not.toBe(added[0]);
          end = at + removed.length;
        }
      }),
    );
  });

  test("of a file that is not there is all its lines", () => {
    expect(hunksBetween(null, bytes("a\nb"))).toEqual([{ at: 0, removed: [], added: ["a\n", "b"] }]);
    expect(hunksBetween(bytes("a\n"), null)).toEqual([{ at: 0, removed: ["a\n"], added: [] }]);
    expect(hunksBetween(null, bytes(""))).toEqual([]);
  });

  test("of tables of 500,000 lines takes no longer than a few readings, whatever goes", () => {
    const rows = Array.from({ length: 500_000 }, (_, id) => `"d${id % 7}.test"\t"user${id}"\t"15"\t${id}\n`);
    const table = bytes(rows.join(""));
    const without = bytes(rows.filter((_, id) => id % 7 !== 3).join(""));
    const turned = bytes([...rows.slice(250_000), ...rows.slice(0, 250_000)].join(""));
    const other = bytes(rows.map((row) => row.replace("15", "16")).join(""));
    const same = bytes("#\n".repeat(400_000));
    for (const [one, two] of [
      [table, without],
      [without, table],
      [table, turned],
      [table, other],
      [table, same],
      [same, bytes("#\n;\n".repeat(200_000))],
    ] as const) {
      const start = performance.now();
      const hunks = hunksBetween(one, two);
      expect(performance.now() - start).toBeLessThan(30_000);
      expect(sha256Of(applied(one, hunks))).toBe(sha256Of(two));
    }
    const hunks = hunksBetween(table, without);
    expect(hunks.reduce((sum, { removed, added }) => sum + removed.length + added.length, 0)).toBe(71_429);
  }, 120_000);
});

describe("hunks in a file that has other lines there", () => {
  test("are not applied", () => {
    const hunks = hunksBetween(bytes("a\nb\nc\n"), bytes("a\nB\nc\n"));
    expect(applied(bytes("a\nx\nc\n"), hunks)).toBeNull();
    expect(applied(bytes("a\n"), hunks)).toBeNull();
    expect(applied(bytes("a\nbc\n"), [{ at: 1, removed: ["b"], added: [] }])).toBeNull();
  });
});

describe("a difference turned round in a file that others changed", () => {
  const back = (before: string, after: string, now: string) =>
    text(appliedNearby("f", bytes(now), turnedRound(hunksBetween(bytes(before), bytes(after)))));
  const table = (...names: string[]) => names.map((name) => `"${name}"\n`).join("");

  test("finds its lines where others moved them", () => {
    expect(back(table("a", "b", "c"), table("a", "B", "c"), table("x", "y", "a", "B", "c", "z"))).toBe(
      table("x", "y", "a", "b", "c", "z"),
    );
  });

  test("puts back what went, and takes out what came", () => {
    expect(back(table("a", "b", "c"), table("a", "c"), table("a", "c", "d"))).toBe(table("a", "b", "c", "d"));
    expect(back(table("a"), table("a", "new"), table("0", "a", "new", "z"))).toBe(table("0", "a", "z"));
  });

  test("puts back what went behind the line it stood behind, wherever others put that", () => {
    const [before, after] = [table("a", "b", "c", "d"), table("a", "c", "d")];
    expect(back(before, after, table("x", "y", "a", "c", "d"))).toBe(table("x", "y", "a", "b", "c", "d"));
    expect(back(before, after, table("c", "d", "a"))).toBe(table("c", "d", "a", "b"));
    // Its upper neighbour is gone, the lower one is there; then the other way round.
    expect(back(before, after, table("x", "y", "c", "d"))).toBe(table("x", "y", "b", "c", "d"));
    expect(back(before, after, table("x", "a", "y", "d"))).toBe(table("x", "a", "b", "y", "d"));
    // The first and the last line.
    expect(back(table("b", "c"), table("c"), table("x", "c"))).toBe(table("x", "b", "c"));
    expect(back(table("a", "b"), table("a"), table("a", "x"))).toBe(table("a", "b", "x"));
  });

  test("holds no line of others, only what it is known by", () => {
    const hunks = hunksBetween(bytes(table("secret", "b", "other")), bytes(table("secret", "other")));
    expect(hunks[0]?.near?.map((digest) => digest?.length)).toEqual([16, 16]);
    expect(JSON.stringify(hunks)).not.toMatch(/secret|other/);
  });

  test("is refused with both versions when the lines changed, or stand in two places", () => {
    const [before, after] = [table("a", "b", "c"), table("a", "B", "c")];
    try {
      back(before, after, table("a", "other", "c"));
      expect.unreachable();
    } catch (error) {
      if (!hasCode(error, "CONFLICT")) throw error;
      const { path, ...versions } = error.internal;
      expect(path).toBe("f");
      const shown = Object.entries(versions).map(([name, one]) => [name, isSecret(one) && one.reveal()]);
      expect(Object.fromEntries(shown)).toEqual({ expected: '"B"\n', wanted: '"b"\n', found: '"other"\n' });
      expect(JSON.stringify(error.internal)).not.toContain("other");
    }
    expect(() => back(before, after, table("x", "B", "y", "B"))).not.toThrow();
    expect(() => back(before, after, table("B", "x", "y", "B"))).toThrow(
      expect.objectContaining({ code: "CONFLICT" }),
    );
  });

  test("never joins two lines", () => {
    expect(() => back("a\nb\n", "a\n", "a")).toThrow(expect.objectContaining({ code: "CONFLICT" }));
  });

  test("leaves unrelated edits as they are, or does nothing at all", () => {
    const names = fc.uniqueArray(fc.nat(400), { minLength: 6, maxLength: 30 });
    const edit = fc.array(fc.tuple(fc.nat(60), fc.boolean()), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(names, edit, edit, (ids, ours, theirs) => {
        const before = ids.map((id) => `user${id}\n`);
        const change = (lines: readonly string[], edits: typeof ours, mark: string) => {
          const changed = [...lines];
          edits.forEach(([at, removes], n) => {
            changed.splice(at % (changed.length + 1), removes ? 1 : 0, `${mark}${n}\n`);
          });
          return changed;
        };
        const after = change(before, ours, "ours");
        const now = change(after, theirs, "theirs");
        let result: string[];
        try {
          const hunks = turnedRound(hunksBetween(bytes(before.join("")), bytes(after.join(""))));
          result = linesOf(appliedNearby("f", bytes(now.join("")), hunks));
        } catch (error) {
          expect(hasCode(error, "CONFLICT")).toBe(true);
          return;
        }
        // What we added is gone, what we took is there, what they added stays, what they took stays away.
        expect(result.filter((one) => one.startsWith("ours"))).toEqual([]);
        expect(result.filter((one) => one.startsWith("theirs"))).toEqual(
          now.filter((one) => one.startsWith("theirs")),
        );
        const takenByThem = after.filter((one) => !now.includes(one));
        const wanted = before.filter((one) => !takenByThem.includes(one));
        expect(result.filter((one) => one.startsWith("user")).sort()).toEqual(wanted.sort());
      }),
      { numRuns: 1_000 },
    );
  });
});
