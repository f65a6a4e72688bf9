import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseTable, serializeTable } from "../../../src/tab/codec.ts";

const ROOT = new URL("../../fixtures/xmail/", import.meta.url);

const files = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`);

test("there are fixtures, tables among them", () => {
  expect(files.length).toBeGreaterThan(150);
  expect(files.filter((file) => file.endsWith(".tab")).length).toBeGreaterThan(50);
});

test.each([
  { comments: true, lineBuffer: 512 },
  { comments: false, lineBuffer: 2048 },
])("every recorded file, table or not, comes out as it went in (%j)", (format) => {
  for (const file of files) {
    const bytes = readFileSync(file);
    expect(bytes.equals(serializeTable(parseTable(bytes, format))), file).toBe(true);
  }
});

test("no line of the recorded tables is left unread", () => {
  const tables = files.filter((file) => file.includes("/samples/tabs/") && file.endsWith(".tab"));
  expect(tables.length).toBeGreaterThan(20);
  for (const file of tables) {
    const bytes = readFileSync(file);
    const lines = bytes
      .toString("latin1")
      .split("\n")
      .filter((line) => line.trim() !== "" && !line.startsWith("#"));
    const table = parseTable(bytes, { comments: true, lineBuffer: 2048 });
    expect(table.rows.length, file).toBe(lines.length);
  }
});
