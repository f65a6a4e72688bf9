import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addressText,
  type IpAddress,
  readAddress,
  typedAddress,
} from "../../../../src/settings/ip/address.ts";
import { coverageOf, covers } from "../../../../src/settings/ip/coverage.ts";
import { type IpRange, rangeMatches, rangeText, readRange } from "../../../../src/settings/ip/range.ts";
import { typedRange } from "../../../../src/settings/ip/typed-range.ts";

function peer(text: string): IpAddress {
  const address = readAddress(text);
  if (!address) throw new Error(text);
  return address;
}

function range(text: string, mask: string | null = null): IpRange {
  const read = readRange(text, mask);
  if (!read) throw new Error(`${text} ${mask}`);
  return read;
}

describe("what stands in XMail's files", () => {
  test.each([
    ["0.0.0.0", "0.0.0.0", "192.0.2.1", true],
    ["0.0.0.0", "0.0.0.0", "2001:db8::1", false],
    // ::1 has zeros where XMail looks for IPv4 inside IPv6.
    ["0.0.0.0", "0.0.0.0", "::1", true],
    ["::/0", "-", "192.0.2.1", true],
    ["::/0", "-", "2001:db8::1", true],
    ["1::/0", "-", "192.0.2.1", false],
    ["1::/0", "-", "2001:db8::1", true],
    ["192.0.2.0/24", "-", "::ffff:192.0.2.9", true],
    ["::ffff:192.0.2.0/120", "-", "192.0.2.9", true],
    ["::ffff:192.0.2.0/120", "-", "192.0.3.9", false],
    ["10.0.0.7", "255.0.255.0", "10.99.0.3", true],
    ["10.0.0.7", "255.0.255.0", "10.99.1.3", false],
    ["10.0.0.0/", "-", "192.0.2.1", true],
    ["10.0.0.0/-5", "-", "192.0.2.1", true],
    ["10.0.0.1/99", "-", "10.0.0.1", true],
    ["10.0.0.1/99", "-", "10.0.0.2", false],
    ["010.0.0.1/32", "-", "8.0.0.1", true],
    ["10.1/32", "-", "10.0.0.1", true],
  ])("%s %s, asked by %s: %s", (text, mask, from, matches) => {
    expect(rangeMatches(range(text, mask), peer(from))).toBe(matches);
  });

  test.each([
    ["192.0.2.1", null],
    ["192.0.2.1", "mask"],
    ["2001:db8::", "ffff:ffff::"],
    ["192.0.2.1", "ffff::"],
    ["mail.example.com/32", null],
    ["mail.example.com", "255.255.255.255"],
    ["/24", null],
    ["fe80::1%eth0/64", null],
    ["", ""],
  ])("%s %s says nothing to us", (text, mask) => {
    expect(readRange(text, mask)).toBeNull();
  });

  test("matching is as if all were written in bits", () => {
    fc.assert(
      fc.property(ranges(), addresses(), (one, from) => {
        expect(rangeMatches(one, from)).toBe(naively(one, from));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("what people type", () => {
  test.each([
    ["192.0.2.7", "192.0.2.7/32"],
    [" 192.0.2.7/24 ", "192.0.2.0/24"],
    ["192.0.2.7 255.255.255.0", "192.0.2.0/24"],
    ["192.0.2.7/255.255.0.0", "192.0.0.0/16"],
    ["１９２.０.２.７／２４", "192.0.2.0/24"],
    ["2001:DB8:0:0::7", "2001:db8::7/128"],
    ["[2001:db8::7]/32", "2001:db8::/32"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["::/0", "::/0"],
    ["::ffff:192.0.2.7/120", "::ffff:192.0.2.0/120"],
  ])("%s is %s", (text, shown) => {
    const typed = typedRange(text);
    expect(typeof typed === "string" ? typed : rangeText(typed)).toBe(shown);
  });

  test.each([
    ["192.0.2.1-192.0.2.9", "ip-from-to"],
    ["192.0.2.10-20", "ip-from-to"],
    ["192.0.2.0/33", "ip-bits"],
    ["2001:db8::/129", "ip-bits"],
    ["2001:db8::/255.255.0.0", "ip-bits"],
    ["192.0.2.0/0.0.0.255", "ip-mask"],
    ["192.0.2.0/255.0.255.0", "ip-mask"],
    ["192.0.2.0/ffff::", "ip-mask"],
    ["mail.example.com", "ip-name"],
    ["010.0.0.1", "ip-range"],
    ["10.1", "ip-range"],
    ["192.0.2", "ip-range"],
    ["192.0.2.256", "ip-range"],
    ["fe80::1%eth0", "ip-range"],
    ["192.0.2.0/24 extra", "ip-range"],
    ["", "ip-range"],
  ])("%s is refused by %s", (text, rule) => {
    expect(typedRange(text)).toBe(rule);
  });

  test("a range that is shown can be typed, and means the same to XMail", () => {
    fc.assert(
      fc.property(ranges(true), addresses(), (one, from) => {
        const text = rangeText(one);
        const again = range(text);
        expect(rangeText(again)).toBe(text);
        expect(rangeMatches(again, from)).toBe(rangeMatches(one, from));
      }),
      { numRuns: 1000 },
    );
  });

  test("addresses have one spelling", () => {
    for (const text of [
      "192.0.2.1",
      "2001:db8::1",
      "::",
      "::1",
      "::ffff:192.0.2.1",
      "2001:db8:0:1:1:1:1:1",
    ]) {
      expect(addressText(peer(text))).toBe(text);
      expect(typedAddress(text)).toEqual(peer(text));
    }
  });
});

describe("covered rules", () => {
  const of = (...texts: string[]) => coverageOf(texts.map((text) => range(text)));

  test("say by which other one, and which are exceptions of which", () => {
    expect(
      of("192.0.2.0/24", "192.0.0.0/16", "192.0.2.7/32", "::/0", "198.51.100.0/24", "2001:db8::/32"),
    ).toEqual([
      { coveredBy: null, exceptions: [] },
      { coveredBy: null, exceptions: [0] },
      { coveredBy: 0, exceptions: [] },
      { coveredBy: null, exceptions: [0, 1, 2] },
      { coveredBy: 3, exceptions: [] },
      { coveredBy: 3, exceptions: [] },
    ]);
    expect(of("0.0.0.0/0", "2001:db8::/32", "::1/128")).toEqual([
      { coveredBy: null, exceptions: [] },
      { coveredBy: null, exceptions: [] },
      { coveredBy: 0, exceptions: [] },
    ]);
    expect(of("10.0.0.0/8", "10.0.0.0/8").map(({ coveredBy }) => coveredBy)).toEqual([null, 0]);
  });

  test("are those whose every address is taken before them", () => {
    fc.assert(
      fc.property(
        fc.array(ranges(), { maxLength: 12 }),
        fc.array(addresses(), { maxLength: 20 }),
        (all, peers) => {
          coverageOf(all).forEach(({ coveredBy, exceptions }, at) => {
            const own = all[at] as IpRange;
            const first = all.findIndex((other, k) => k < at && covers(other, own));
            expect(coveredBy).toBe(first < 0 ? null : first);
            expect(exceptions).toEqual(all.flatMap((other, k) => (k < at && covers(own, other) ? [k] : [])));
            const coverer = coveredBy === null ? null : (all[coveredBy] as IpRange);
            for (const from of coverer ? peers : []) {
              if (naively(own, from)) expect(coverer && naively(coverer, from)).toBe(true);
            }
          });
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("of 20,000 addresses are found at once", () => {
    const many = Array.from({ length: 20_000 }, (_, at) =>
      range(`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}/32`),
    );
    const before = process.cpuUsage().user;
    expect(
      coverageOf([range("10.0.0.0/17"), ...many]).filter(({ coveredBy }) => coveredBy === 0),
    ).toHaveLength(20_000);
    expect(process.cpuUsage(undefined).user - before).toBeLessThan(20_000_000);
  });
});

/** The same question, answered on text of ones and zeros. */
function naively({ address, mask }: IpRange, from: IpAddress): boolean {
  const bits = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const compatible = (text: string) => /^0{80}(?:0{16}|1{16})/.test(text);
  let [own, ask, by] = [bits(address), bits(from), bits(mask)];
  if (own.length > ask.length) {
    if (!compatible(own)) return false;
    own = own.slice(96);
    by = by.slice(96);
  } else if (own.length < ask.length) {
    if (!compatible(ask)) return false;
    ask = ask.slice(96);
  }
  return [...own].every((bit, at) => by[at] === "0" || bit === ask[at]);
}

function addresses(): fc.Arbitrary<IpAddress> {
  const byte = fc.constantFrom(0, 1, 10, 192, 255);
  const tuple = (bytes: number) => fc.array(byte, { minLength: bytes, maxLength: bytes });
  const mapped = tuple(4).chain((four) =>
    fc.constantFrom(0, 255).map((b) => [...Array(10).fill(0), b, b, ...four]),
  );
  return fc.oneof(tuple(4), tuple(16), mapped);
}

function ranges(contiguous = false): fc.Arbitrary<IpRange> {
  return addresses().chain((address) => {
    const bits = fc.integer({ min: 0, max: address.length * 8 });
    const straight = bits.map((n) =>
      address.map((_, at) => (0xff << (8 - Math.min(Math.max(n - 8 * at, 0), 8))) & 0xff),
    );
    const holes = fc.array(fc.constantFrom(0, 15, 255), {
      minLength: address.length,
      maxLength: address.length,
    });
    return (contiguous ? straight : fc.oneof(straight, holes)).map((mask) => ({ address, mask }));
  });
}
