import type { AnyPage, Params } from "../../../src/web/page.ts";
import { opsOf, pathTo, type RowScreens } from "../../../src/web/rows/row-screens.ts";
import { pageWith } from "./gallery-data.ts";
import { type Exhibit, exhibit, refused } from "./gallery-frame.ts";

/**
 * All states of the pages of one settings table. `entries`: a few, the last of them as long as can be; made many times over
 * for the long list.
 */
export function rowExhibits(
  name: string,
  screens: RowScreens,
  [list, add, change, remove]: readonly AnyPage[],
  entries: readonly Readonly<Record<string, unknown>>[],
  params: Params = {},
): Exhibit[] {
  if (!list || !add || !change || !remove) throw new Error(`${name}: a page is missing`);
  const rows = entries.map((entry, at) => row(at, entry));
  const senseless = { ...row(rows.length, null), text: '"what is this"' };
  const many = Array.from({ length: 50 }, (_, at) => row(at, entries[at % entries.length] ?? null));
  const first = Object.keys(entries[0] ?? {})[0] ?? "";
  const here = (rest: string) => ({ here: pathTo(screens.path, params, rest) });
  const listed = (items: readonly unknown[], query = {}, more = {}) => ({
    query,
    page: pageWith([...items], more),
    params,
    more: null,
  });
  const one = { row: rows[0], params };
  return [
    exhibit(`${name}/empty`, list, listed([]), here("")),
    exhibit(
      `${name}/some`,
      list,
      listed([...rows, { ...row(90, entries[0] ?? {}), on: false }, senseless]),
      here(""),
    ),
    exhibit(
      `${name}/many`,
      list,
      listed(many, {}, { total: 4123, next: "next", previous: "previous", first: 51 }),
      here(""),
    ),
    exhibit(`${name}/no-match`, list, listed([], { search: "zz" }), here("?search=zz")),
    exhibit(`${name}/reader`, list, listed(rows), { ...here(""), actor: onlyReading(screens) }),
    exhibit(`${name}-add/new`, add, params, here("/add")),
    exhibit(`${name}-add/refused`, add, params, {
      ...here("/add"),
      refusal: refused(
        "INVALID_INPUT",
        [
          { field: first, rule: "required" },
          { field: "confirm", rule: "confirm", limit: "open" },
        ],
        { [first]: "" },
      ),
    }),
    exhibit(`${name}-change/one`, change, one, here("/213cac89f6a2/change")),
    exhibit(`${name}-remove/one`, remove, one, here("/213cac89f6a2/remove")),
  ];
}

function row(at: number, entry: Readonly<Record<string, unknown>> | null) {
  return { id: `213cac89f6${(16 + at).toString(16)}`, line: at + 1, on: true, entry, text: "" };
}

function onlyReading(screens: RowScreens) {
  const allow = [opsOf(screens).list.name];
  return { id: "reader", name: "mori", grants: [{ allow, on: { kind: "server" as const } }] };
}
