import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { kindOf } from "../../../src/log/files.ts";
import { parseLine } from "../../../src/log/line.ts";
import { LOG_COLUMNS, LOG_KINDS } from "../../../src/xmail/log-kinds.ts";
import { statusOf } from "../../../src/xmail/log-status.ts";

const FOLDER = fileURLToPath(new URL("../../fixtures/xmail/samples/logs/", import.meta.url));

test("there is a sample of each log", () => {
  expect(readdirSync(FOLDER).map(kindOf).sort()).toEqual([...LOG_KINDS].sort());
});

test.each(readdirSync(FOLDER))("%s: every line has its columns and a status that has words", (name) => {
  const kind = kindOf(name) ?? "smtp";
  const lines = readFileSync(`${FOLDER}${name}`, "latin1").split("\n").slice(0, -1);
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) {
    const { cells, broken } = parseLine(kind, Buffer.from(line, "latin1"));
    expect(broken, line).toBe(false);
    expect(statusOf(kind, cells), line).not.toBeNull();
    expect(cells.time ?? "").toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const full = LOG_COLUMNS[kind].length;
    expect(Object.keys(cells)).toHaveLength(cells.status === "ELOGIN" ? 7 : full);
  }
});

test("what people typed as their password is in no cell", () => {
  const typed = [
    "Adm1n-Secret",
    "8c72b11734c7ffc41b278c23f3e6531d",
    "frank-Pw1",
    "bdc9b7593839b042fad0b1830ff25a61",
  ];
  const all = readdirSync(FOLDER).flatMap((name) => {
    const lines = readFileSync(`${FOLDER}${name}`, "latin1").split("\n").slice(0, -1);
    return lines.map((line) =>
      JSON.stringify(parseLine(kindOf(name) ?? "smtp", Buffer.from(line, "latin1"))),
    );
  });
  const raw = readdirSync(FOLDER).map((name) => readFileSync(`${FOLDER}${name}`, "latin1"));
  for (const word of typed) {
    expect(
      raw.some((text) => text.includes(word)),
      word,
    ).toBe(true);
    expect(
      all.filter((text) => text.includes(word)),
      word,
    ).toEqual([]);
  }
});
