import { describe, expect, test } from "vitest";
import { lateClass, toldOf } from "../../.ci/cgi-later.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { PAGES } from "../../src/web/routes.ts";

type Fields = Readonly<Record<string, unknown>>;
type Late = new (load: () => Fields, told: Fields) => Fields;

const ALL = [...ALL_OPERATIONS, ...PAGES] as unknown as readonly Fields[];

function classOf(source: string): Late {
  return new Function(source.replace("export class", "return class"))() as Late;
}

/** What `fields` answers differently through the program's stand-in for it. */
function lostBy(Late: Late, fields: Fields): string[] {
  const late = new Late(() => fields, toldOf(fields));
  return Object.keys(fields).filter((key) => late[key] !== fields[key]);
}

describe("in the CGI program", () => {
  test("every page and operation has every field it has elsewhere: no flag and no check is lost", () => {
    const Late = classOf(lateClass(ALL));
    for (const fields of ALL)
      expect(lostBy(Late, fields), String(fields["name"] ?? fields["path"])).toEqual([]);
  });

  test("a field that the stand-in does not know would be found", () => {
    const dangerous = ALL.find((fields) => fields["plan"] !== undefined) ?? {};
    const { plan: _, ...rest } = dangerous;
    expect(lostBy(classOf(lateClass([rest])), dangerous)).toEqual(["plan"]);
  });

  test("whoever walks the table reads no part for flags, names and routes", () => {
    const Late = classOf(lateClass(ALL));
    const FLAGS = [
      "asksAgain",
      "opensMail",
      "ofOurs",
      "changesNothing",
      "name",
      "effect",
      "http",
      "path",
      "open",
    ];
    for (const fields of ALL) {
      const late = new Late(() => expect.unreachable("a part was read"), toldOf(fields));
      for (const flag of FLAGS) expect(late[flag]).toBe(fields[flag]);
    }
  });

  test("a field with two meanings is refused when the program is built", () => {
    expect(() => lateClass([{ name: "a.b", handler: () => null, http: ["GET /a"] }])).toThrow(
      "http would be lost",
    );
  });
});
