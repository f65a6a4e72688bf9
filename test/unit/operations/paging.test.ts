import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasCode } from "../../../src/errors/error.ts";
import { cutPage } from "../../../src/operations/paging.ts";

const names = (count: number) => Array.from({ length: count }, (_, i) => `n${String(i).padStart(4, "0")}`);
const self = (row: string) => row;

describe("cutPage", () => {
  test("walks forwards over all rows, each once, and says where it is", () => {
    const rows = names(123);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = cutPage(rows, self, { cursor, limit: 50 });
      expect(page.first).toBe(seen.length + 1);
      expect(page.total).toBe(123);
      seen.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(rows);
  });

  test("goes back to the page it came from", () => {
    const rows = names(120);
    const one = cutPage(rows, self, { limit: 50 });
    const two = cutPage(rows, self, { limit: 50, cursor: one.next ?? "" });
    expect(cutPage(rows, self, { limit: 50, cursor: two.previous ?? "" }).items).toEqual(one.items);
    expect(one.previous).toBeNull();
  });

  test("neither repeats nor skips a row when others come and go between two pages", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 3, maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        (all, limit, descending) => {
          const kept = all.filter((_, i) => i % 3 !== 2);
          const gone = all.filter((_, i) => i % 3 === 2);
          const first = cutPage(all, self, { limit, descending });
          const seen = [...first.items];
          let cursor = first.next;
          while (cursor !== null) {
            const page = cutPage(kept, self, { cursor, limit, descending });
            seen.push(...page.items);
            cursor = page.next;
          }
          expect(new Set(seen).size).toBe(seen.length);
          const expected = kept.filter((row) => !gone.includes(row));
          expect(seen.filter((row) => kept.includes(row)).sort()).toEqual(expected.sort());
        },
      ),
    );
  });

  test("refuses a cursor that no list gave out, naming the field", () => {
    for (const cursor of ["x", "", "YWZ0ZXI", Buffer.from("beside:a").toString("base64url")]) {
      try {
        cutPage(["a"], self, { cursor });
        expect.unreachable();
      } catch (error) {
        expect(hasCode(error, "INVALID_INPUT") && error.fields[0]?.field).toBe("cursor");
      }
    }
  });

  test("an empty list is one empty page", () => {
    expect(cutPage([], self, {})).toEqual({ items: [], total: 0, first: 0, next: null, previous: null });
  });
});
