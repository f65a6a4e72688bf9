import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createReplyParser, type Follows, parseRecord } from "../../src/ctrl/reply-parser.ts";
import { asStored, encodeUpload } from "../../src/ctrl/upload.ts";
import { encodeCommand } from "../../src/ctrl/wire.ts";
import { hasCode, isAppError } from "../../src/errors/error.ts";
import { splitRecord } from "../../src/tab/codec.ts";

const byteString = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes).toString("latin1"));
const ascii = fc.string({
  unit: fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)),
  maxLength: 60,
});
const tricky = fc.string({
  unit: fc.constantFrom('"', "\\", "a", " ", "\t", ".", "\r", "\n", "é", "*"),
  maxLength: 12,
});

describe("command lines", () => {
  test("the server reads the values that were meant, or nothing is sent", () => {
    let sent = 0;
    fc.assert(
      fc.property(fc.array(fc.oneof(ascii, tricky), { maxLength: 5 }), (values) => {
        try {
          const args = values.map((value, index) => ({ name: `a${index}`, value }));
          const line = encodeCommand("userlist", args).line.toString("latin1");
          expect(line).toMatch(/^[^\r\n\0\x80-\xff]*\r\n$/);
          expect(line.length).toBeLessThanOrEqual(4094);
          // The codec of tables reads as XMail's own line reader does; it was written by the file format alone.
          expect(splitRecord(line.slice(0, -2))).toEqual(["userlist", ...values]);
          sent += 1;
        } catch (error) {
          if (!hasCode(error, "VALUE_NOT_SENDABLE")) throw error;
          const plain = values.every((value) => /^[ -~]*$/.test(value) && !/^".*\\$/.test(value));
          expect(plain).toBe(false);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(sent).toBeGreaterThan(500);
  });
});

describe("uploads", () => {
  /** The file XMail makes of an upload, by the rules of its reader; `null` when more commands would follow. */
  function stored(wire: string): string | null {
    const lines = wire.split("\r\n");
    const end = lines.indexOf(".");
    if (end !== lines.length - 2 || lines.at(-1) !== "") return null;
    if (lines.some((line) => line.length > 2_044)) return null;
    return lines
      .slice(0, end)
      .map((line) => `${line.startsWith(".") ? line.slice(1) : line}\n`)
      .join("");
  }

  test("the server stores what was meant, or nothing is sent", () => {
    const line = fc.oneof(
      byteString(40),
      fc.constantFrom(".", "..", "...x", "", "x".repeat(2_044), "y".repeat(2_045)),
    );
    let sent = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.boolean(), (lines, ended) => {
        const bytes = Buffer.from(lines.join("\n") + (ended ? "\n" : ""), "latin1");
        try {
          const wire = encodeUpload(bytes).toString("latin1");
          expect(stored(wire)).toBe(asStored(bytes).toString("latin1"));
          sent += 1;
        } catch (error) {
          if (!hasCode(error, "VALUE_NOT_SENDABLE")) throw error;
          const wrong = bytes.length === 0 || bytes.includes(0) || lines.some((one) => one.length > 2_000);
          expect(wrong).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(sent).toBeGreaterThan(200);
  });
});

describe("answers", () => {
  const status = fc.constantFrom(
    "+00000 OK",
    "-00103 Bad CTRL command syntax",
    "+00000",
    "-00097 Error in {x}",
  );
  const list = fc
    .tuple(fc.constantFrom<Follows>("records", "file"), fc.array(byteString(30), { maxLength: 8 }))
    .map(([follows, lines]) => ({ follows, lines: lines.map((one) => one.replace(/[\r\n]/g, "")) }));
  const answers = fc.array(fc.oneof(status, list), { maxLength: 12 });

  function wireOf(all: readonly (string | { follows: Follows; lines: string[] })[]): string {
    return all
      .map((one) => {
        if (typeof one === "string") return `${one}\r\n`;
        const lines = one.lines.map((line) => (line.startsWith(".") ? `.${line}` : line));
        // Records are never stuffed because they begin with a quote.
        const sent = one.follows === "records" ? one.lines.map((line) => `"${line}"`) : lines;
        return `+00100 OK\r\n${sent.map((line) => `${line}\r\n`).join("")}.\r\n`;
      })
      .join("");
  }

  function events(
    pieces: readonly Uint8Array[],
    follows: readonly Follows[],
  ): { seen: string[]; failed: boolean } {
    const seen: string[] = [];
    let lists = 0;
    const parser = createReplyParser({
      status(given) {
        seen.push(`${given.ok ? "+" : "-"}${given.code} ${given.text}`);
        return given.ok && given.code === 100 ? (follows[lists++] ?? "file") : "status";
      },
      lines: (batch) => seen.push(...batch.map((one) => `line ${one}`)),
      end: () => seen.push("end"),
    });
    try {
      for (const piece of pieces) parser.push(piece);
      return { seen, failed: false };
    } catch (error) {
      if (!isAppError(error) || error.code !== "XMAIL_PROTOCOL") throw error;
      return { seen, failed: true };
    }
  }

  function cut(bytes: Buffer, cuts: readonly number[]): Buffer[] {
    const places = [...new Set(cuts.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
    return [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length));
  }

  test("are the same in any slices as in one piece, and hold every byte", () => {
    fc.assert(
      fc.property(answers, fc.array(fc.nat(), { maxLength: 40 }), (all, cuts) => {
        const lists = all.filter((one) => typeof one !== "string");
        const follows = lists.map((one) => one.follows);
        const bytes = Buffer.from(wireOf(all), "latin1");
        const whole = events([bytes], follows);
        expect(whole.failed).toBe(false);
        expect(events(cut(bytes, cuts), follows)).toEqual(whole);
        expect(
          events(
            [...bytes].map((byte) => Buffer.from([byte])),
            follows,
          ),
        ).toEqual(whole);
        const lines = lists.flatMap((one) =>
          one.lines.map((line) => (one.follows === "records" ? `"${line}"` : line)),
        );
        expect(whole.seen.filter((one) => one.startsWith("line ")).map((one) => one.slice(5))).toEqual(lines);
      }),
      { numRuns: 1_000 },
    );
  });

  test("that are garbage end in one error, in any slices at the same place", () => {
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .array(
          fc.constantFrom(
            "+00000 OK\r\n",
            "+00100 OK\r\n",
            ".\r\n",
            "x\r\n",
            "\r",
            "\n",
            "-",
            "+00101 OK\r\n",
          ),
          { maxLength: 30 },
        )
        .map((all) => Buffer.from(all.join(""))),
    );
    fc.assert(
      fc.property(garbage, fc.array(fc.nat(), { maxLength: 40 }), (bytes, cuts) => {
        const whole = events([bytes], []);
        const sliced = events(cut(Buffer.from(bytes), cuts), []);
        expect(sliced.failed).toBe(whole.failed);
        if (!whole.failed) expect(sliced.seen).toEqual(whole.seen);
      }),
      { numRuns: 2_000 },
    );
  });

  test("records keep quotes and backslashes", () => {
    const value = byteString(20).map((text) =>
      text.replace(/[\t\r\n\0\x80-\xff]/g, "").replaceAll('"\t"', ""),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 9 }), (values) => {
        const line = `"${values.join('"\t"')}"`;
        expect(parseRecord(line, values.length)).toEqual(values);
      }),
    );
  });
});
