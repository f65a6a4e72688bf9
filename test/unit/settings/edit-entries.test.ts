import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EntryEdit, editEntries } from "../../../src/settings/edit-entries.ts";
import { entriesOf, tableIn } from "../../../src/settings/entries.ts";

const COMMENTS = { comments: true, lineBuffer: 512 };
const isEntry = (cells: readonly string[]) => cells.length === 2;
const FILE = [
  "# written by hand\n",
  '"a"\t"1"\r\n',
  "\n",
  '#"b"\t"2"\n',
  "plain\tcells\n",
  "# a sentence\n",
  '"a"\t"1"\r\n',
  '"last"\t"x"',
].join("");

function idAt(text: string, line: number): string {
  const found = entriesOf(tableIn(Buffer.from(text), COMMENTS), isEntry).find((one) => one.line === line);
  if (!found) throw new Error(`no entry in line ${line}`);
  return found.id;
}

function edited(text: string, edit: EntryEdit): string {
  return Buffer.from(editEntries(Buffer.from(text), COMMENTS, isEntry, edit).bytes).toString("latin1");
}

describe("entries of a table", () => {
  test("are rows and whole entries behind a #, never sentences", () => {
    const found = entriesOf(tableIn(Buffer.from(FILE), COMMENTS), isEntry);
    expect(found.map(({ line, on, cells }) => [line, on, cells.join()])).toEqual([
      [2, true, "a,1"],
      [4, false, "b,2"],
      [5, true, "plain,cells"],
      [7, true, "a,1"],
      [8, true, "last,x"],
    ]);
  });

  test("equal lines have different ids, and both keep them when others move", () => {
    const ids = entriesOf(tableIn(Buffer.from(FILE), COMMENTS), isEntry).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(idAt(edited(FILE, { do: "remove", id: idAt(FILE, 5) }), 6)).toBe(idAt(FILE, 7));
  });
});

describe("an edit", () => {
  test("adds at the end and mends the missing line end", () => {
    expect(edited(FILE, { do: "add", cells: ["n", 5] })).toBe(`${FILE}\r\n"n"\t5\r\n`);
  });

  test("adds before another entry", () => {
    const after = edited(FILE, { do: "add", cells: ["n", "v"], before: idAt(FILE, 5) });
    expect(after).toBe(FILE.replace("plain\t", '"n"\t"v"\r\nplain\t'));
  });

  test("replaces cells and nothing else, also in an entry that is off", () => {
    expect(edited(FILE, { do: "replace", id: idAt(FILE, 2), cells: ["a", "9"] })).toBe(
      FILE.replace('"a"\t"1"\r\n', '"a"\t"9"\r\n'),
    );
    expect(edited(FILE, { do: "replace", id: idAt(FILE, 4), cells: ["b", "9"] })).toBe(
      FILE.replace('#"b"\t"2"', '#"b"\t"9"'),
    );
  });

  test("may shorten a line", () => {
    const text = '"a"\t"1"\t"code=2"\n';
    const id = entriesOf(tableIn(Buffer.from(text), COMMENTS), null)[0]?.id ?? "";
    const after = editEntries(Buffer.from(text), COMMENTS, null, { do: "replace", id, cells: ["a", "1"] });
    expect(Buffer.from(after.bytes).toString()).toBe('"a"\t"1"\n');
    expect(after.entry?.cells).toEqual(["a", "1"]);
  });

  test("switches off and on again without a trace", () => {
    const off = edited(FILE, { do: "switch", id: idAt(FILE, 5), on: false });
    expect(off).toBe(FILE.replace("plain\tcells", "#plain\tcells"));
    const quoted = edited(FILE, { do: "switch", id: idAt(FILE, 2), on: false });
    expect(edited(quoted, { do: "switch", id: idAt(quoted, 2), on: true })).toBe(FILE);
  });

  test("refuses what somebody else changed, and says so", () => {
    for (const edit of [
      { do: "remove", id: "0123456789ab" },
      { do: "replace", id: "0123456789ab", cells: ["x"] },
      { do: "move", id: "0123456789ab", before: null },
      { do: "add", cells: ["x"], before: "0123456789ab" },
      { do: "switch", id: "0123456789ab", on: false },
    ] satisfies EntryEdit[]) {
      expect(() => edited(FILE, edit)).toThrow(expect.objectContaining({ code: "CONFLICT" }));
    }
  });

  test("leaves a comment in a table that would be empty, so that no upload deletes it", () => {
    const text = '"a"\t"1"\n';
    expect(edited(text, { do: "remove", id: idAt(text, 1) })).toBe("# No entries.\n");
    const bare = { comments: false, lineBuffer: 512 };
    const id = entriesOf(tableIn(Buffer.from(text), bare), null)[0]?.id ?? "";
    expect(editEntries(Buffer.from(text), bare, null, { do: "remove", id }).bytes).toHaveLength(0);
  });

  test("moves a line and keeps all others as they are, byte for byte", () => {
    const line = fc.constantFrom('"a"\t"1"', "# words", '#"b"\t"2"', "", "x\ty", '"q\\"q"\t"z"');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.nat(7), fc.option(fc.nat(7)), (lines, which, to) => {
        const text = lines.map((one) => `${one}\n`).join("");
        const found = entriesOf(tableIn(Buffer.from(text), COMMENTS), isEntry);
        const entry = found[which];
        const target = to === null ? null : found[to];
        if (!entry || target === undefined) return;
        const after = editEntries(Buffer.from(text), COMMENTS, isEntry, {
          do: "move",
          id: entry.id,
          before: target?.id ?? null,
        });
        const rest = lines.toSpliced(entry.line - 1, 1);
        const moved = Buffer.from(after.bytes).toString().split("\n").slice(0, -1);
        expect(moved.toSpliced((after.entry?.line ?? 0) - 1, 1)).toEqual(rest);
        expect(after.entry?.text).toBe(entry.text);
      }),
    );
  });
});
