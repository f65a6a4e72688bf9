import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAppError } from "../../../../src/errors/error.ts";
import { dialectsFrom } from "../../../../src/storage/smb/dialects.ts";
import { entriesIn } from "../../../../src/storage/smb/entries.ts";
import { headerOf, messagesIn } from "../../../../src/storage/smb/messages.ts";
import { agreementOf, negotiateRequest, newOffer } from "../../../../src/storage/smb/negotiate.ts";
import { challengeOf } from "../../../../src/storage/smb/ntlm.ts";
import { bytesRead, openedBy } from "../../../../src/storage/smb/requests.ts";
import { SIGNING } from "../../../../src/storage/smb/signing.ts";
import { tokenIn } from "../../../../src/storage/smb/spnego.ts";
import { fields, milliseconds, ticks, utf16 } from "../../../../src/storage/smb/wire.ts";

const OFFER = newOffer(dialectsFrom("2.0.2", false), true);
const of = (message: Buffer) => ({ status: 0, message });

const PARSERS: Readonly<Record<string, (bytes: Buffer) => unknown>> = {
  headerOf,
  messagesIn: (bytes) => [...messagesIn(bytes)],
  agreementOf: (bytes) => agreementOf(bytes, OFFER),
  challengeOf,
  tokenIn,
  openedBy: (bytes) => openedBy(of(bytes)),
  bytesRead: (bytes) => bytesRead(of(bytes), 1_000),
  entriesIn: (bytes) => entriesIn(of(bytes)),
};

/** Bytes that look right for a while: small numbers, largest numbers, and some of both. */
const BYTES = fc
  .array(fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 0x40, 0x80, 0xff)), { maxLength: 400 })
  .map((bytes) => Buffer.from(bytes));

describe.each(Object.entries(PARSERS))("%s", (_, parse) => {
  test("reads any bytes to an end, or refuses them", () => {
    fc.assert(
      fc.property(BYTES, (bytes) => {
        try {
          parse(bytes);
        } catch (error) {
          expect(isAppError(error) && error.code).toBe("STORAGE_FAILED");
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe("an answer to what we offer", () => {
  const context = (type: number, ...numbers: number[]) => {
    const data = Buffer.concat(numbers.map((number) => fields(2, [0, 2, number])));
    const bytes = Buffer.concat([fields(8, [0, 2, type], [2, 2, data.length]), data]);
    return Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
  };
  function answer(dialect: number, ...contexts: Buffer[]): Buffer {
    const fixed = fields(
      136,
      ...([
        [66, 2, 3],
        [68, 2, dialect],
        [70, 2, contexts.length],
        [88, 4, 0x44],
        [92, 4, 8_388_608],
        [96, 4, 8_388_608],
        [100, 4, 8_388_608],
        [104, 8, ticks(1_700_000_000_123)],
        [124, 4, 136],
      ] as const),
    );
    return Buffer.concat([fixed, ...contexts]);
  }
  const preauth = context(1, 1, 32, 1, ...new Array<number>(16).fill(7));

  test("is read by its dialect", () => {
    const agree = (...of: Parameters<typeof answer>) => agreementOf(answer(...of), OFFER);
    expect(agree(0x202)).toMatchObject({ cipher: null, signing: SIGNING.hmacSha256, maxRead: 65_536 });
    expect(agree(0x210)).toMatchObject({ cipher: null, signingRequired: true, maxRead: 1_048_576 });
    expect(agree(0x302)).toMatchObject({
      cipher: 1,
      signing: SIGNING.aesCmac,
      serverTimeMs: 1_700_000_000_123,
    });
    expect(agree(0x311, preauth)).toMatchObject({ cipher: null, signing: SIGNING.aesCmac });
    expect(agree(0x311, preauth, context(2, 1, 4), context(8, 1, 2))).toMatchObject({
      cipher: 4,
      signing: SIGNING.aesGmac,
    });
  });

  test.each<[string, Buffer]>([
    ["a dialect nobody offered", answer(0x2ff)],
    ["3.1.1 without a hash", answer(0x311)],
    ["another hash", answer(0x311, context(1, 1, 0, 2))],
    ["another cipher", answer(0x311, preauth, context(2, 1, 9))],
    ["another signature", answer(0x311, preauth, context(8, 1, 3))],
    ["contexts beyond the end", answer(0x311, preauth).subarray(0, 150)],
    ["no bytes at a time", answer(0x210).fill(0, 96, 100)],
  ])("%s is refused", (_, message) => {
    expect(() => agreementOf(message, OFFER)).toThrow(expect.objectContaining({ code: "STORAGE_FAILED" }));
  });

  test("what is too old is not offered", () => {
    const codes = (oldest: "2.0.2" | "3.0.2", encrypted: boolean) => {
      const request = negotiateRequest(newOffer(dialectsFrom(oldest, encrypted), true), "host");
      return Array.from({ length: request.readUInt16LE(2) }, (_, index) =>
        request.readUInt16LE(36 + 2 * index),
      );
    };
    expect(codes("2.0.2", false)).toEqual([0x202, 0x210, 0x300, 0x302, 0x311]);
    expect(codes("2.0.2", true)).toEqual([0x300, 0x302, 0x311]);
    expect(codes("3.0.2", false)).toEqual([0x302, 0x311]);
  });
});

describe("a listing", () => {
  const line = (name: string, next: number, attributes = 0x20, tag = 0) => {
    const text = utf16(name);
    const fixed = fields(
      80,
      [0, 4, next],
      [40, 8, 5],
      [56, 4, attributes],
      [60, 4, text.length],
      [64, 4, tag],
    );
    return Buffer.concat([fixed, text, Buffer.alloc(Math.max(0, next - 80 - text.length))]);
  };
  const reply = (...lines: Buffer[]) => {
    const block = Buffer.concat(lines);
    return of(Buffer.concat([fields(72, [66, 2, 72], [68, 4, block.length]), block]));
  };

  test("tells files, folders and links that lead elsewhere", () => {
    const lines = [
      line("a", 88),
      line("日本", 88, 0x10),
      line("junction", 104, 0x410, 0xa0000003),
      line("deduplicated", 0, 0x420, 0x80000013),
    ];
    expect(entriesIn(reply(...lines)).map(({ name, isFolder, isLink }) => [name, isFolder, isLink])).toEqual([
      ["a", false, false],
      ["日本", true, false],
      ["junction", true, true],
      ["deduplicated", false, false],
    ]);
  });

  test("that goes in circles is refused", () => {
    for (const next of [1, 8, 79]) expect(() => entriesIn(reply(line("a", next)))).toThrow();
  });
});

test("times of Windows are kept to the microsecond", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.nat(999), (ms, micro) => {
      expect(milliseconds(ticks(ms + micro / 1000))).toBe((ms * 1000 + micro) / 1000);
    }),
  );
});
