import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../../../src/kernel/actor.ts";
import { domainTarget } from "../../../src/kernel/target.ts";
import { openXMail } from "../../../src/open.ts";
import { cellOf } from "../../../src/operations/log/rows.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { stormLog } from "../../support/log-storm.ts";

const FOLDER = fileURLToPath(new URL("../../fixtures/xmail/samples/logs/", import.meta.url));
let storage: Storage;

beforeAll(async () => {
  storage = memory();
  await writeMailRoot(storage, {
    domain: "example.com",
    ctrl: { account: "admin", password: "ctrl-Secret-1" },
  });
  for (const name of readdirSync(FOLDER)) {
    await storage.write(storagePath("logs", name), readFileSync(`${FOLDER}${name}`));
  }
});

const open = (actor?: Actor) => openXMail({ storage, offline: true, ...(actor ? { actor } : {}) });
const delegate = (domain: string): Actor => ({
  id: "d",
  name: "d",
  grants: [{ allow: ["*"], on: domainTarget(domain) }],
});

describe("where is my mail", () => {
  test("a mail that was copied to two others is told from taking it in to each delivery", async () => {
    const xmail = await open();
    const { items } = await xmail.log.trace({ id: "S37" });
    expect(items).toHaveLength(1);
    const [message] = items;
    expect(message).toMatchObject({ id: "S37", outcome: "delivered", sender: "bob@example.org" });
    const told = message?.steps.map(({ kind, status }) => `${kind} ${status}`);
    expect(told).toContain("smtp RECV=OK");
    expect(told?.indexOf("smtp RECV=OK")).toBeLessThan(told?.indexOf("smail LOCAL") ?? -1);
    expect(told).toEqual(expect.arrayContaining(["smail REDIR", "smail FWD", "smail LOCAL"]));
  });

  test("who was refused before there was a message is told, too, with what to do", async () => {
    const xmail = await open();
    const refused = (await xmail.log.search({ status: "RCPT=EFULL" })).items[0];
    const { items } = await xmail.log.trace({ address: refused ? cellOf(refused, "recipient") : "" });
    const found = items.find(({ steps }) => steps.some(({ status }) => status === "RCPT=EFULL"));
    expect(found).toBeDefined();
    const step = found?.steps.find(({ status }) => status === "RCPT=EFULL");
    expect(step?.words).toBe("The mailbox is full.");
    expect(step?.next).toMatch(/limit/);
  });

  test("nothing to look for is refused at the field", async () => {
    const xmail = await open();
    await expect(xmail.log.trace({})).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(xmail.log.search({ since: "yesterday" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});

describe("a delegated administrator", () => {
  test("finds lines about his domain only, and a full page of them", async () => {
    const all = (await (await open()).log.search({ limit: 200, kind: "smtp" })).items;
    const xmail = await open(delegate("example.jp"));
    const seen: typeof all = [];
    for (let cursor: string | undefined; ; ) {
      const page = await xmail.log.search({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items);
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(seen.length).toBeGreaterThan(10);
    for (const row of seen) expect(row.domain).toBe("example.jp");
    const smtp = seen.filter(({ kind }) => kind === "smtp").map(({ offset }) => offset);
    const wanted = all
      .filter(
        (row) => /@example\.jp$/.test(cellOf(row, "recipient")) || /@example\.jp$/.test(cellOf(row, "user")),
      )
      .map(({ offset }) => offset);
    expect(smtp).toEqual(expect.arrayContaining(wanted));
    expect(seen.some(({ kind }) => kind === "ctrl" || kind === "finger")).toBe(false);
  });

  test("is told no statistics but those of his domain", async () => {
    const xmail = await open(delegate("example.jp"));
    await expect(xmail.log.statistics({ by: "account" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(xmail.log.statistics({ by: "domain", domain: "example.com" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const { items } = await xmail.log.statistics({ by: "domain", domain: "example.jp" });
    expect(items.map(({ key }) => key)).toContain("example.jp");
    expect(items.map(({ key }) => key)).not.toContain("example.com");
    await expect(xmail.log.list({})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

test("statistics count each message once, with its size", async () => {
  const xmail = await open();
  const { items, total } = await xmail.log.statistics({ by: "day" });
  expect(items).toHaveLength(1);
  expect(total.messages).toBe(28);
  expect(total.bytes).toBeGreaterThan(28 * 100);
  expect(items[0]).toMatchObject({ key: "2026-11-24", messages: 28, bytes: total.bytes });
});

test("a file that is five times as large as those before it is pointed out", async () => {
  const apart = memory();
  await writeMailRoot(apart, {
    domain: "example.com",
    ctrl: { account: "admin", password: "ctrl-Secret-1" },
  });
  for (let day = 1; day <= 4; day++) {
    const size = day === 4 ? 2_000_000 : 300_000;
    await apart.write(storagePath("logs", `smtp-2026110${day}0000`), new Uint8Array(size));
  }
  const xmail = await openXMail({ storage: apart, offline: true });
  const { items } = await xmail.log.list({});
  expect(items.filter(({ large }) => large).map(({ name }) => name)).toEqual(["smtp-202611040000"]);
  expect(items[0]).toMatchObject({ usual: 300_000, size: 2_000_000 });
});

test("the stolen account and who guesses are found, with what stops them", async () => {
  const apart = memory();
  await writeMailRoot(apart, {
    domain: "example.com",
    ctrl: { account: "admin", password: "ctrl-Secret-1" },
  });
  await apart.write(storagePath("logs/smtp-202611240000"), stormLog({ seed: 11, bytes: 1_500_000 }));
  const failed = Array.from(
    { length: 25 },
    () => '"mx"\t"example.com"\t"192.0.2.66"\t"2026-11-24 08:00:00"\t"hana"\t"guess"\t"ELOGIN"\n',
  );
  await apart.write(storagePath("logs/pop3-202611240000"), Buffer.from(failed.join("")));
  const now = () => new Date(2026, 10, 24, 12);
  const xmail = await openXMail({ storage: apart, offline: true, now });
  const { items } = await xmail.log.lint({ bytes: 10_000_000, networks: 2 });
  expect(items).toContainEqual(
    expect.objectContaining({
      code: "accountBytes",
      domain: "example.com",
      name: "alice",
      remedy: "account.suspend",
    }),
  );
  expect(items).toContainEqual(
    expect.objectContaining({ code: "ipSignIns", ip: "192.0.2.66", value: 25, remedy: "spammer.add" }),
  );
  expect(items).toContainEqual(
    expect.objectContaining({ code: "accountSignIns", name: "hana", remedy: null }),
  );
  expect(JSON.stringify(items)).not.toContain('guess"');
  const later = await openXMail({ storage: apart, offline: true, now: () => new Date(2026, 11, 24) });
  await expect(later.log.lint({})).resolves.toEqual({ items: [] });
});
