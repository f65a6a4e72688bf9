import { expect, test } from "vitest";
import { bucketCount, bucketOf } from "../../../src/simulator/table-hash.ts";
import {
  buildIndex,
  type IndexedTable,
  offsetsOf,
  wildcardOffsets,
} from "../../../src/simulator/table-index.ts";

/** Read out of the index files that a real 64-bit XMail 1.27 built from tables of about 100,000 rows. */
test.each([
  ["a", 171_757, 61_741],
  ["b", 171_757, 78_735],
  ["", 171_757, 17_704],
  ["aaa", 171_757, 36_506],
  ["example.com", 171_757, 32_676],
  ["xmailserver.test", 171_757, 150_555],
  ["\xe9", 171_757, 149_770],
  ["d.ex\tu", 117_497, 30_705],
  ["\t", 117_497, 30_507],
  ["a\tb", 117_497, 7_147],
])("the key %j of a table with %i buckets is in number %i", (key, buckets, bucket) => {
  expect(bucketOf(key, buckets)).toBe(bucket);
});

test.each([
  [0, 17],
  [1, 19],
  [3, 23],
  [16, 37],
  [31, 53],
  [100, 127],
  [500, 521],
])("%i equal rows get %i buckets", (rows, buckets) => {
  expect(
    bucketCount(
      rows * 7,
      Array.from({ length: rows }, () => 7),
    ),
  ).toBe(buckets);
});

test("only the first 32 rows count for the guess", () => {
  const lengths = [...Array.from({ length: 30 }, () => 8), ...Array.from({ length: 300 }, () => 53)];
  expect(bucketCount(16_140, lengths)).toBe(1637);
});

const TABLE: IndexedTable = { path: "aliases.tab", lineBuffer: 512, keys: 2, wildcards: true };

test("comments and short rows are not known, patterns stand apart", () => {
  const lines = ['"d"\t"Al"\t"t"', "", '#"d"\t"x"\t"t"', "one", '"d"\t"s*"\t"t"', "d\tAL"];
  const text = lines.map((line) => `${line}\n`).join("");
  const index = buildIndex(text, TABLE);
  const at = (line: string) => text.indexOf(line);
  expect(offsetsOf(index, ["D", "aL"])).toEqual([at('"d"\t"Al"'), at("d\tAL")]);
  expect(wildcardOffsets(index)).toContain(at('"d"\t"s*"'));
  expect(wildcardOffsets(index)).not.toContain(at("#"));
});
