import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Attempt, Tries } from "../../src/kernel/tries.ts";
import { RULES, type TryCounts } from "../../src/state/tries/rules.ts";
import { triesOver } from "../../src/state/tries/tries-over.ts";
import { KEY } from "./tries-key.ts";

const START = Date.UTC(2026, 10, 30, 9);
const MINUTE = 60;
const { name, near, far, own, owns, all } = RULES;

/** Counts that nobody used yet. */
export type OpenCounts = () => Promise<TryCounts>;

/** Somebody nobody has seen before, from a network of his own. */
function strangerAt(at: number): Pick<Attempt, "address" | "device"> {
  return { address: `${1 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}.9`, device: null };
}

/** What every way of keeping counts must do; `many`: also what takes hundreds of tries. */
export function triesSuite(open: OpenCounts, many: "many" | "few"): void {
  let counts: TryCounts;
  let tries: Tries;
  beforeAll(async () => {
    counts = await open();
    tries = triesOver(counts, { key: async () => KEY });
  });
  afterAll(() => counts.close());

  /** Each test has an hour of its own, ten days after the one before: all that was counted is over. */
  let now = START;
  function nextTest(): void {
    now += 10 * 24 * 3_600_000;
  }
  const at = (seconds: number) => new Date(now + seconds * 1000);
  const begin = (attempt: Attempt, seconds = 0) => tries.begin(attempt, at(seconds));
  /** How many of `most` tries are let go on. */
  async function passed(most: number, attempt: (index: number) => Attempt): Promise<number> {
    let found = 0;
    for (let index = 0; index < most; index += 1) if ((await begin(attempt(index))).allowed) found += 1;
    return found;
  }

  test("five tries for a name, wherever they come from and however it is spelled", async () => {
    nextTest();
    const spelled = ["sato", "Sato", " SATO", "ｓａｔｏ"];
    const attempt = (index: number) => ({ name: spelled[index % 4] ?? "", ...strangerAt(index) });
    expect(await passed(12, attempt)).toBe(name.most);
    expect(await begin({ name: "sato", ...strangerAt(99) })).toEqual({
      allowed: false,
      retryAfterSeconds: name.everySeconds,
    });
    expect((await begin({ name: "suzuki", ...strangerAt(99) })).allowed).toBe(true);
  });

  test("the wait ends by itself, refused tries do not prolong it, and then one more goes on", async () => {
    nextTest();
    const attempt = { name: "sato", ...strangerAt(1) };
    await passed(5, () => attempt);
    for (const seconds of [1, 300, 899]) {
      expect(await begin(attempt, seconds)).toMatchObject({ retryAfterSeconds: name.everySeconds - seconds });
    }
    expect((await begin(attempt, 900)).allowed).toBe(true);
    expect((await begin(attempt, 900)).allowed).toBe(false);
  });

  test("who goes on for long waits for longer: an hour each", async () => {
    nextTest();
    let goneOn = 0;
    for (let minute = 0; minute < 24 * 60; minute += 5) {
      const begun = await begin({ name: "sato", ...strangerAt(minute) }, minute * MINUTE);
      if (begun.allowed) goneOn += 1;
    }
    expect(goneOn).toBeGreaterThan(23);
    expect(goneOn).toBeLessThanOrEqual(RULES.nameLong.most + 24);
  });

  test("a right password takes back its own try and no other", async () => {
    nextTest();
    const attempt = { name: "sato", ...strangerAt(1) };
    for (let round = 0; round < 30; round += 1) {
      const begun = await begin(attempt);
      expect(begun.allowed).toBe(true);
      if (begun.allowed) await begun.succeeded();
    }
    expect(await passed(4, () => attempt)).toBe(4);
    const right = await begin(attempt);
    if (right.allowed) await right.succeeded();
    expect(await passed(4, () => attempt)).toBe(1);
  });

  test("twenty at once: exactly five go on", async () => {
    nextTest();
    const begun = await Promise.all(
      Array.from({ length: 20 }, (_, index) => begin({ name: "sato", ...strangerAt(index) })),
    );
    expect(begun.filter(({ allowed }) => allowed)).toHaveLength(name.most);
  });

  test("a stranger who guesses does not keep out the owner at his own browser", async () => {
    nextTest();
    const stranger = { name: "sato", address: "203.0.113.9", device: null };
    await passed(200, () => stranger);
    // Even behind the same line.
    const owner = { ...stranger, device: "his browser" };
    expect(await passed(9, () => owner)).toBe(9);
    expect((await begin(stranger)).allowed).toBe(false);
    // The browser of one name is a stranger's for another.
    expect((await begin({ ...owner, name: "suzuki", device: null })).allowed).toBe(true);
  });

  test("a browser that used up its own tries has those of a stranger left", async () => {
    nextTest();
    const attempt = { name: "sato", ...strangerAt(1), device: "taken along" };
    expect(await passed(40, () => attempt)).toBe(own.most + name.most);
    expect(await begin(attempt)).toEqual({ allowed: false, retryAfterSeconds: own.everySeconds });
  });

  test("who collected many browsers of one name does not get many tries", async () => {
    nextTest();
    const attempt = (index: number) => ({ name: "sato", ...strangerAt(index), device: `browser ${index}` });
    expect(await passed(100, attempt)).toBe(owns.most + name.most);
  });

  test.each([
    ["an IPv4 address", ["198.51.100.7"], near.most],
    ["a /24 of IPv4", ["198.51.100.1", "198.51.100.2", "198.51.100.3", "198.51.100.4"], far.most],
    ["a /64 of IPv6", ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"], near.most],
    ["a /48 of IPv6", ["2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:1:4::", "2001:db8:1:5::"], far.most],
    ["IPv4 in IPv6", ["198.51.100.7", "::ffff:198.51.100.7"], near.most],
  ])("one password for many names, from %s", async (_, addresses, most) => {
    nextTest();
    const attempt = (index: number) => ({
      name: `name ${index}`,
      address: addresses[index % addresses.length] ?? "",
      device: null,
    });
    expect(await passed(100, attempt)).toBe(most);
    expect((await begin({ name: "sato", address: "192.0.2.1", device: null })).allowed).toBe(true);
  });

  test.each(["127.0.0.1", "::1", "::ffff:127.0.0.1", "", "unknown"])(
    "an address that says nothing (%s) keeps nobody out",
    async (address) => {
      nextTest();
      expect(await passed(100, (index) => ({ name: `name ${index}`, address, device: null }))).toBe(100);
      expect(await passed(9, () => ({ name: "sato", address, device: null }))).toBe(name.most);
    },
  );

  if (many === "few") return;

  test("one password for many names from many networks: each has three tries then, owners all of theirs", async () => {
    nextTest();
    await passed(all.most, (index) => ({ name: `name ${index}`, ...strangerAt(index) }));
    const from = (address: string) => (index: number) => ({ name: `other ${index}`, address, device: null });
    expect(await passed(20, from("192.0.2.1"))).toBe(near.alarmed);
    expect(await passed(20, from("192.0.2.2"))).toBe(near.alarmed);
    const owner = { name: "sato", address: "192.0.2.1", device: "his browser" };
    expect(await passed(9, () => owner)).toBe(9);
    expect(await passed(1, () => ({ ...owner, device: null }))).toBe(0);
  });

  test("right passwords raise no alarm", async () => {
    nextTest();
    for (let index = 0; index < all.most + 50; index += 1) {
      const begun = await begin({ name: `name ${index}`, ...strangerAt(index) });
      if (begun.allowed) await begun.succeeded();
    }
    expect(await passed(30, (index) => ({ name: `n ${index}`, address: "192.0.2.1", device: null }))).toBe(
      near.most,
    );
  });

  test("in no time at all does a name get more failed tries than its rules say", async () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 2_000 }),
      from: fc.integer({ min: 0, max: 3 }),
      right: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        nextTest();
        const failed: number[] = [];
        let seconds = 0;
        for (const { wait, from, right } of steps) {
          seconds += wait;
          const begun = await begin({ name: "sato", ...strangerAt(from) }, seconds);
          if (!begun.allowed) continue;
          if (right) await begun.succeeded();
          else failed.push(seconds);
        }
        for (const [index, since] of failed.entries()) {
          for (const [more, until] of failed.slice(index).entries()) {
            expect(more + 1).toBeLessThanOrEqual(name.most + (until - since) / name.everySeconds);
          }
        }
      }),
      { numRuns: 15 },
    );
  });
}
