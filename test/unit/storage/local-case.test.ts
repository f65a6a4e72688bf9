import { linkSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { local } from "../../../src/storage/local.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "case-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const usual = !["darwin", "win32"].includes(process.platform);

test("nothing to look at: what is usual on this system", () => {
  expect(local(root).can.caseSensitive).toBe(usual);
  expect(local(join(root, "missing")).can.caseSensitive).toBe(usual);
  writeFileSync(join(root, "123"), "");
  expect(local(root).can.caseSensitive).toBe(usual);
});

test("a file that is also found with its letters turned: one name", () => {
  writeFileSync(join(root, "Name"), "");
  expect(local(root).can.caseSensitive).toBe(usual);
  // What a disk without case shows: both names lead to one file.
  if (usual) linkSync(join(root, "Name"), join(root, "nAME"));
  expect(local(root).can.caseSensitive).toBe(false);
});
