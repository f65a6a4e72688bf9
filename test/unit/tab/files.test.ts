import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { problemsOf, Type } from "../../../src/kernel/schema.ts";
import { parseTable, textOf } from "../../../src/tab/codec.ts";
import { FILES } from "../../../src/tab/files.ts";
import { pathOf, recordOf, type TableFile } from "../../../src/tab/table-file.ts";

const SAMPLES = new URL("../../fixtures/xmail/samples/", import.meta.url);
const tables: readonly [string, TableFile][] = Object.entries(FILES);

/** The recorded files that a row of FILES speaks of. */
function samplesOf(file: TableFile): URL[] {
  const shape = new RegExp(`^(?:tabs|filters|psync|mailboxes/maildir)/${asPattern(file.path)}$`);
  return readdirSync(SAMPLES, { recursive: true, encoding: "utf8" })
    .map((name) => name.replace("mailboxes/maildir/", "mailboxes/maildir/domains/"))
    .filter((name) => shape.test(name))
    .map((name) => new URL(name.replace("maildir/domains/", "maildir/"), SAMPLES));
}

function asPattern(path: string): string {
  return path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]*");
}

function schemaOf(file: TableFile) {
  const columns = file.more === undefined ? file.columns : { ...file.columns, more: Type.Array(file.more) };
  const needed = Object.keys(file.columns);
  return {
    ...Type.Partial(Type.Object(columns)),
    required: needed.filter((name) => !isOptional(file, name)),
    additionalProperties: false,
  };
}

function isOptional(file: TableFile, column: string): boolean {
  return !Type.Object(file.columns).required.includes(column);
}

describe("FILES", () => {
  test("every row XMail wrote fits the columns of its table", () => {
    let rows = 0;
    const seen = new Set<string>();
    for (const [key, file] of tables) {
      for (const sample of samplesOf(file)) {
        for (const row of parseTable(readFileSync(sample), file).rows) {
          const record = recordOf(file, row.cells.map(textOf));
          const problems = problemsOf(schemaOf(file), {
            ...record,
            ...(record.more ? { more: record.more } : {}),
          });
          expect(problems, `${sample.pathname}: ${row.raw}`).toEqual([]);
          rows += 1;
          seen.add(key);
        }
      }
    }
    expect(rows).toBeGreaterThan(130);
    expect([...seen].length).toBeGreaterThan(25);
  });

  test("a row that XMail would ignore or misread does not fit", () => {
    const bad = recordOf(FILES.accounts, ["example.com", "bob", "zz", "0", "bob", "X"]);
    const fields = problemsOf(schemaOf(FILES.accounts), bad).map((problem) => problem.field);
    expect(fields).toEqual(["password", "id", "kind"]);
    expect(
      problemsOf(schemaOf(FILES.ctrlIpMap), recordOf(FILES.ctrlIpMap, ["::/0", "-", "ALLOW"])),
    ).toHaveLength(1);
  });

  test("the indexed tables are those XMail made an index for", () => {
    const indexes = tables.flatMap(([, file]) => file.index ?? []);
    expect(indexes.toSorted()).toEqual(readdirSync(new URL("tabindex/", SAMPLES)).toSorted());
    for (const [key, file] of tables) expect(file.readAgain === "index", key).toBe(file.index !== undefined);
  });

  test("no file is named twice, and what is needed is said", () => {
    expect(new Set(tables.map(([, file]) => file.path)).size).toBe(tables.length);
    for (const [key, file] of tables) expect(file.empty, key).not.toBe("");
  });

  test("the tables in MailRoot of a working server are all known", () => {
    const names = readdirSync(new URL("tabs/", SAMPLES)).filter((name) => name.endsWith(".tab"));
    expect(names.filter((name) => !tables.some(([, file]) => file.path === name))).toEqual([]);
    expect(names.length).toBeGreaterThan(20);
  });
});

describe("pathOf", () => {
  test("fills in the blanks; domain folders are lower case, account folders are not", () => {
    const path = pathOf(FILES.variables, { domain: "Example.COM", directory: "Carol" });
    expect(path).toBe("domains/example.com/Carol/user.tab");
    expect(pathOf(FILES.customDomain, { domain: ".Example.com" })).toBe("custdomains/.example.com.tab");
    expect(pathOf(FILES.domains, {})).toBe("domains.tab");
  });

  test.each(["", "..", "../../x", "/etc"])("refuses the folder %j", (directory) => {
    expect(() => pathOf(FILES.variables, { domain: "example.com", directory })).toThrow(
      expect.objectContaining({ code: "STORAGE_PATH" }),
    );
  });
});

test("the samples are there", () => {
  expect(existsSync(new URL("tabs/mailusers.tab", SAMPLES))).toBe(true);
});
