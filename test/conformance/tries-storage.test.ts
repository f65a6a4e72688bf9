import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe } from "vitest";
import { countsOnStorage } from "../../src/state/tries/on-storage.ts";
import { local } from "../../src/storage/local.ts";
import { memory } from "../../src/storage/memory.ts";
import { triesSuite } from "./tries-suite.ts";

const folder = mkdtempSync(join(tmpdir(), "tries-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("in memory", () => triesSuite(async () => countsOnStorage(memory()), "many"));
describe("in a folder of this machine", () => triesSuite(async () => countsOnStorage(local(folder)), "few"));
