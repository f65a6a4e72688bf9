import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ERROR_CODES } from "../../src/errors/codes.ts";
import { run, TOP, treeCopy } from "./tree-copy.ts";

function markdown(): string[] {
  const below = readdirSync(join(TOP, "docs"), { recursive: true, encoding: "utf8" });
  return ["README.md", "CONTRIBUTING.md", ...below.map((name) => `docs/${name}`)].filter((name) =>
    name.endsWith(".md"),
  );
}

function headings(text: string): string[] {
  return [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, title = ""]) => title);
}

/** The anchor GitHub gives a heading. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
}

function brokenLinks(file: string, text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, "");
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => {
    if (/^(https?|mailto):/.test(link)) return false;
    const [path = "", hash] = link.split("#");
    const target = path === "" ? file : relative(TOP, join(TOP, dirname(file), path));
    if (!existsSync(join(TOP, target))) return true;
    if (hash === undefined) return false;
    return !headings(readFileSync(join(TOP, target), "utf8"))
      .map(anchor)
      .includes(hash);
  });
}

describe("docs", () => {
  test("errors.md has a heading for each code, and no other", () => {
    const titles = headings(readFileSync(join(TOP, "docs/errors.md"), "utf8"));
    const inDocs = titles.filter((title) => /^[A-Z_]+$/.test(title));
    expect(inDocs.toSorted()).toEqual(Object.keys(ERROR_CODES).toSorted());
  });

  test("errors.md gives each code the status and the hope it has", () => {
    const text = readFileSync(join(TOP, "docs/errors.md"), "utf8");
    const stated = [...text.matchAll(/^### ([A-Z_]+)\n\n(\d{3})(, try again)?\./gm)].map(
      ([, code, status, again]) => [code, Number(status), again !== undefined],
    );
    const wanted = Object.entries(ERROR_CODES).map(([code, { status, retryable }]) => [
      code,
      status,
      retryable,
    ]);
    expect(stated.toSorted()).toEqual(wanted.toSorted());
  });

  test("every link inside the project leads somewhere", () => {
    const files = markdown();
    expect(files.length).toBeGreaterThan(10);
    const broken = files.flatMap((file) =>
      brokenLinks(file, readFileSync(join(TOP, file), "utf8")).map((link) => `${file}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  test.each([
    "[x](not-there.md)",
    "[x](errors.md#no_such_code)",
    "[x](#nowhere)",
    "[x](no-such-folder/x.json)",
  ])("a planted link is reported: %s", (text) => {
    expect(brokenLinks("docs/README.md", text)).toHaveLength(1);
  });
});

describe("generated docs", () => {
  const copy = treeCopy(["docs", "src", "package.json", "tsconfig.json"]);
  const check = () => run("tsx", ["docs/scripts/generate.ts", "--check"], copy.top);
  afterAll(() => copy.remove());

  test("are up to date", async () => {
    expect(await check()).toMatchObject({ code: 0, stderr: "" });
  });

  test("are reported when they are not, and written anew", async () => {
    for (const page of ["docs/openapi.json", "docs/operations.md"]) {
      copy.plant(page, readFileSync(join(TOP, page), "utf8").replace("account.add", "account.planted"));
    }
    const stale = await check();
    expect(stale.code).toBe(1);
    expect(stale.stderr).toContain("docs/openapi.json");
    expect(stale.stderr).toContain("docs/operations.md");
    expect((await run("tsx", ["docs/scripts/generate.ts"], copy.top)).code).toBe(0);
    expect((await check()).code).toBe(0);
  });
});

describe("changesets", () => {
  const folder = join(TOP, ".changeset");
  const found = readdirSync(folder).filter((name) => name.endsWith(".md"));
  const isChangeset = (text: string) => /^---\n"xmailcfg": (patch|minor|major)\n---\n\n\S/.test(text);

  test.each(found)("%s says what is bumped and why", (name) => {
    expect(readFileSync(join(folder, name), "utf8")).toSatisfy(isChangeset);
  });

  test("one that a formatter turned into prose is reported", () => {
    expect('---\n\n## "xmailcfg": minor\n\nNews.\n').not.toSatisfy(isChangeset);
  });
});
