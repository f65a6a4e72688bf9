import PostalMime from "postal-mime";
import { describe, expect, test } from "vitest";
import { storagePath } from "../../../src/storage/path.ts";
import { NOW, spoolFile, vacationWorld } from "./vacation-world.ts";

const PLAIN = ["From: Ken <ken@elsewhere.example>", "To: hana@example.com", "Subject: Question"];

describe("a mail that is answered", () => {
  test("gets a whole mail, from the account, to its sender, of which XMail tells nobody anything", async () => {
    const world = await vacationWorld();
    expect(
      await world.answer(
        spoolFile([
          ...PLAIN,
          "Message-ID: <2@elsewhere.example>",
          "References: <0@x.example>\r\n\t<1@x.example>",
        ]),
      ),
    ).toBe(null);
    const [dropped = "", ...more] = await world.dropped();
    expect(more).toEqual([]);
    const [envelope, ...lines] = dropped.split("\r\n");
    const id = /^Message-ID: (<[0-9a-f-]{36}@example\.com>)$/m.exec(dropped)?.[1];
    expect([envelope, ...lines]).toEqual([
      "mail from:<>",
      "rcpt to:<ken@elsewhere.example>",
      "",
      "From: hana@example.com",
      "To: ken@elsewhere.example",
      "Subject: Auto: Question",
      "Date: Mon, 03 Aug 2026 10:00:00 +0000",
      `Message-ID: ${id}`,
      "In-Reply-To: <2@elsewhere.example>",
      "References: <0@x.example>",
      " <1@x.example>",
      " <2@elsewhere.example>",
      "Auto-Submitted: auto-replied",
      "X-Auto-Response-Suppress: All",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=UTF-8",
      "Content-Transfer-Encoding: 7bit",
      "",
      "I am away.",
      "",
    ]);
    expect(await world.spool.list(storagePath("temp"))).toEqual([]);
  });

  test("ends every line as mail does, whoever wrote the file", async () => {
    const world = await vacationWorld({ text: "one\rtwo\r\nthree\n" });
    await world.answer(spoolFile(PLAIN));
    expect((await world.dropped())[0]).toMatch(/\r\n\r\none\r\ntwo\r\nthree\r\n$/);
  });

  test("in Japanese: RFC 2047 words, and UTF-8 that no way spoils", async () => {
    const subject = "夏季休業のお知らせ（八月三日から八月十五日まで休みます）";
    const text = `${"長い行です。".repeat(60)}\n.\n\n株式会社例 花子 😀`;
    const world = await vacationWorld({ subject, text });
    await world.answer(spoolFile(PLAIN));
    const [dropped = ""] = await world.dropped();
    expect(dropped).toMatch(/^[\x20-\x7e\r\n]+$/);
    expect(Math.max(...dropped.split("\r\n").map(({ length }) => length))).toBeLessThanOrEqual(
      78 + "Subject: ".length,
    );
    const mail = await PostalMime.parse(dropped.slice(dropped.indexOf("\r\n\r\n") + 4));
    expect(mail.subject).toBe(subject);
    expect(mail.text?.replaceAll("\r\n", "\n").trimEnd()).toBe(text);
  });

  test.each([
    ["=?ISO-2022-JP?B?GyRCJDQ8QUxkGyhC?=", "Auto: ご質問"],
    ["=?utf-8?q?a=0d=0aBcc:_x@y.example?=", "Auto: a Bcc: x@y.example"],
    ["=?utf-8?b?4oCo44GC?= =?x", "Auto:  あ =?x"],
    ["=?us-ascii?q?=3D=3Futf-8=3Fq=3Fa=3F=3D?=", "Auto: =?utf-8?q?a?="],
    [`${"x".repeat(400)}`, `Auto: ${"x".repeat(144)}`],
    ["", "Auto:"],
  ])("of the subject %s repeats no more than the words", async (subject, repeated) => {
    const world = await vacationWorld();
    expect(await world.answer(spoolFile(["To: hana@example.com", `Subject: ${subject}`]))).toBe(null);
    const [dropped = ""] = await world.dropped();
    const mail = await PostalMime.parse(dropped.slice(dropped.indexOf("\r\n\r\n") + 4));
    expect(mail.subject?.replace(/\s+/g, " ")).toBe(repeated.replace(/\s+/g, " "));
    expect(mail.headers.map(({ key }) => key)).toEqual([
      "from",
      "to",
      "subject",
      "date",
      "message-id",
      "auto-submitted",
      "x-auto-response-suppress",
      "mime-version",
      "content-type",
      "content-transfer-encoding",
    ]);
  });

  test("of a long thread the first and the last messages are named", async () => {
    const world = await vacationWorld();
    const ids = Array.from({ length: 60 }, (_, at) => `<${at}@x.example>`);
    await world.answer(
      spoolFile([...PLAIN, "Message-ID: <60@x.example>", `References: ${ids.join("\r\n ")}`]),
    );
    const [dropped = ""] = await world.dropped();
    const named = /^References: (.*(?:\r\n .*)*)/m.exec(dropped)?.[1]?.split("\r\n ") ?? [];
    expect(named).toHaveLength(20);
    expect([named[0], named[1], named.at(-1)]).toEqual(["<0@x.example>", "<42@x.example>", "<60@x.example>"]);
  });
});

describe("rules", () => {
  const TO = "To: hana@example.com";
  test.each<[string, string | null, readonly string[], { sender?: string; recipient?: string }?]>([
    ["the null sender", "no-sender", [TO], { sender: "" }],
    ["a sender that is no address", "malformed", [TO], { sender: "ken" }],
    ["a sender with a quoted name", "malformed", [TO], { sender: '"a b"@elsewhere.example' }],
    ["a sender behind a source route", null, [TO], { sender: "@relay.example:ken@elsewhere.example" }],
    ["mail to oneself", "own-address", [TO], { sender: "HANA@example.com" }],
    [
      "mail from the alias it came by",
      "own-address",
      [TO],
      { sender: "info@example.com", recipient: "info@example.com" },
    ],
    ...[
      "MAILER-DAEMON",
      "postmaster",
      "owner-news",
      "news-owner",
      "news-request",
      "noreply",
      "do-not-reply",
      "news-bounces+a=b.example",
    ].map(
      (name) => [`mail of ${name}`, "system-sender", [TO], { sender: `${name}@elsewhere.example` }] as never,
    ),
    ["Auto-Submitted", "automatic", [TO, "Auto-Submitted: auto-generated"]],
    [
      "Auto-Submitted with a parameter",
      "automatic",
      [TO, "auto-submitted: (a) auto-notified; owner-email=x"],
    ],
    ["Auto-Submitted without a value", "automatic", [TO, "Auto-Submitted:"]],
    ["one Auto-Submitted of two", "automatic", [TO, "Auto-Submitted: no", "Auto-Submitted: auto-replied"]],
    ["Auto-Submitted: no", null, [TO, "Auto-Submitted: No (written by hand)"]],
    ["Auto-Submitted: no; …", null, [TO, "Auto-Submitted: no; x=y"]],
    ["an answer from before RFC 3834", "automatic", [TO, "X-Autoreply: yes"]],
    ["Precedence: bulk", "bulk", [TO, "Precedence: Bulk"]],
    ["Precedence: list", "bulk", [TO, "Precedence: list"]],
    ["Precedence: junk", "bulk", [TO, "precedence: junk"]],
    ["Precedence: first-class", null, [TO, "Precedence: first-class"]],
    ["List-Id", "list", [TO, "List-Id: <news.example>"]],
    ["List-Unsubscribe", "list", [TO, "LIST-UNSUBSCRIBE: <mailto:x@y.example>"]],
    ["Mailing-List", "list", [TO, "Mailing-List: contact x@y.example"]],
    ["X-Auto-Response-Suppress: All", "suppressed", [TO, "X-Auto-Response-Suppress: All"]],
    ["X-Auto-Response-Suppress: OOF", "suppressed", [TO, "X-Auto-Response-Suppress: DR, OOF, AutoReply"]],
    ["X-Auto-Response-Suppress: None", null, [TO, "X-Auto-Response-Suppress: None"]],
    ["a delivery report", "report", [TO, "Content-Type: multipart/report; report-type=delivery-status"]],
    ["a notice of XMail", "report", [TO, "X-MailerError: Message = [x]"]],
    ["spam", "spam", [TO, "X-Spam-Flag: YES"]],
    ["no recipient", "not-addressed", ["Subject: x"]],
    ["others as recipients", "not-addressed", ["To: hana@example.org", "Cc: Hana <other@example.com>"]],
    ["the address in a name", "not-addressed", ['To: "hana@example.com" <other@example.com>']],
    ["the address in a comment", "not-addressed", ["To: other@example.com (hana@example.com)"]],
    ["the address in Cc", null, ["To: other@example.com", "Cc: =?utf-8?b?6Iqx?= <Hana@EXAMPLE.com>"]],
    ["the address in a second To", null, ["To: other@example.com", "To: hana@example.com"]],
    ["the address in a group", null, ["To: Team: other@example.com, hana@example.com;"]],
    ["the address in Resent-To", null, ["To: other@example.com", "Resent-To: hana@example.com"]],
    ["an alias it came by", null, ["To: info@example.com"], { recipient: "info@example.com" }],
    ["a folded To", null, ["To: other@example.com,\r\n\thana@example.com"]],
  ])("%s: %s", async (_, silence, header, envelope = {}) => {
    const world = await vacationWorld();
    expect(await world.answer(spoolFile(header, envelope))).toBe(silence);
    expect(await world.dropped()).toHaveLength(silence === null ? 1 : 0);
  });

  test.each([
    ["before the first day", { from: "2026-08-04" }, "not-now"],
    ["on the first day", { from: "2026-08-03" }, null],
    ["on the last day", { until: "2026-08-03" }, null],
    ["after the last day", { until: "2026-08-02" }, "not-now"],
    ["without a text", { text: " \n" }, "not-now"],
  ])("%s", async (_, text, silence) => {
    const world = await vacationWorld(text);
    expect(await world.answer(spoolFile(PLAIN))).toBe(silence);
  });

  test.each([
    ["nothing", ""],
    ["no envelope", "From: ken@elsewhere.example\r\nTo: hana@example.com\r\n\r\n"],
    ["a header without an end", spoolFile([TO]).toString().split("\r\n\r\n")[0] ?? ""],
    [
      "an envelope of two lines in one",
      spoolFile([TO], { sender: "a@b.example\r\nrcpt to:<x@y.example" }).toString(),
    ],
  ])("%s: malformed", async (_, spooled) => {
    const world = await vacationWorld();
    expect(await world.answer(Buffer.from(spooled))).toBe("malformed");
    expect(await world.dropped()).toEqual([]);
  });

  test("a header that would wear the parser out is not answered", async () => {
    const world = await vacationWorld();
    const huge = [TO, ...Array.from({ length: 40_000 }, (_, at) => `X-${at}: ${"x".repeat(80)}`)];
    expect(await world.answer(spoolFile(huge))).toBe("malformed");
  });
});

test("once in so many days, to the hour, and again after", async () => {
  const world = await vacationWorld({ days: 3 });
  const after = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
  const said = [];
  for (const hours of [0, 0.1, 24, 71.9, 73, 74, 200]) {
    said.push(
      await world.answer(
        spoolFile(PLAIN, { sender: hours > 1 ? "KEN@elsewhere.example" : "ken@elsewhere.example" }),
        after(hours),
      ),
    );
  }
  expect(said).toEqual([null, ...Array(3).fill("answered-lately"), null, "answered-lately", null]);
  expect(await world.answer(spoolFile(PLAIN, { sender: "mai@elsewhere.example" }), after(1))).toBe(null);
  expect(await world.dropped()).toHaveLength(4);
});
