import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildFilter } from "../../../.ci/filter-program.ts";
import { libraryOver, type XMail } from "../../../src/library.ts";
import { openBackend } from "../../../src/open.ts";
import { serverProgram } from "../../../src/service/server-program.ts";
import { withProgram } from "../../../src/service/with-program.ts";
import { describeWith, xmailBin } from "../../peers.ts";
import { allStopped, CTRL, startXMail, type XMailServer } from "./xmail-server.ts";

const TEXT = "夏休みです。\n.\n\nI am away until Monday.";

/** A whole mail by SMTP; rejects when XMail does not take it. */
async function send(
  port: number,
  sender: string,
  recipient: string,
  header: readonly string[],
): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  const pieces = socket.setEncoding("latin1")[Symbol.asyncIterator]();
  const reply = async (wanted: number) => {
    for (let got = ""; ; ) {
      const { value, done } = await pieces.next();
      got += String(value ?? "");
      const code = /(?:^|\n)(\d{3}) [^\n]*\n/.exec(got)?.[1];
      if (code === String(wanted)) return;
      if (done || code !== undefined) throw new Error(`XMail said ${got}`);
    }
  };
  try {
    await reply(220);
    for (const [line, wanted] of [
      ["EHLO client.test", 250],
      [`MAIL FROM:<${sender}>`, 250],
      [`RCPT TO:<${recipient}>`, 250],
      ["DATA", 354],
      [`${header.join("\r\n")}\r\n\r\nHello.\r\n.`, 250],
    ] as const) {
      socket.write(`${line}\r\n`);
      await reply(wanted);
    }
  } finally {
    socket.destroy();
  }
}

describeWith("xmail", xmailBin(), "vacation answers by a real XMail", (bin) => {
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-live-filter-"));
  let server: XMailServer;
  let xmail: XMail;
  const account = (name: string) => ({ domain: "example.com", name });
  beforeAll(async () => {
    await buildFilter(folder);
    server = await startXMail(bin);
    const backend = await openBackend({ ctrl: { host: "127.0.0.1", port: server.port, ...CTRL } });
    const answerProgram = [process.execPath, join(folder, "xmailcfg-filter.cjs")];
    xmail = libraryOver(withProgram(backend, serverProgram({ answerProgram, log: () => undefined })));
    for (const name of ["hana", "ken", "mai"]) {
      await xmail.account.add({ ...account(name), password: "Long-enough-1" });
    }
    await xmail.alias.add({ domain: "example.com", alias: "info", target: "hana" });
  });
  afterAll(async () => {
    await xmail.close();
    server.stop();
    await allStopped();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Mails in a mailbox, as soon as there are so many. */
  async function mailsOf(name: string, count: number): Promise<string[]> {
    const box = join(server.folder, "domains/example.com", name, "Maildir/new");
    for (let tries = 0; tries < 200; tries += 1) {
      const names = await readdir(box).catch(() => []);
      if (names.length >= count) {
        return Promise.all(names.sort().map((one) => readFile(join(box, one), "latin1")));
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${name} has fewer than ${count} mails`);
  }
  const post = (sender: string, recipient: string, ...header: string[]) =>
    send(server.smtpPort, sender, recipient, [`From: <${sender}>`, `To: <${recipient}>`, ...header]);

  test("the sender gets the answer into his mailbox, once, and the mail is delivered each time", async () => {
    await xmail.vacation.set({ ...account("hana"), on: true, text: TEXT, subject: "不在のお知らせ" });
    await post("ken@example.com", "hana@example.com", "Subject: One", "Message-ID: <1@client.test>");
    const [answer = ""] = await mailsOf("ken", 1);
    expect(answer).toMatch(/^Return-Path: <>\r?\n/);
    const mail = await PostalMime.parse(answer);
    expect([mail.subject, mail.text?.replaceAll("\r\n", "\n").trim(), mail.from, mail.inReplyTo]).toEqual([
      "不在のお知らせ",
      TEXT,
      { address: "hana@example.com", name: "" },
      "<1@client.test>",
    ]);
    expect(mail.headers.find(({ key }) => key === "auto-submitted")?.value).toBe("auto-replied");

    await post("ken@example.com", "hana@example.com", "Subject: Two");
    await post("mai@example.com", "hana@example.com", "Subject: List", "List-Id: <news.example>");
    await post("mai@example.com", "info@example.com", "Subject: By alias");
    expect(await mailsOf("mai", 1)).toHaveLength(1);
    expect(await mailsOf("hana", 4)).toHaveLength(4);
    expect(await mailsOf("ken", 1)).toHaveLength(1);
  }, 60_000);

  test("two who are both away do not answer each other's answers", async () => {
    await xmail.vacation.set({ ...account("mai"), on: true, text: "So am I." });
    await post("hana@example.com", "mai@example.com", "Subject: Are you there?");
    const before = await mailsOf("hana", 5);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await mailsOf("hana", 5)).toEqual(before);
    expect(await mailsOf("mai", 2)).toHaveLength(2);
  }, 60_000);

  test("turned off, nobody is answered; with the account goes all that was remembered", async () => {
    await xmail.vacation.set({ ...account("mai"), on: false, text: "So am I." });
    expect(await server.read("domains/example.com/mai/mailproc.tab")).toBe(null);
    await post("ken@example.com", "mai@example.com", "Subject: Back?");
    expect(await mailsOf("mai", 3)).toHaveLength(3);
    expect(await mailsOf("ken", 1)).toHaveLength(1);
    await xmail.account.remove(account("hana"));
    expect(await readdir(join(server.folder, "domains/example.com"))).not.toContain("hana");
  }, 60_000);
});
