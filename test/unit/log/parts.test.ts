import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { type Lines, wholeLines } from "../../../src/log/chunks.ts";
import { openTables, type Tables } from "../../../src/log/counts.ts";
import { countParsedLines } from "../../../src/log/parsed-count.ts";
import { type CountElsewhere, countPart } from "../../../src/log/part.ts";
import { countSmtpLines } from "../../../src/log/smtp-count.ts";
import { logStoreOver } from "../../../src/log/store.ts";
import { countInThread } from "../../../src/log-threads.ts";
import { local } from "../../../src/storage/local.ts";
import { readOpened } from "../../../src/storage/local-open.ts";
import { LOG_GROUPS, LOG_PAIRS } from "../../../src/xmail/logs.ts";
import { stormLog } from "../../support/log-storm.ts";

const top = mkdtempSync(join(tmpdir(), "log-parts-"));
afterAll(() => rmSync(top, { recursive: true }));

const ALL = [...LOG_GROUPS, ...LOG_PAIRS];
let count = 0;

function rootWith(...logs: readonly Buffer[]): string {
  const root = join(top, String(count++));
  mkdirSync(join(root, "logs"), { recursive: true });
  for (const [i, log] of logs.entries()) writeFileSync(join(root, "logs", `smtp-2026112400${10 + i}`), log);
  return root;
}

/** The same as in a thread, without its start. */
const here: CountElsewhere = (part, read) =>
  countPart(
    part,
    (descriptor) => ({ read: (into, position) => readOpened(descriptor, into, position) }),
    read,
  );

const tallied = (
  root: string,
  threads: number,
  elsewhere: CountElsewhere = here,
  groups: readonly (typeof ALL)[number][] = ALL,
) =>
  logStoreOver(local(root), { elsewhere, threads, threadsFrom: 0 }).tally({
    kind: "smtp",
    groups,
    until: "2026-11-24 20",
  });

const line = (...cells: readonly string[]) => cells.map((cell) => `"${cell}"`).join("\t");

const cell = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("", "a@b.example", "A@B.example", "192.0.2.1", "RECV=OK", "77", "é"),
  },
  fc.constantFrom(
    '"',
    "\t",
    '"\t"',
    '"\t"\t"',
    "\xff\xfe",
    "\xe9\xe9",
    "x".repeat(70_000),
    "\r",
    "\0\x01\x0b",
  ),
);
const mail = fc
  .record({
    helo: cell,
    sender: cell,
    status: fc.constantFrom("RECV=OK", "RCPT=OK", "AUTH=EFAIL:TYPE=PLAIN", "SMTP=ESSL"),
    user: cell,
    size: fc.constantFrom("0", "23", "", "many"),
    time: fc.constantFrom("2026-11-24 08:00:00", "2026-11-24 21:00:00", "soon"),
    more: fc.constantFrom<string[]>([], ["one more"]),
  })
  .map(({ helo, sender, status, user, size, time, more }) =>
    line(
      "mx",
      "d",
      "192.0.2.1",
      time,
      helo,
      "b.example",
      sender,
      "r@b.example",
      "S1",
      status,
      user,
      size,
      "",
      ...more,
    ),
  );
const log = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 5, arbitrary: mail },
        fc.array(cell, { maxLength: 16 }).map((cells) => line(...cells)),
        cell,
      ),
      fc.constantFrom("\n", "\n", "\r\n", "\n\n"),
    ),
    { maxLength: 25 },
  )
  .chain((lines) => {
    const bytes = Buffer.from(lines.flat().join(""), "latin1");
    // The last line may be still written.
    return fc.nat({ max: Math.min(40, bytes.length) }).map((less) => bytes.subarray(0, bytes.length - less));
  });

describe("counting in parts", () => {
  test("gives the same in one, two and three, whatever stands in the logs", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(log, { minLength: 1, maxLength: 3 }), async (logs) => {
        const root = rootWith(...logs);
        const whole = await tallied(root, 1);
        expect(await tallied(root, 2)).toEqual(whole);
        expect(await tallied(root, 3)).toEqual(whole);
        rmSync(root, { recursive: true });
      }),
      { numRuns: 150 },
    );
  });

  test("gives what counting each line as text gives", async () => {
    await fc.assert(
      fc.asyncProperty(log, async (bytes) => {
        const utf8 = Buffer.from(bytes.toString("latin1").replace(/[\x80-\xff]/g, "é"));
        const counted = await Promise.all(
          [countSmtpLines, countParsedLines].map(async (counting) => {
            const tables = openTables(ALL);
            await counts(utf8, counting(tables, { kind: "smtp", groups: ALL, since: "2026-11-24 07" }));
            return plain(tables);
          }),
        );
        expect(counted[0]).toEqual(counted[1]);
      }),
      { numRuns: 150 },
    );
  });

  test("gives the same where keys are too many to be told apart", async () => {
    const of = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) =>
        line(
          "m",
          "d",
          "192.0.2.1",
          "2026-11-24 08:00:00",
          "h",
          "",
          `s${(from + i) % 140_000}@y`,
          "",
          "",
          "RECV=OK",
          "",
          "1",
          "",
        ),
      );
    const log = Buffer.from(`${[...of(0, 60_000), ...of(0, 150_000), ...of(0, 20_000)].join("\n")}\n`);
    const root = rootWith(log);
    const whole = await tallied(root, 1, here, ["sender"]);
    expect(whole.cut).toEqual(["sender"]);
    for (const parts of [2, 3]) expect(await tallied(root, parts, here, ["sender"])).toEqual(whole);
  });

  test("takes all lines into one part where no end of a line is near", async () => {
    const root = rootWith(Buffer.alloc(400_000, "x"), stormLog({ seed: 3, bytes: 20_000 }));
    expect(await tallied(root, 3)).toEqual(await tallied(root, 1));
  });
});

describe("threads", () => {
  const storm = rootWith(
    stormLog({ seed: 1, bytes: 3_000_000 }),
    Buffer.from("half a li"),
    stormLog({ seed: 2, bytes: 1_000_000 }),
  );

  test("count what one thread counts, and tell how far they are", async () => {
    const told: number[] = [];
    const store = logStoreOver(local(storm), { elsewhere: countInThread, threadsFrom: 0 });
    const request = { kind: "smtp", groups: ALL } as const;
    const there = await store.tally(request, { progress: (done) => told.push(done) });
    expect(there).toEqual(await logStoreOver(local(storm)).tally(request));
    expect(there.total.lines).toBeGreaterThan(10_000);
    expect(told.at(-1)).toBeGreaterThan(3_900_000);
  });

  test("that break are done without: the sums are the same", async () => {
    const broken: CountElsewhere = (part, read, signal) =>
      countInThread(
        { ...part, pieces: [...part.pieces, { descriptor: 987_654, from: 0, to: 10 }] },
        read,
        signal,
      );
    await expect(
      broken({ request: { kind: "smtp", groups: [] }, pieces: [] }, () => undefined, undefined),
    ).rejects.toThrow("EBADF");
    expect(await tallied(storm, 2, broken)).toEqual(await tallied(storm, 1));
  });

  test("have ended when the caller gave up", async () => {
    // Linux tells them; elsewhere the refusal alone is seen.
    const threads = () => (existsSync("/proc/self/task") ? readdirSync("/proc/self/task").length : 0);
    await countInThread({ request: { kind: "smtp", groups: [] }, pieces: [] }, () => undefined, undefined);
    const before = threads();
    const stop = new AbortController();
    const store = logStoreOver(local(storm), { elsewhere: countInThread, threadsFrom: 0 });
    const given = store.tally(
      { kind: "smtp", groups: ALL },
      { signal: stop.signal, progress: () => stop.abort(new Error("enough")) },
    );
    await expect(given).rejects.toThrow("enough");
    expect(threads()).toBeLessThanOrEqual(before);
  });
});

async function counts(bytes: Buffer, count: (lines: Lines) => void): Promise<void> {
  const source = {
    read: (into: Uint8Array, at: number) => bytes.copy(into, 0, at, Math.min(at + into.length, bytes.length)),
  };
  for await (const lines of wholeLines(source, { from: 0, to: bytes.length })) count(lines);
}

function plain({ groups, total, broken }: Tables): object {
  return {
    total,
    broken,
    groups: Object.entries(groups).map(([group, counted]) => [
      group,
      counted.list().filter(({ key }) => key !== ""),
    ]),
  };
}
