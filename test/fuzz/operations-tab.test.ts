import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defineOperation } from "../../src/kernel/operation.ts";
import { Type } from "../../src/kernel/schema.ts";
import { SERVER } from "../../src/kernel/target.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { openTabBackend } from "../../src/tab/backend.ts";
import type { Json } from "../support/good-inputs.ts";
import { littleWorld } from "../support/little-world.ts";
import { type Bytes, copyOf, everything } from "../support/whole-storage.ts";
import { callOn } from "../table/call.ts";
import { generatedTexts } from "./generated-text.ts";
import { type Found, type Ground, hostileRun } from "./hostile-run.ts";
import { HOSTILE, placesOf } from "./hostile-text.ts";

/** What xmailcfg itself keeps has a suite of its own: `operations-ours.test.ts`. */
const WITH_TEXT = ALL_OPERATIONS.filter(({ input, ofOurs }) => !ofOurs && placesOf(input as Json).length > 0);
/** On a machine that does other things too. */
const SLOW = 60_000;

let world: Bytes;
const found: Found = { stored: new Set(), readBack: new Set(), idle: [] };

async function open(): Promise<Ground> {
  const storage = await copyOf(world);
  return {
    call: callOn(await openTabBackend({ storage })),
    bytes: await everything(storage),
    now: () => everything(storage),
    close: async () => undefined,
  };
}
const TEXTS = (where: string) => [...HOSTILE, ...generatedTexts(where)];
const run = hostileRun(ALL_OPERATIONS, open, TEXTS, found);

beforeAll(async () => {
  world = await littleWorld(ALL_OPERATIONS);
}, SLOW);
afterAll(() => run.leave());

test.each(WITH_TEXT.map((operation) => [operation.name, operation] as const))(
  "%s splits no row, stores what reads back, and changes nothing when it refuses",
  { timeout: SLOW },
  (_, operation) => run.one(operation),
);

test("that proves something: texts were stored and read back, and few operations found nothing to do", () => {
  expect(found.stored.size).toBeGreaterThan(100);
  expect([...found.stored].filter((place) => / csv /.test(place)).length).toBeGreaterThan(3);
  expect(found.readBack.size).toBeGreaterThan(60);
  // Groups, logs and the queue stand in no table: what is done to them finds nothing in this little world.
  const ofTables = found.idle.filter((name) => !/^(?:group\w*|log|spool|queue|message)\./.test(name));
  expect(ofTables.length).toBeLessThan(ALL_OPERATIONS.length / 10);
});

describe("a planted fault is reported", () => {
  /** An operation that writes a file with what it is given, before or after it refuses. */
  const planted = (line: (text: string) => string) =>
    defineOperation({
      name: "planted.set",
      summary: "Write a line",
      effect: "write",
      input: Type.Object({ text: Type.String({ maxLength: 100 }) }, { additionalProperties: false }),
      output: Type.Object({}, { additionalProperties: false }),
      errors: [],
      http: null,
      target: () => SERVER,
      async handler({ xmail }, { text }) {
        await xmail.files.edit("smtprelay.tab", () => Buffer.from(line(text), "utf8"));
        return {};
      },
    });

  const reported = async (line: (text: string) => string) => {
    const { one, leave } = hostileRun([planted(line)], open, TEXTS, { ...found, stored: new Set() });
    try {
      await one(planted(line));
      return "nothing";
    } catch (error) {
      return `${error} ${JSON.stringify((error as { actual?: unknown }).actual)}`;
    } finally {
      await leave();
    }
  };

  test.each<[fault: string, line: (text: string) => string, says: RegExp]>([
    ["text is written as it comes", (text) => `"${text}"\n`, /lines instead of/],
    [
      "line ends are taken out, TABs not",
      (text) => `"${text.replace(/[\r\n\0"]/g, "")}"\n`,
      /cells instead of/,
    ],
    ["quotes are not", (text) => `"${text.replace(/[\r\n\t\0\v]/g, "")}"\n`, /quotes do not match/],
    ["NUL is not", (text) => `"${text.replace(/[\r\n\t\v"\\]/g, "")}"\n`, /NUL or CR/],
    [
      "another line changes",
      (text) => `${/'/.test(text) ? "# x" : "# y"}\n"${text.replace(/[^a-z]/g, "")}"\n`,
      /# y/,
    ],
  ])("%s", async (_, line, says) => {
    expect(await reported(line)).toMatch(says);
  });
});
