import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chapters } from "../../docs/scripts/coverage/chapters.ts";
import { because, by, type Cover } from "../../docs/scripts/coverage/cover.ts";
import { HOMES } from "../../docs/scripts/coverage/nouns.ts";
import { REASONS } from "../../docs/scripts/coverage/reasons.ts";
import { covered } from "../../docs/scripts/coverage/resolve.ts";
import { NAMED_BY_XMAIL } from "../../docs/scripts/coverage/server-variables.ts";
import { COMMANDS } from "../../src/ctrl/commands.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { SERVER_VARIABLES } from "../../src/settings/server-variables/catalogue.ts";
import { START_SWITCHES } from "../../src/settings/start-switches.ts";
import { FILES } from "../../src/tab/files.ts";
import { findPage } from "../../src/web/router.ts";
import { PAGES } from "../../src/web/routes.ts";
import { TOP } from "../gates/tree-copy.ts";

const ROWS = chapters().flatMap(({ rows }) => rows.map(covered));
const NAMED = new Set([
  ...ROWS.flatMap(({ pages }) => pages),
  ...Object.values(HOMES).flatMap(({ on }) => on),
]);
/** What belongs to a page that is named: its forms. */
const FORMS = /\/(?:add|add-program|:id\/(?:change|remove|move|turn))$/;

function namesOf(title: string): string[] {
  return chapters()
    .filter((chapter) => chapter.title === title)
    .flatMap(({ rows }) => rows.map(({ name }) => name));
}

function unknownPages(paths: Iterable<string>): string[] {
  return [...paths].filter((path) => !PAGES.some((page) => page.path === path) && !findPage(PAGES, path));
}

function unproved(proofs: readonly string[]): string[] {
  return proofs.filter((proof) => {
    const [file = "", ...word] = proof.split("#");
    const path = join(TOP, file);
    return word.join("#") === "" || !existsSync(path) || !readFileSync(path, "utf8").includes(word.join("#"));
  });
}

describe("coverage.md", () => {
  test.each([
    ["Tables", Object.values(FILES).map(({ path }) => path as string)],
    ["Control commands", Object.keys(COMMANDS)],
    ["Start parameters", START_SWITCHES.map(({ flag }) => flag)],
  ])("%s: all of them, each once", (title, names) => {
    expect(names.length).toBeGreaterThan(30);
    expect(namesOf(title).toSorted()).toEqual(names.toSorted());
  });

  test("server.tab: the catalogue has the variables that XMail has, and each has its line", () => {
    const known = SERVER_VARIABLES.map(({ name }) => name);
    expect(known.toSorted()).toEqual(NAMED_BY_XMAIL.toSorted());
    expect(namesOf("Variables of server.tab")).toEqual(expect.arrayContaining(known));
  });

  test("no name stands twice in a chapter", () => {
    for (const { title } of chapters()) {
      const names = namesOf(title);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });

  test("every operation stands in it", () => {
    const named = new Set(
      ROWS.flatMap(({ operations }) =>
        [...operations].flatMap(([noun, verbs]) => verbs.map((verb) => `${noun}.${verb}`)),
      ),
    );
    expect(ALL_OPERATIONS.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([]);
  });

  test("every page stands in it, or is a form of one that does", () => {
    const shown = new Set(
      ROWS.flatMap(({ pages }) => pages).map((path) => findPage(PAGES, path)?.page.path ?? path),
    );
    for (const path of ROWS.flatMap(({ pages }) => pages)) shown.add(path);
    const missing = PAGES.map(({ path }) => path).filter(
      (path) => !shown.has(path) && !shown.has(path.replace(FORMS, "")),
    );
    expect(missing).toEqual([]);
  });

  test("every page that is named is one", () => {
    expect(NAMED.size).toBeGreaterThan(60);
    expect(unknownPages(NAMED)).toEqual([]);
    expect(unknownPages(["/nowhere"])).toEqual(["/nowhere"]);
  });

  test("every test that is named is there, and names the thing", () => {
    const proofs = new Set([
      ...ROWS.flatMap((row) => row.tests),
      ...Object.values(HOMES).flatMap((home) => home.tests),
    ]);
    expect(proofs.size).toBeGreaterThan(60);
    expect(unproved([...proofs])).toEqual([]);
  });

  test.each(["test/docs/not-there.test.ts#x", "test/docs/reader.ts#no such word", "test/docs/reader.ts"])(
    "a planted proof is reported: %s",
    (proof) => {
      expect(unproved([proof])).toEqual([proof]);
    },
  );

  test("every reason is needed", () => {
    const given = new Set(ROWS.map(({ reason }) => reason));
    expect(Object.values(REASONS).filter((sentence) => !given.has(sentence))).toEqual([]);
  });

  test.each<[string, Cover]>([
    ["operation", { by: [], on: ["/files"], tests: ["test/docs/reader.ts#Reader"] }],
    ["page", { ...by("file.list"), on: [] }],
    ["test", { by: [], on: ["/files"], tests: [] }],
  ])("a blank cell without reason is refused: %s", (_, cover) => {
    expect(() => covered({ name: "planted", cover })).toThrow("planted");
    expect(covered({ name: "planted", cover: { ...cover, because: "panel" } }).reason).toBe(REASONS.panel);
  });

  test("what nothing covers says why", () => {
    const row = covered({ name: "planted", cover: because("logs") });
    expect([row.pages, row.tests, row.reason]).toEqual([[], [], REASONS.logs]);
  });
});
