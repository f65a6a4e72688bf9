import fc from "fast-check";
import { expect, test } from "vitest";
import { VACATION_FILE, vacationBytes, vacationIn } from "../../src/settings/vacation-text.ts";
import { storagePath } from "../../src/storage/path.ts";
import { AWAY, spoolFile, vacationWorld } from "../unit/filter/vacation-world.ts";

/** Pieces that would matter where a line begins, between letters of all kinds. */
const piece = fc.oneof(
  fc.constantFrom(
    "\r\n",
    "\n",
    "\r",
    "\0",
    "\u2028",
    "\r\n\r\n",
    "Bcc: x@y.example",
    "\r\n\t",
    "<a@b.example>",
    "=?utf-8?q?=0D=0ABcc:_x@y.example?=",
    "=?utf-8?b?DQpCY2M6IHhAeS5leGFtcGxl?=",
    "=?iso-2022-jp?b?GyRCJCI=?=",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
/** As the header of a mail can hold it: what begins a line would be a field of its own. */
const value = text.map((one) => one.replace(/[\r\n]+(?![ \t])/g, "\r\n "));

const FIELDS = [
  "From",
  "To",
  "Subject",
  "Date",
  "Message-ID",
  "In-Reply-To",
  "References",
  "Auto-Submitted",
  "X-Auto-Response-Suppress",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
];

test("no mail and no text brings a line, a field or a recipient into the answer", async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        subject: value,
        id: value,
        references: value,
        reply: value,
        own: text,
        said: text,
        sender: text,
      }),
      async ({ subject, id, references, reply, own, said, sender }) => {
        const world = await vacationWorld({ subject: own, text: `x${said}` });
        const from = sender.length % 2 === 0 ? "ken@elsewhere.example" : `${sender}@elsewhere.example`;
        const spooled = spoolFile(
          [
            "To: hana@example.com",
            `Subject: ${subject}`,
            `Message-ID: <m@x.example>${id}`,
            `References: ${references}`,
            `In-Reply-To: ${reply}`,
          ],
          { sender: from },
        );
        if ((await world.answer(spooled)) !== null) return;
        answered += 1;
        const [dropped = ""] = await world.dropped();
        expect(dropped).toMatch(/^[\t\r\n\x20-\x7e]+$/);
        expect(dropped.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
        const [envelope = "", head = ""] = dropped.split("\r\n\r\n");
        expect(envelope).toMatch(/^mail from:<>\r\nrcpt to:<[^<>\s]+>$/);
        const lines = head.split("\r\n").filter((line) => !line.startsWith(" "));
        const names = lines.map((line) => line.slice(0, line.indexOf(":")));
        expect(names).toEqual(FIELDS.filter((name) => names.includes(name)));
        expect(new Set(names).size).toBe(names.length);
      },
    ),
    { numRuns: 400 },
  );
  expect(answered).toBeGreaterThan(100);
});

test("a text comes back from its file as it was, in lines that every way to XMail carries", async () => {
  const any = fc.oneof(text, fc.string({ unit: "grapheme", maxLength: 4000 }));
  await fc.assert(
    fc.property(any, any, (subject, body) => {
      const line = subject.replace(/\p{Cc}+/gu, " ").toWellFormed();
      const vacation = { ...AWAY, subject: line, text: body.toWellFormed() };
      const bytes = vacationBytes(vacation);
      const lines = Buffer.from(bytes).toString("latin1").split("\n");
      expect(lines.every((one) => one.length <= 2000 && /^[\t\x20-\x7e]*$/.test(one))).toBe(true);
      expect(vacationIn(bytes)).toEqual(vacation);
    }),
    { numRuns: 300 },
  );
});

test("whatever stands in the file, the answer is made of it or of nothing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom("subject", "text", "days", "from"), text)),
      async (rows) => {
        const world = await vacationWorld();
        const file = rows.map(([name, one]) => `"${name}"\t"${one}"`).join("\n");
        await world.account.write(
          storagePath(VACATION_FILE),
          Buffer.from(`${file}\n"text"\t"x"\n`, "latin1"),
        );
        const silence = await world.answer(spoolFile(["To: hana@example.com"]));
        expect([null, "not-now"]).toContain(silence);
      },
    ),
    { numRuns: 200 },
  );
});
