import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLine } from "../../../src/log/line.ts";
import { LOG_KINDS } from "../../../src/xmail/log-kinds.ts";

const quoted = (...cells: string[]) => Buffer.from(cells.map((cell) => `"${cell}"`).join("\t"));

test("quotes inside a cell stay, and a TAB in a stranger's greeting moves no other column", () => {
  const line = quoted(
    "mx",
    "d",
    "192.0.2.1",
    "2026-11-24 08:00:00",
    'a"\t"b"\t"',
    "",
    "x@y",
    'o"p@q',
    "S1",
    "RCPT=OK",
    "",
    "0",
    "",
  );
  const { cells, broken } = parseLine("smtp", line);
  expect(broken).toBe(false);
  expect(cells).toMatchObject({ ip: "192.0.2.1", sender: "x@y", recipient: 'o"p@q', status: "RCPT=OK" });
  expect(cells.helo).toContain("\t");
});

test("bytes that are no UTF-8 stay visible, and UTF-8 stays text", () => {
  const bytes = Buffer.concat([
    Buffer.from('"mx"\t"d"\t"192.0.2.1"\t"2026-11-24 08:00:00"\t"日本'),
    Buffer.from([0xe9, 0xff]),
    Buffer.from('"'),
  ]);
  expect(parseLine("finger", bytes).cells.query).toMatch(/\\xE9\\xFF$/);
  expect(parseLine("finger", quoted("mx", "d", "192.0.2.1", "2026-11-24 08:00:00", "日本")).cells.query).toBe(
    "日本",
  );
});

test("a failed POP3 sign-in has seven columns, and its password is masked", () => {
  const line = quoted("mx", "example.com", "192.0.2.1", "2026-11-24 08:00:00", "alice", "s3cret", "ELOGIN");
  expect(parseLine("pop3", line)).toEqual({
    broken: false,
    cells: {
      host: "mx",
      domain: "example.com",
      ip: "192.0.2.1",
      time: "2026-11-24 08:00:00",
      user: "alice",
      password: "***",
      status: "ELOGIN",
    },
  });
});

test("of a sign-in that was cut anywhere, no part of the password is told", () => {
  const secret = "Zq8Zq8Zq8Zq8";
  const lines = {
    ctrl: quoted("192.0.2.1", "admin", secret, "2026-11-24 08:00:00", "REQ"),
    pop3: quoted("mx", "example.com", "192.0.2.1", "2026-11-24 08:00:00", "alice", secret, "ELOGIN"),
  };
  for (const kind of ["ctrl", "pop3"] as const) {
    for (let from = 0; from < lines[kind].length; from++) {
      for (let to = from + 1; to <= lines[kind].length; to++) {
        const { cells } = parseLine(kind, lines[kind].subarray(from, to), to === lines[kind].length);
        expect(JSON.stringify(cells), `${from}-${to}`).not.toMatch(/Zq8|8Zq/);
      }
    }
  }
});

test("no bytes make it throw, and a password with odd text stays masked", () => {
  fc.assert(
    fc.property(fc.constantFrom(...LOG_KINDS), fc.uint8Array({ maxLength: 300 }), (kind, bytes) => {
      parseLine(kind, Buffer.from(bytes));
    }),
  );
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (odd) => {
      const password = `KEEP${odd.replaceAll("\n", "")}HIDDEN`;
      const line = quoted("192.0.2.1", "admin", password, "2026-11-24 08:00:00", "REQ");
      const text = JSON.stringify(parseLine("ctrl", line).cells);
      expect(text).not.toContain("KEEP");
      expect(text).not.toContain("HIDDEN");
    }),
  );
});
