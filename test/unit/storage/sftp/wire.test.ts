import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packetCutter } from "../../../../src/storage/sftp/packets.ts";
import { decode, encode, TYPE } from "../../../../src/storage/sftp/wire.ts";

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
const text = (bytes: Buffer | string) => Buffer.concat([u32(Buffer.from(bytes).length), Buffer.from(bytes)]);
const answer = (type: number, ...parts: Buffer[]) => Buffer.concat([Buffer.from([type]), u32(7), ...parts]);

describe("packets of SFTP", () => {
  test("a request is what the draft says, byte by byte", () => {
    expect(encode(TYPE.OPEN, 258, ["/é", 26, { mode: 0o600 }]).toString("hex")).toBe(
      ["00000018", "03", "00000102", "00000002", "2fe9", "0000001a", "00000004", "00000180"]
        .join("")
        .replace("00000018", "00000017"),
    );
    expect(encode(TYPE.SETSTAT, 1, ["a", { uid: 1, gid: 2 }]).toString("hex")).toBe(
      "00000016090000000100000001610000000200000001" + "00000002",
    );
    expect(encode(TYPE.READ, 1, ["h", 2n ** 40n, 9]).toString("hex")).toBe(
      "0000001605000000010000000168" + "0000010000000000" + "00000009",
    );
    // The bytes of a WRITE come after it, but are counted.
    expect(encode(TYPE.WRITE, 1, ["h", 0n], Buffer.alloc(10)).toString("hex")).toBe(
      "0000002006000000010000000168" + "0000000000000000" + "0000000a",
    );
  });

  test("attributes are read in any choice, with what others add", () => {
    const all = [u32(0x8000000f), Buffer.from("0000000100000000", "hex"), u32(1), u32(2), u32(0o100640)];
    const more = [u32(11), u32(12), u32(1), text("acl@example"), text("x")];
    const name = Buffer.from([0xb4, 0xc1]);
    const packet = answer(
      104,
      u32(2),
      text(name),
      text("-rw-"),
      ...all,
      ...more,
      text("b"),
      text(""),
      u32(0),
    );
    expect(decode(packet)).toEqual({
      id: 7,
      answer: {
        kind: "names",
        names: [
          {
            name: "\u00b4\u00c1",
            attributes: { size: 2 ** 32, uid: 1, gid: 2, mode: 0o100640, mtime: 12 },
          },
          { name: "b", attributes: {} },
        ],
      },
    });
    expect(decode(answer(101, u32(4))).answer).toEqual({ kind: "status", code: 4, text: "" });
  });

  test("what is cut short, or claims more than there is, is refused and nothing else happens", () => {
    const whole = answer(104, u32(1), text("name"), text("long"), u32(4), u32(0o644));
    for (let length = 0; length < whole.length; length += 1)
      expect(() => decode(whole.subarray(0, length)), `${length} bytes`).toThrow(RangeError);
    expect(() => decode(answer(104, u32(0xffffffff)))).toThrow(RangeError);
    expect(() => decode(answer(103, u32(0xffffffff)))).toThrow(RangeError);
    expect(() => decode(answer(99))).toThrow(RangeError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decode(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });

  test("a stream gives the same packets, however it is cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 }),
        (packets, steps) => {
          const stream = Buffer.concat(packets.map((packet) => text(Buffer.from(packet))));
          const found: string[] = [];
          const push = packetCutter((packet) => found.push(packet.toString("hex")));
          for (let at = 0, turn = 0; at < stream.length; turn += 1) {
            const step = steps[turn % steps.length] ?? 1;
            push(stream.subarray(at, at + step));
            at += step;
          }
          expect(found).toEqual(packets.map((packet) => Buffer.from(packet).toString("hex")));
        },
      ),
    );
  });

  test("a length that cannot be meant is refused before anything is held for it", () => {
    for (const length of [0, 300_000, 0xffffffff])
      expect(() => packetCutter(() => {})(u32(length))).toThrow(RangeError);
  });
});
