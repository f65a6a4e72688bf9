import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accountLine } from "../../../src/tab/account-lines.ts";
import { parseTable } from "../../../src/tab/codec.ts";
import { FILES } from "../../../src/tab/files.ts";
import { indexRows } from "../../../src/tab/row-index.ts";
import { ACCOUNT_ROWS } from "../../../src/xmail/account-rows.ts";
import type { AccountRow, AccountSort } from "../../../src/xmail/accounts.ts";
import { pageOfRows, type RowsRequest } from "../../../src/xmail/rows-page.ts";

const KIND = {
  ...ACCOUNT_ROWS,
  format: FILES.accounts,
  read: accountLine,
  sort: "name",
  ahead: { domain: "domain", kind: ({ kind }: AccountRow) => (kind === "user" ? 0 : 1) },
} as const;

const name = fc.constantFrom("a", "B", "b.c", "ken", "Ken2", "zoë", "佐藤");
const domain = fc.constantFrom("example.com", "Example.ORG", "b.example");
const line = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(domain, name, fc.constantFrom("U", "M"), fc.nat(99)) },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Names are made unique: a list has no two rows of one key. */
function fileOf(lines: readonly (readonly [string, string, string, number] | null)[]): Buffer {
  const text = lines.map((one, n) =>
    one ? `"${one[0]}"\t"${one[1]}${n}"\t"0a"\t${n + 1}\t"d"\t"${one[2]}"` : `"odd"\t"${n}"`,
  );
  return Buffer.from(text.map((one, n) => `${one}${n % 3 === 0 ? "\r\n" : "\n"}`).join(""));
}

const request: fc.Arbitrary<RowsRequest<AccountRow, AccountSort>> = fc.record(
  {
    sort: fc.constantFrom<AccountSort>("name", "domain", "kind"),
    limit: fc.integer({ min: 1, max: 5 }),
    descending: fc.boolean(),
    domain: fc.constantFrom("EXAMPLE.com", "none.example"),
    group: fc.constantFrom("user", "list"),
    search: fc.constantFrom("", "KEN", "@b", "ë", "佐", " a ", "\n", "zzz"),
    sight: fc.constantFrom(
      {
        domain: (d: string) => (d === "b.example" ? "some" : "all"),
        row: (r: AccountRow) => r.kind === "list",
      } as const,
      { domain: () => "none", row: () => true } as const,
    ),
  },
  { requiredKeys: ["sort", "limit"] },
);

describe("the index of a large table", () => {
  test("gives every page that looking at all rows gives, both ways through the list", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), request, (lines, asked) => {
        const bytes = fileOf(lines);
        const rows = parseTable(bytes, FILES.accounts)
          .rows.map(accountLine)
          .filter((row) => row !== null);
        const index = indexRows(bytes, KIND);
        for (let from: RowsRequest<AccountRow>["from"]; ; ) {
          const here = { ...asked, ...(from ? { from } : {}) };
          const want = pageOfRows<AccountRow, AccountSort>(rows, ACCOUNT_ROWS, here);
          const page = index.page(here as never);
          expect(page.total).toBe(want.total);
          expect(page.start).toBe(want.start);
          expect(page.items.map(({ key }) => key)).toEqual(want.items.map(({ key }) => key));
          expect(page.items.map(({ row }) => row.name)).toEqual(want.items.map(({ row }) => row.name));
          const [first, last] = [page.items[0], page.items.at(-1)];
          if (!first || !last) return;
          const back = { ...asked, from: { side: "before" as const, key: first.key } };
          expect(index.page(back as never)).toEqual(
            pageOfRows<AccountRow, AccountSort>(rows, ACCOUNT_ROWS, back),
          );
          from = { side: "after", key: last.key };
        }
      }),
    );
  });

  test("finds each row by its key, whatever its case, and nothing else", () => {
    const bytes = fileOf([["example.com", "Ken", "U", 1], null, ["b.example", "ken", "M", 2]]);
    const index = indexRows(bytes, KIND);
    expect(index.find("ken0\0example.com")).toMatchObject({ name: "Ken0", id: 1, kind: "user" });
    expect(index.find("ken2\0b.example")).toMatchObject({ name: "ken2", kind: "list" });
    expect(index.find("ken\0example.com")).toBeNull();
    expect(index.find("zz\0zz")).toBeNull();
  });

  test("takes the first of two rows of one name, as XMail does", () => {
    const twice =
      '"example.com"\t"ken"\t"0a"\t1\t"first"\t"U"\n"EXAMPLE.com"\t"Ken"\t"0a"\t2\t"second"\t"U"\n';
    expect(indexRows(Buffer.from(twice), KIND).find("ken\0example.com")).toMatchObject({
      directory: "first",
    });
  });

  test("counts each group of each domain", () => {
    const bytes = fileOf([
      ["example.com", "a", "U", 1],
      ["Example.COM", "b", "M", 1],
      ["b.example", "c", "U", 1],
    ]);
    expect([...indexRows(bytes, KIND).counts]).toEqual([
      ["example.com", [1, 1]],
      ["b.example", [1]],
    ]);
  });
});
