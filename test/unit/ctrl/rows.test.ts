import { expect, test } from "vitest";
import type { CtrlLine } from "../../../src/ctrl/line.ts";
import { eachRow } from "../../../src/ctrl/rows.ts";
import { encodeCommand } from "../../../src/ctrl/wire.ts";

/** A line that streams these batches and says when its reader left. */
function lineOf(batches: readonly (readonly string[])[]): {
  line: Pick<CtrlLine, "stream">;
  left(): boolean;
} {
  let left = false;
  async function* stream() {
    try {
      for (const batch of batches) {
        await new Promise((resolve) => setImmediate(resolve));
        yield batch;
      }
    } finally {
      left = true;
    }
  }
  return { line: { stream }, left: () => left };
}

const record = (index: number) => `"u${index}"`;
const command = () => encodeCommand("userlist");
const BATCHES = [[record(0), record(1)], [], [record(2)], [record(3), record(4)]];

test("gives every row once, also when asked for many at once", async () => {
  const { line, left } = lineOf(BATCHES);
  const rows = eachRow(line, command, 1, ([name]) => name ?? null);
  const asked = await Promise.all(Array.from({ length: 7 }, () => rows.next()));
  expect(asked.map(({ value }) => value)).toEqual(["u0", "u1", "u2", "u3", "u4", undefined, undefined]);
  expect(asked.map(({ done }) => done)).toEqual([false, false, false, false, false, true, true]);
  expect(left()).toBe(true);
});

test("leaves out what is read as null", async () => {
  const { line } = lineOf(BATCHES);
  const seen: string[] = [];
  for await (const name of eachRow(line, command, 1, ([one = ""]) => (one < "u2" ? null : one)))
    seen.push(name);
  expect(seen).toEqual(["u2", "u3", "u4"]);
});

test("leaves the list when its reader does", async () => {
  const { line, left } = lineOf(BATCHES);
  const rows = eachRow(line, command, 1, ([name]) => name ?? null);
  for await (const name of rows) if (name === "u2") break;
  expect(left()).toBe(true);
  expect(await rows.next()).toEqual({ done: true, value: undefined });
});

test("leaves the list when a record makes no sense, or the command none", async () => {
  const { line, left } = lineOf([[record(0), "nonsense"]]);
  const rows = eachRow(line, command, 1, ([name]) => name ?? null);
  expect((await rows.next()).value).toBe("u0");
  await expect(rows.next()).rejects.toMatchObject({ code: "XMAIL_PROTOCOL" });
  expect(left()).toBe(true);
  expect((await rows.next()).done).toBe(true);
  const never = eachRow(
    line,
    () => encodeCommand("userlist", [{ name: "domain", value: "é" }]),
    1,
    () => 1,
  );
  await expect(never.next()).rejects.toMatchObject({ code: "VALUE_NOT_SENDABLE" });
});
