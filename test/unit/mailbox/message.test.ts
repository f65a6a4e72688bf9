import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lighter } from "../../../src/mailbox/lighter.ts";
import { mailboxesOver } from "../../../src/mailbox/mailboxes-over.ts";
import { attachmentIn, readMessage } from "../../../src/mailbox/message.ts";
import { idOf, pathOf } from "../../../src/mailbox/place.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import { japaneseMail, mixedMail } from "./mail-samples.ts";

const HANA = { domain: "example.com", name: "hana" };

async function mailboxWith(files: Readonly<Record<string, Uint8Array | string>>) {
  const storage = memory();
  await writeMailRoot(storage, { domain: "example.com" });
  await storage.write(
    storagePath("mailusers.tab"),
    Buffer.from('"example.com"\t"hana"\t"0b0a"\t1\t"hana"\t"U"\n'),
  );
  for (const [name, text] of Object.entries(files))
    await storage.write(storagePath(`domains/example.com/hana/${name}`), Buffer.from(text));
  return mailboxesOver(storage, (await openTabBackend({ storage })).accounts);
}

describe("the list of a mailbox", () => {
  test("newest first, of all places, in pages that neither repeat nor hide", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 25 }, (_, n) => [
        `${["Maildir/new", "Maildir/cur", "mailbox"][n % 3]}/${1795509200000 + n}.x.mx1${n % 3 === 1 ? ":2,S" : ""}`,
        `From: a${n}@example.net\nSubject: Mail ${n}\n\nx`,
      ]),
    );
    const store = await mailboxWith({ ...files, "Maildir/tmp/1.x": "x", "Maildir/new/.hidden": "x" });
    const seen: string[] = [];
    let after: string | undefined;
    for (let n = 0; n < 5; n++) {
      const page = await store.page(HANA, { limit: 10, ...(after === undefined ? {} : { after }) });
      expect(page.total).toBe(25);
      seen.push(...page.items.map(({ subject }) => subject));
      if (page.next === null) break;
      after = page.next;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `Mail ${24 - n}`));
  });

  test("a cursor of nobody, an empty mailbox and an account that is none", async () => {
    const store = await mailboxWith({});
    expect(await store.page(HANA, { limit: 10, after: "nonsense" })).toMatchObject({ items: [], next: null });
    await expect(store.page({ ...HANA, name: "nobody" }, { limit: 10 })).rejects.toMatchObject({
      code: "ACCOUNT_NOT_FOUND",
    });
  });

  test("subjects of any charset, folded lines with mixed ends, and headers without end", async () => {
    const jis = Buffer.from("\x1b$B8fCN$i$;\x1b(B", "latin1");
    const store = await mailboxWith({
      "Maildir/new/1795509200003.x":
        "Subject: =?ISO-2022-JP?B?GyRCOGZDTiRpJDsbKEI=?=\r\n =?ISO-2022-JP?B?GyRCIzEbKEI=?=\nFrom: x\n\nbody",
      "Maildir/new/1795509200002.x": Buffer.concat([Buffer.from("Subject: "), jis, Buffer.from("\n\nbody")]),
      "Maildir/new/1795509200001.x": `X: ${"y".repeat(20_000)}\nSubject: too late\n\nbody`,
    });
    const { items } = await store.page(HANA, { limit: 10 });
    expect(items.map(({ subject }) => subject)).toEqual(["御知らせ１", "御知らせ", ""]);
  });
});

describe("one message", () => {
  test.each(["iso-2022-jp", "shift_jis", "euc-jp", "utf-8"] as const)(
    "in %s reads right",
    async (charset) => {
      const mail = await readMessage(japaneseMail(charset), false);
      expect(mail).toMatchObject({ state: "whole", html: null, attachments: [] });
      expect(mail.text).toContain("日本語の本文です。");
      expect(mail.headers).toContainEqual({ name: "Subject", value: "会議のお知らせ" });
    },
  );

  test("text, safe HTML and attachments by name, type and size", async () => {
    const mail = await readMessage(mixedMail(), false);
    expect(mail.text.trim()).toBe("Plain words.");
    expect(mail.html).toBe("<p>Rich <b>words</b> <span>[a logo]</span> <u>here</u></p>");
    expect(mail.links).toEqual(["https://phish.example/login?a=1"]);
    expect(mail.leftOut).toBe(1);
    expect(mail.attachments).toEqual([
      { name: "請求書.pdf", type: "application/pdf", size: 6 },
      { name: "../../etc/passwd", type: "text/plain", size: 3 },
    ]);
    expect(Buffer.from((await attachmentIn(mixedMail(), 0))?.content ?? []).toString()).toBe("%PDF-1");
    expect(await attachmentIn(mixedMail(), 2)).toBeNull();
  });

  test("what is larger is cut, and says so", async () => {
    const long = `Subject: long\n\n${"word ".repeat(60_000)}`;
    const mail = await readMessage(Buffer.from(long), false);
    expect([mail.state, mail.text.length]).toEqual(["cut", 200_000]);
    const store = await mailboxWith({
      "Maildir/new/1795509200001.x": `Subject: a\n\n${"x\r\n".repeat(6_000_000)}`,
    });
    expect(await store.open(HANA, "new_1795509200001.x")).toMatchObject({ state: "cut", size: 18_000_012 });
  });

  test("lines of base64 are joined for the parser, and stand for the same", async () => {
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * 7919) % 256));
    const coded = content.toString("base64").replace(/.{76}/g, "$&\r\n");
    const mail = Buffer.from(
      `Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsay\r\n--b\r\nContent-Type: a/b; name="c.bin"\r\nContent-Transfer-Encoding: base64\r\n\r\n${coded}\r\n--b--\r\n`,
    );
    const light = lighter(mail, 100);
    expect(light.isCut).toBe(false);
    expect(light.bytes.length).toBeLessThan(mail.length);
    const found = await attachmentIn(mail, 0);
    expect(Buffer.from(found?.content ?? []).equals(content)).toBe(true);
    await expect(attachmentIn(mail.subarray(0, 200_000), 0, true)).rejects.toMatchObject({
      code: "STORAGE_UNSUPPORTED",
    });
    // What is no base64 stays as it is, byte for byte.
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(Buffer.from(lighter(bytes, 1000).bytes).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
    expect(Buffer.from(lighter(mixedMail(), 1000).bytes).toString()).toBe(mixedMail().toString());
  });

  test("parts in parts without end are not taken apart; the headers stay", async () => {
    const deep = Array.from(
      { length: 2000 },
      (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\n\n--b${n}\n`,
    ).join("");
    expect(await readMessage(Buffer.from(`Subject: deep\n${deep}`), false)).toMatchObject({
      state: "broken",
      headers: expect.arrayContaining([{ name: "Subject", value: "deep" }]),
    });
  });

  test("a charset of nobody, bad base64 and half a message are shown as far as they go", async () => {
    const odd = "Content-Type: text/plain; charset=x-nobody\n\nwords";
    expect((await readMessage(Buffer.from(odd), false)).text).toContain("words");
    const bad = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!d29yZHM=";
    expect((await readMessage(Buffer.from(bad), false)).state).toBe("whole");
    for (let end = 1; end < 400; end += 7)
      expect((await readMessage(mixedMail().subarray(0, end), true)).state).toMatch(/cut|broken/);
  });

  test("any bytes are read without a failure", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const mail = await readMessage(
          Buffer.concat([Buffer.from("Content-Type: text/html\n\n"), bytes]),
          false,
        );
        expect(mail.text.isWellFormed()).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test("an id leads into the mailbox and nowhere else", async () => {
    const account = storagePath("domains/example.com/hana");
    for (const id of [
      "new_../user.tab",
      "tmp_x",
      "new_",
      "new_.hidden",
      "new_a/b",
      "box_..",
      "new_a\\b",
      "x",
    ])
      expect(pathOf(account, id), id).toBeNull();
    expect(pathOf(account, "cur_1795509200001.x:2,S")).toBe(
      "domains/example.com/hana/Maildir/cur/1795509200001.x:2,S",
    );
    fc.assert(
      fc.property(fc.string(), (name) => {
        const id = idOf("new", name);
        if (id !== null) expect(pathOf(account, id)).toBe(`${account}/Maildir/new/${name}`);
      }),
    );
    const store = await mailboxWith({ "user.tab": "x", "Maildir/new/a.x": "Subject: a\n\nb" });
    expect(await store.open(HANA, "new_b.x")).toBeNull();
    expect(await store.bytesOf(HANA, "new_../../user.tab", 10)).toBeNull();
    expect(Buffer.from((await store.bytesOf(HANA, "new_a.x", 9)) ?? []).toString()).toBe("Subject: ");
    expect(await store.attachment(HANA, "new_a.x", 0)).toBeNull();
  });
});

test("dots that SMTP doubled are taken off for who reads, also in the raw mail and in attachments", async () => {
  const lines = ["From: a@example.net", "Subject: dots", "", "..", "...two", "x.."];
  const store = await mailboxWith({ "Maildir/new/1795509200000.x.mx1": lines.join("\r\n") });
  const id = idOf("new", "1795509200000.x.mx1") ?? "";
  expect((await store.open(HANA, id))?.text.trim()).toBe(".\n..two\nx..");
  const raw = await store.bytesOf(HANA, id, 1000);
  expect(Buffer.from(raw ?? []).toString()).toContain("\r\n.\r\n..two\r\nx..");
});
