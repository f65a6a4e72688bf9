import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TOP } from "../gates/tree-copy.ts";

const TEXT = readFileSync(join(TOP, "docs/security.md"), "utf8");
const CLASSES = 22;
const DEFECTS = 14;

/** Rows of the tables whose last column names tests: what each is about, and the tests. */
function provedRows(text: string): { title: string; tests: string[] }[] {
  return text
    .split(/^\|.*\| Proved by \|$/m)
    .slice(1)
    .flatMap((table) => (table.split(/\n\n/)[0] ?? "").split("\n"))
    .filter((line) => line.startsWith("| ") && !line.startsWith("|---"))
    .map((line) => {
      const cells = line.split(" | ");
      const [title = "", last = ""] = [cells[0], cells.at(-1)];
      return {
        title: title.replace(/^\| /, ""),
        tests: [...last.matchAll(/`([^`]+)`/g)].map(([, one = ""]) => one),
      };
    });
}

function faultsOf(text: string): string[] {
  const rows = provedRows(text);
  const numbered = rows.flatMap(({ title }) => /^(\d+) /.exec(title)?.[1] ?? []).map(Number);
  const wanted = Array.from({ length: CLASSES }, (_, n) => n + 1);
  return [
    ...wanted.filter((n) => !numbered.includes(n)).map((n) => `class ${n} is missing`),
    ...(rows.length === CLASSES + DEFECTS ? [] : [`${rows.length} rows`]),
    ...rows.flatMap(({ title, tests }) => (tests.length === 0 ? [`${title}: no test`] : [])),
    ...rows.flatMap(({ title, tests }) =>
      tests.filter((path) => !isTest(path)).map((path) => `${title}: there is no test ${path}`),
    ),
  ];
}

function isTest(path: string): boolean {
  return (
    /^test\/.*\.test\.ts$/.test(path) &&
    existsSync(join(TOP, path)) &&
    /\b(?:test|describe)\b.*\(/.test(readFileSync(join(TOP, path), "utf8"))
  );
}

describe("security.md", () => {
  test("names tests that exist for each of the classes, and for each defect of earlier clients", () => {
    expect(faultsOf(TEXT)).toEqual([]);
  });

  test.each([
    ["a test that is gone", TEXT.replace("matrix.test.ts", "gone.test.ts"), "there is no test"],
    ["a class that is gone", TEXT.replace(/^\| 18 .*\n/m, ""), "class 18 is missing"],
    ["a class without a test", TEXT.replace(/(\| 18 .*\| )`.*` \|/, "$1 |"), "no test"],
  ])("%s would be reported", (_, text, says) => {
    expect(faultsOf(text).join("\n")).toContain(says);
  });
});
