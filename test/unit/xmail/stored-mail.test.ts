import fc from "fast-check";
import { expect, test } from "vitest";
import { mailOf } from "../../../src/post/mail-fields.ts";
import { asWritten } from "../../../src/xmail/stored-mail.ts";

/** As SMTP asks for it (RFC 5321, 4.5.2). */
const carried = (text: string) => text.replace(/\n\./g, "\n..");
const read = (text: string) => Buffer.from(asWritten(Buffer.from(text, "latin1"))).toString("latin1");

test("a mail is read as it was written, whatever its lines begin with", () => {
  expect(read("a\r\n..\r\n...two\r\n.one\r\nb..\r\n")).toBe("a\r\n.\r\n..two\r\n.one\r\nb..\r\n");
  fc.assert(
    fc.property(fc.array(fc.constantFrom("\n", "\r\n", ".", "..", "x", "\xff")), (pieces) => {
      const text = `Subject: x\n${pieces.join("")}`;
      expect(read(carried(text))).toBe(text);
    }),
  );
});

test("a mail without such lines is handed on as it is, and one full of them takes no more room", () => {
  const plain = Buffer.from("a\nb.\n");
  expect(asWritten(plain)).toBe(plain);
  const many = asWritten(Buffer.from("\n..".repeat(1_000_000)));
  expect(many).toHaveLength(2_000_000);
});

test("what we write ourselves has no line that begins with a dot: XMail would send it as the end of the mail", () => {
  const mail = mailOf([], "one\n.\nMAIL FROM:<>\n.two\n").toString();
  expect(mail).not.toMatch(/^\./m);
});
