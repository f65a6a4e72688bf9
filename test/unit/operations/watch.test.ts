import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { secret } from "../../../src/errors/secret.ts";
import type { XMail } from "../../../src/library.ts";
import { openXMail } from "../../../src/open.ts";
import { openWatch, type WatchWishes } from "../../../src/open-watch.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { openState, type State } from "../../../src/state/state.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { selfSigned } from "../ctrl/certificate.ts";
import { contentsOf } from "../tab/mail-root.ts";

const NOW = new Date("2026-11-30T12:00:00");
const NAME = "1764500000000.1.2.host";

let files: Storage;
let state: State;
beforeEach(async () => {
  files = memory();
  await writeMailRoot(files, {
    domain: "example.com",
    ctrl: { account: "admin", password: "ctrl-Secret-1" },
  });
  state = await openState(memory());
});
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function watched(wishes: WatchWishes = {}, now = NOW): Promise<XMail> {
  const xmail = await openXMail({ storage: files, offline: true, now: () => now });
  const watch = openWatch(wishes, {
    memory: state.watch,
    post: xmail.backend.post,
    serverName: "mx1",
    now: () => now,
  });
  return openXMail({ storage: files, offline: true, watch, now: () => now });
}

/** One message of the queue, as XMail writes it, that waits since so many hours. */
async function queued(hours: number, name = NAME, auth = "hana@example.com"): Promise<void> {
  const at = new Date(NOW.getTime() - hours * 3_600_000);
  const lines = [
    "192.0.2.9:25;192.0.2.1:25;x",
    "example.com",
    name,
    `MAIL FROM:<${auth}>`,
    "RCPT TO:<aoi@elsewhere.test>",
    "<<MAIL-DATA>>",
    `Received: from x by y for <aoi@elsewhere.test>; ${at.toUTCString()}`,
    "Subject: hello",
    "",
    "text",
  ];
  const path = storagePath("spool/0/0/mess", name.replace(/^\d+/, String(at.getTime())));
  await files.write(path, Buffer.from(lines.join("\r\n")));
}

async function letters(): Promise<string[]> {
  const all = Object.entries(await contentsOf(files));
  return all.flatMap(([path, text]) => (path.startsWith("spool/local/") && text !== "" ? [text] : []));
}

describe("a look", () => {
  test("finds nothing on a quiet server, and says what it could not see", async () => {
    const look = await (await watched()).watch.status();
    expect(look.problems).toEqual([]);
    expect(look.unknown).toEqual(["mailboxes"]);
    expect(look.numbers).toMatchObject({ domains: 1, queueMessages: 0, mailToday: 0, certificateDays: null });
  });

  test("tells a large and an old queue by the bounds that were set", async () => {
    await queued(30);
    await queued(1, "1764500000001.1.2.host");
    const xmail = await watched({ bounds: { queueMessages: 2, queueHours: 24 } });
    expect((await xmail.watch.status()).problems).toMatchObject([
      { code: "queueLarge", tone: "bad", value: 2, bound: 2 },
      { code: "queueOld", tone: "warn", value: 30, bound: 24 },
    ]);
    const calm = await watched({ bounds: { queueMessages: 3, queueHours: 31 } });
    expect((await calm.watch.status()).problems).toEqual([]);
  });

  test("tells a certificate that ends soon, and one that is over, by its name", async () => {
    await files.write(storagePath("server.cert"), Buffer.from(selfSigned("mx1.example.com").cert));
    const found = async (days: number) => {
      const look = await (await watched({}, new Date(Date.now() + days * 86_400_000))).watch.status();
      return [look.problems, look.numbers.certificateDays];
    };
    const about = "mx1.example.com";
    expect(await found(0)).toMatchObject([[{ code: "certificateEnds", about, value: 0, bound: 21 }], 0]);
    expect(await found(3)).toMatchObject([[{ code: "certificateOver", about, tone: "bad", value: 3 }], -3]);
    // Valid for longer than the bound: the day before the bound begins.
    expect(await found(-22)).toMatchObject([[], 22]);
  });

  test("tells full mailboxes, and those with 10 MB or less left, as they were counted last", async () => {
    const xmail = await watched();
    const limits = { full: "10", nearly: "10240", roomy: "20480", unlimited: "0" };
    for (const [name, limit] of Object.entries(limits)) {
      await xmail.account.add({ domain: "example.com", name, password: "Long-enough-1" });
      const set = [{ name: "MaxMBSize", value: limit }];
      await xmail.account.setVariables({ domain: "example.com", name, set });
      const path = storagePath(`domains/example.com/${name}/Maildir/new/1764000000.1.host`);
      await files.write(path, Buffer.alloc(20_000));
    }
    expect((await xmail.watch.status()).unknown).toContain("mailboxes");
    await xmail.mailbox.count({});
    const look = await xmail.watch.status();
    expect(look.problems).toMatchObject([
      { code: "mailboxFull", about: "full@example.com", tone: "bad" },
      { code: "mailboxNearlyFull", about: "nearly@example.com", tone: "warn" },
    ]);
    expect(look.numbers).toMatchObject({ mailboxesFull: 1, mailboxesNearlyFull: 1 });
    expect(look.unknown).toEqual([]);
  });

  test("counts the mail of today beside that of a week ago until this hour, and signs of abuse", async () => {
    const line = (time: string, status: string) =>
      [
        ...["mx1", "example.com", "203.0.113.7", time, "x", "example.com", "a@b.test", "c@example.com"],
        ...["S1", status, "", "100", ""],
      ]
        .map((cell) => `"${cell}"`)
        .join("\t");
    const write = (day: string, ...lines: string[]) =>
      files.write(storagePath(`logs/smtp-${day}0000`), Buffer.from(`${lines.join("\r\n")}\r\n`));
    await write("20261123", line("2026-11-23 11:59:00", "RECV=OK"), line("2026-11-23 12:01:00", "RECV=OK"));
    const guesses = Array.from({ length: 20 }, () => line("2026-11-30 09:00:00", "AUTH=EFAIL:TYPE=LOGIN"));
    await write("20261130", line("2026-11-30 08:00:00", "RECV=OK"), ...guesses);
    const look = await (await watched()).watch.status();
    expect(look.numbers).toMatchObject({
      mailToday: 1,
      mailBytesToday: 100,
      mailLastWeek: 1,
      refusedToday: 20,
    });
    expect(look.problems).toMatchObject([{ code: "ipSignIns", about: "203.0.113.7", value: 20, bound: 20 }]);
  });

  test("a part that cannot be read keeps nobody from the others, and is not called fine", async () => {
    await files.write(storagePath("server.cert"), Buffer.from("no certificate"));
    const look = await (await watched()).watch.status();
    expect(look.unknown).toEqual(["mailboxes", "certificate"]);
    expect(look.numbers.queueMessages).toBe(0);
  });
});

describe("watch.run", () => {
  const WISHES: WatchWishes = { mailTo: ["root@example.com"], bounds: { queueMessages: 1 } };

  test("tells once when something begins, nothing while it stays, and once when it is over", async () => {
    await queued(1);
    const xmail = await watched(WISHES);
    expect((await xmail.watch.run({})).told).toEqual([
      { way: "mail:root@example.com", begun: 1, over: 0, failure: null },
    ]);
    expect(await letters()).toHaveLength(1);
    expect((await xmail.watch.run({})).told).toMatchObject([{ begun: 0, over: 0 }]);
    expect(await letters()).toHaveLength(1);
    await files.remove(storagePath("spool/0/0"));
    expect((await xmail.watch.run({})).told).toMatchObject([{ begun: 0, over: 1 }]);
    const all = await letters();
    expect(all).toHaveLength(2);
    expect(all[0]).toContain("rcpt to:<root@example.com>");
    expect(all.join("\n")).toContain("[mx1]");
  });

  test("what could not be looked at is not over", async () => {
    await files.write(storagePath("server.cert"), Buffer.from("no certificate"));
    await state.watch.keep((kept) => ({
      ...kept,
      told: { "mail:root@example.com": [{ code: "certificateEnds", about: "mx" }] },
    }));
    const xmail = await watched(WISHES);
    expect((await xmail.watch.run({})).told).toMatchObject([{ begun: 0, over: 0 }]);
    expect((await state.watch.read()).told["mail:root@example.com"]).toHaveLength(1);
  });

  test("quiet keeps the look for the overview and tells nobody; a dry run keeps nothing either", async () => {
    await queued(1);
    const xmail = await watched(WISHES);
    await xmail.watch.run({}, { dryRun: true });
    expect((await state.watch.read()).look).toBeNull();
    await xmail.watch.run({ quiet: true });
    expect(await letters()).toEqual([]);
    expect(await xmail.watch.get()).toMatchObject({
      look: { problems: [{ code: "queueLarge" }] },
      ways: ["mail:root@example.com"],
    });
    // Nobody was told yet, so the next run tells.
    expect((await xmail.watch.run({})).told).toMatchObject([{ begun: 1 }]);
  });

  test("without a state nothing can be kept, and it says so", async () => {
    const xmail = await openXMail({ storage: files, offline: true });
    await expect(xmail.watch.run({})).rejects.toMatchObject({ code: "BAD_CONFIG" });
  });
});

describe("the webhook", () => {
  const KEY = "hook-Secret-1";

  /** A server of somebody else's; answers as told, one after the other. */
  async function listening(...answers: number[]) {
    const posts: { body: string; signature: string }[] = [];
    const server = createServer(async (request: IncomingMessage, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      posts.push({
        body: Buffer.concat(pieces).toString(),
        signature: String(request.headers["x-xmailcfg-signature"]),
      });
      response.writeHead(answers.shift() ?? 204, { location: "/elsewhere" }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    return { posts, url: `http://127.0.0.1:${port}/hook` };
  }

  const wishesFor = (url: string): WatchWishes => ({
    webhook: { url, secret: secret(KEY), pauses: [1, 1] },
    bounds: { queueMessages: 1 },
  });

  test("gets news as JSON, signed so that nobody else can post them", async () => {
    await queued(1);
    const { posts, url } = await listening(204);
    const xmail = await watched(wishesFor(url));
    expect((await xmail.watch.run({})).told).toEqual([{ way: "webhook", begun: 1, over: 0, failure: null }]);
    const [{ body, signature } = { body: "", signature: "" }] = posts;
    expect(JSON.parse(body)).toMatchObject({
      source: "xmailcfg",
      problems: 1,
      begun: [{ code: "queueLarge" }],
    });
    const [, at = "", mac = ""] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
    expect(mac).toBe(createHmac("sha256", KEY).update(`${at}.${body}`).digest("hex"));
  });

  test("is tried again after a fault of the other side, three times in all", async () => {
    await queued(1);
    const { posts, url } = await listening(500, 429, 200);
    expect((await (await watched(wishesFor(url))).watch.run({})).told).toMatchObject([{ failure: null }]);
    expect(posts).toHaveLength(3);
  });

  test.each([
    ["a refusal is final", [403], 1, "answered 403"],
    ["no redirect is followed", [302], 1, "answered 302"],
    ["it gives up after three tries", [500, 500, 503], 3, "answered 503"],
  ])("%s, and who was not told is told by the next run", async (_, answers, tries, failure) => {
    await queued(1);
    const { posts, url } = await listening(...answers);
    const xmail = await watched(wishesFor(url));
    expect((await xmail.watch.run({})).told).toMatchObject([{ begun: 1, failure }]);
    expect(posts).toHaveLength(tries);
    expect((await xmail.watch.run({})).told).toMatchObject([{ begun: 1, failure: null }]);
    expect((await xmail.watch.run({})).told).toMatchObject([{ begun: 0, failure: null }]);
  });
});
