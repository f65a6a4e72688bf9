import { beforeAll, describe, expect, test } from "vitest";
import { canJoin, narrowedTo } from "../../../src/operations/spool/narrow.ts";
import { readHead } from "../../../src/spool/message-file.ts";
import { openSpool } from "../../../src/spool/open.ts";
import { summaryOf, triesIn } from "../../../src/spool/slog.ts";
import { decodeHeader } from "../../../src/spool/subject.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { SPOOL_GROUPS, type SpoolStore } from "../../../src/xmail/spool.ts";
import { fingerprintOf, reasonFingerprint, reasonKindOf } from "../../../src/xmail/spool-alike.ts";
import { filterPart, isCaught, parseSpoolFilter } from "../../../src/xmail/spool-filter.ts";
import { nextStepOf, STANDARD_RETRY, waitAfter } from "../../../src/xmail/spool-next.ts";
import { littleStorm, logText, messageText, NOW, plant, realSpool } from "./spool-samples.ts";

const head = (text: string) => readHead(Buffer.from(text, "latin1"));

describe("the files that XMail 1.27 wrote", () => {
  let spool: SpoolStore;
  beforeAll(async () => {
    spool = openSpool(await realSpool("test/fixtures/xmail/samples/spool"), null);
  });

  test("every message of every stage, and its log", async () => {
    const { items, next } = await spool.page({ filter: "", now: NOW, limit: 200 });
    expect(next).toBeNull();
    // Four names stand in rsnd and in froz: they were taken at two times.
    expect(items.map(({ id, state, tries }) => [id.slice(-5), state, tries]).sort()).toMatchSnapshot();
    const found = await spool.get("2_3_1795509232570.7fd18d7f26c0.72b3.93.mx1");
    expect(found).toMatchObject({
      from: "alice@example.com",
      to: "temp@reject.example.org",
      ip: "192.0.2.10",
      state: "frozen",
      reason: "450 4.2.0 mailbox busy, try again later",
      tries: 1,
      lastTry: 1795509232000,
    });
    expect(found?.log[0]?.failures[0]?.server).toBe("203.0.113.26:25");
    expect(found?.headers.map(({ name }) => name)).toContain("Message-ID");
  });

  test("the mail itself begins behind XMail's own lines", async () => {
    const raw = await spool.bytesOf("6_2_1795509234579.7fd18d7f26c0.72b3.9f.mx1");
    expect(Buffer.from(raw ?? []).toString()).toMatch(/^Received: from client10[\s\S]*sample message\.\r\n/);
    expect(await spool.bytesOf("6_2_1795509234579.7fd18d7f26c0.72b3.00.mx1")).toBeNull();
    expect(await spool.get("../../etc/passwd")).toBeNull();
  });

  test("a mail is handed out as it was written, without the dots that SMTP doubled", async () => {
    const storage = memory();
    const name = "1795509250000.7fd1577fe6c0.72b3.ff.mx1";
    await plant(storage, [{ cell: "1/1", stage: "mess", name }]);
    const path = storagePath(`spool/1/1/mess/${name}`);
    await storage.write(path, Buffer.concat([await storage.read(path), Buffer.from("..\r\n...two\r\n")]));
    const raw = await openSpool(storage, null).bytesOf(`1_1_${name}`);
    expect(Buffer.from(raw ?? []).toString()).toMatch(/message\.\r\n\.\r\n\.\.two\r\n$/);
  });

  test("rests of lists of commands are seen", async () => {
    expect(await spool.get("12_9_1795509242121.7fd18d7f26c0.72b3.bc.mx1")).toMatchObject({ rest: true });
  });
});

describe("what is read tolerantly", () => {
  test.each([
    ["as typed, with options", "mail FROM:<a@x.test> size=200", "a@x.test"],
    ["a redirected copy", "MAIL FROM: <a@x.test>", "a@x.test"],
    ["a source route", "MAIL FROM:<@relay.test,@b.test:a@x.test>", "a@x.test"],
    ["the null sender", "MAIL FROM:<>", ""],
  ])("%s", (_, line, from) => {
    expect(head(messageText({}).replace(/mail FROM:.*size=200/, line))?.from).toBe(from);
  });

  test("line ends of every kind, folded subjects, and words of other charsets", () => {
    const subject = "=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=\r\n =?utf-8?Q?_caf=C3=A9?=";
    const text = messageText({ subject });
    for (const one of [text, text.replaceAll("\r\n", "\n")])
      expect(head(one)).toMatchObject({ subject: "日本 café", number: "S2C" });
    expect(decodeHeader("=?x-nobody?B?aGk=?= there")).toBe("hi there");
  });

  test.each(["", "<<MAIL-DATA>>\r\n", "half\r\na\r\n", messageText({}).slice(0, 60)])(
    "%j is no message",
    (text) => expect(head(text)).toBeNull(),
  );

  test("who had signed in, and an address of IPv6", () => {
    expect(head(messageText({ auth: "carol@example.com", ip: "2001:db8::1" }))).toMatchObject({
      auth: "carol@example.com",
      ip: "2001:db8::1",
    });
  });

  test("logs of many tries are summed up by the last", () => {
    const text = logText("450 first", 1) + logText("550 5.1.1 no such user", 3);
    expect(summaryOf(Buffer.from(text))).toMatchObject({ tries: 4, reason: "550 5.1.1 no such user" });
    expect(triesIn(Buffer.from(text))).toHaveLength(4);
    expect(summaryOf(new Uint8Array())).toEqual({ tries: 0, lastTry: null, reason: "" });
  });
});

describe("filter", () => {
  const message = {
    id: "1_2_a",
    state: "retry" as const,
    from: "Bob@Example.org",
    to: "u@victim.test",
    auth: "",
    ip: "192.0.2.10",
    subject: "Buy 17 pills",
    number: "S1",
    size: 2000,
    since: NOW.getTime() - 3 * 3_600_000,
    tries: 2,
    lastTry: NOW.getTime(),
    reason: "450 4.2.0 mailbox busy",
  };
  test.each([
    ["", true],
    ["from:bob", true],
    ["from:=bob@example.org", true],
    ["from:=bob", false],
    ["from:^bob@", true],
    ["from:x from:bob", true],
    ["from:bob to:nobody", false],
    ["-from:bob", false],
    ["-from:alice", true],
    ['subject:"17 pills"', true],
    ['subject:~"buy 99 pills"', true],
    ['subject:~"buy 99 pens"', false],
    ["auth:=", true],
    ["domain:=victim.test", true],
    ["ip:^192.0.2.", true],
    ["status:retry", true],
    ["status:frozen status:held", false],
    ["age:>2h age:<4h", true],
    ["age:>4h", false],
    ["size:>1k size:<2k", true],
    ['reason:~"450 4.2.0 Mailbox busy"', true],
  ])("%s", (text, expected) => {
    expect(isCaught(parseSpoolFilter(text), message, NOW.getTime())).toBe(expected);
  });

  test.each([
    ["bob", "spool-word", "bob"],
    ["sender:bob", "spool-word", "sender:bob"],
    ["from:", "spool-empty", "from:"],
    ['subject:"open', "spool-quote", 'subject:"open'],
    ["age:2", "spool-age", "age:2"],
    ["size:big", "spool-size", "size:big"],
    ["status:lost", "spool-status", "status:lost"],
  ])("%s is refused by its word", (text, rule, word) => {
    expect(() => parseSpoolFilter(`from:a ${text}`)).toThrow(
      expect.objectContaining({
        code: "INVALID_INPUT",
        fields: [expect.objectContaining({ field: "filter", rule, limit: word })],
      }),
    );
  });

  test("whatever a group is called, its filter catches it", () => {
    for (const subject of [
      'He said "17 \\ 4"',
      "=odd ~one",
      "",
      "日本 100",
      "Re: Fwd: hello 5 5 5",
      "a\tb  c",
    ]) {
      for (const key of ["subject", "from", "auth"] as const) {
        const mode = key === "subject" ? "alike" : "exact";
        const value =
          key === "subject" ? fingerprintOf(subject) : subject.replace(/[\t]/g, " ").toLowerCase();
        const filter = parseSpoolFilter(filterPart(key, mode, value));
        const one = { ...message, subject, from: value, auth: value };
        expect(isCaught(filter, one, NOW.getTime()), `${key} ${subject}`).toBe(true);
      }
    }
    expect(reasonFingerprint(reasonFingerprint("550 5.1.1 <a@b.test> unknown 1234"))).toBe(
      reasonFingerprint("550 5.1.1 <c@d.test> unknown 99"),
    );
  });
});

describe("shape and page", () => {
  test("groups are found whichever side is looked at, and each one's filter catches as many", async () => {
    const spool = openSpool(await littleStorm(100), null);
    for (const by of ["auth", "from", "ip", "subject", "domain", "reason", "age", "status"] as const) {
      const shape = await spool.shape({ filter: "", by, most: 500, now: NOW });
      expect(shape.messages).toBe(100);
      expect(shape.groups.reduce((sum, { messages }) => sum + messages, shape.others)).toBe(100);
      for (const group of shape.groups.slice(0, 5)) {
        const same = await spool.shape({ filter: group.filter, by, most: 1, now: NOW });
        expect(same.messages, `${by} ${group.filter}`).toBe(group.messages);
      }
    }
    const subjects = await spool.shape({ filter: "", by: "subject", most: 5, now: NOW });
    expect(subjects.groups.map(({ key, messages }) => [key, messages])).toEqual([
      ["buy # pills", 50],
      ["hello", 50],
    ]);
  });

  test("pages neither repeat nor leave out, and stop in time", async () => {
    const spool = openSpool(await littleStorm(100), null);
    for (const within of [undefined, 0]) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await spool.page({
          filter: "auth:=carol@example.com",
          now: NOW,
          limit: 7,
          ...(after === undefined ? {} : { after }),
          ...(within === undefined ? {} : { within }),
        });
        seen.push(...page.items.map(({ id }) => id));
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(new Set(seen).size).toBe(50);
      expect(seen).toHaveLength(50);
    }
  });

  test("a filter narrowed to some of its groups catches those and no more", async () => {
    const spool = openSpool(await littleStorm(100), null);
    const ask = { now: NOW, most: 100 };
    const SIDES = SPOOL_GROUPS.filter(canJoin);
    expect(SPOOL_GROUPS.filter((by) => !canJoin(by))).toEqual(["age"]);
    for (const by of SIDES) {
      // What it says of this side itself would catch all of them again.
      for (const filter of ["size:>1", "from:@ auth:carol to:@ size:>1", "status:retry status:frozen"]) {
        const { groups } = await spool.shape({ ...ask, filter, by });
        const some = groups.slice(0, 2);
        const narrowed = narrowedTo(
          filter,
          by,
          some.map((group) => group.filter),
        );
        const { messages } = await spool.shape({ ...ask, filter: narrowed, by });
        expect([by, narrowed, messages]).toEqual([
          by,
          narrowed,
          some.reduce((sum, one) => sum + one.messages, 0),
        ]);
      }
    }
    expect(narrowedTo('-from:x from:y subject:"a b"', "from", ["from:=z"])).toBe(
      '-from:x subject:"a b" from:=z',
    );
    expect(narrowedTo("age:>1h", "age", ["age:>4h age:<1d"])).toBe("age:>1h age:>4h age:<1d");
  });

  test("what is foreseen is what is done, with samples of both sides", async () => {
    const spool = openSpool(await littleStorm(100), null);
    const filter = "auth:=carol@example.com";
    const seen = await spool.foresee({ filter, action: "remove", samples: 5, now: NOW });
    expect([seen.caught.messages, seen.left.messages]).toEqual([50, 50]);
    expect(seen.samples.every(({ auth }) => auth === "carol@example.com")).toBe(true);
    expect(seen.leftSamples.every(({ auth }) => auth === "")).toBe(true);
    expect([seen.samples.length, seen.leftSamples.length]).toEqual([5, 5]);
    // As the list tells of them, tries and answers of other servers, too.
    const { items } = await spool.page({ filter: "", limit: 100, now: NOW });
    const all = await spool.foresee({ filter, action: "remove", samples: 50, now: NOW });
    expect(all.samples).toEqual(items.filter(({ auth }) => auth !== ""));
    expect(all.leftSamples).toEqual(items.filter(({ auth }) => auth === ""));
    expect(all.samples.some(({ tries }) => tries === 2)).toBe(true);
    const trial = await spool.rehearsing().begin({ action: "remove", filter, by: "x", now: NOW });
    expect(trial).toMatchObject({ id: "", done: 50 });
    expect(await spool.jobs()).toEqual([]);
  });
});

test("the next try is when XMail makes it", () => {
  expect([1, 2, 3].map((tries) => waitAfter(tries, STANDARD_RETRY))).toEqual([480, 510, 541]);
  const at = nextStepOf({ state: "retry", tries: 31, lastTry: 1000 }, STANDARD_RETRY);
  expect(at.what).toBe("lastTry");
  expect(nextStepOf({ state: "frozen", tries: 3, lastTry: 1 }, STANDARD_RETRY)).toEqual({
    what: "nothing",
    at: null,
    left: 0,
  });
  expect(nextStepOf({ state: "ready", tries: 0, lastTry: null }, STANDARD_RETRY).what).toBe("delivers");
});

test.each([
  ["550 5.1.1 no such user", "noSuchUser"],
  ["452 4.2.2 mailbox full", "mailboxFull"],
  ["450 4.2.0 greylisted", "greylisted"],
  ["554 5.7.1 blocked using a blocklist", "refusedAsSpam"],
  ["417 Temporary delivery error", "noConnection"],
  ["451 local error", "later"],
  ["554 no", "refused"],
  ["", "none"],
] as const)("%s is explained as %s", (reply, kind) => {
  expect(reasonKindOf(reply)).toBe(kind);
});
