import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { libraryOver, type XMail } from "../../../src/library.ts";
import { openBackend } from "../../../src/open.ts";
import { openState } from "../../../src/state/state.ts";
import { local } from "../../../src/storage/local.ts";
import { memory } from "../../../src/storage/memory.ts";
import { describeWith, xmailBin } from "../../peers.ts";
import { allStopped, CTRL, startXMail, type XMailServer } from "./xmail-server.ts";

const PASSWORD = "Quiet-river-1977";
const NOTE = { person: "kita", subject: "お知らせ: 設定の変更", text: "北野様\n\n.\nfrom now on…\n" };

describeWith("xmail", xmailBin(), "a mail to a delegated administrator, delivered by a real XMail", (bin) => {
  let server: XMailServer;
  let xmail: XMail;
  beforeAll(async () => {
    server = await startXMail(bin);
    const { people } = await openState(memory());
    const ctrl = { host: "127.0.0.1", port: server.port, ...CTRL };
    xmail = libraryOver(await openBackend({ ctrl, storage: local(server.folder) }), { people });
    await xmail.account.add({ domain: "example.com", name: "hana", password: "Long-enough-1" });
    const kita = { name: "kita", password: PASSWORD, domains: ["example.com"] };
    await xmail.delegation.add({ ...kita, email: "hana@example.com", masterEmail: "help@example.com" });
  }, 120_000);
  afterAll(async () => {
    await xmail.close();
    server.stop();
    await allStopped();
  }, 60_000);

  test("arrives as it was written, from nobody whom a bounce could reach", async () => {
    await xmail.delegation.notify(NOTE);
    const box = join(server.folder, "domains/example.com/hana/Maildir/new");
    let names: string[] = [];
    for (let tries = 0; names.length === 0 && tries < 300; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      names = await readdir(box).catch(() => []);
    }
    const mail = await readFile(join(box, names[0] ?? ""), "latin1");
    expect(mail).toMatch(/^Return-Path: <>\r?\n/);
    const read = await PostalMime.parse(mail);
    expect([read.subject, read.text?.replaceAll("\r\n", "\n").trim(), read.from?.address]).toEqual([
      NOTE.subject,
      NOTE.text.trim(),
      "help@example.com",
    ]);
    expect(await readdir(join(server.folder, "spool/temp"))).toEqual([]);
  }, 60_000);
});
