import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "../../../src/kernel/actor.ts";
import { domainTarget, SERVER } from "../../../src/kernel/target.ts";
import { openXMail } from "../../../src/open.ts";
import { cellOf } from "../../../src/operations/log/rows.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { messageText, plant, realSpool } from "../spool/spool-samples.ts";

const SAMPLES = fileURLToPath(new URL("../../fixtures/xmail/samples/", import.meta.url));
let storage: Storage;

/** Logs and queue of one run of XMail 1.27, and a mail in the queue that no log tells of. */
beforeAll(async () => {
  storage = await realSpool(`${SAMPLES}spool`);
  await writeMailRoot(storage, { domain: "example.com" });
  for (const name of readdirSync(`${SAMPLES}logs`))
    await storage.write(storagePath("logs", name), readFileSync(`${SAMPLES}logs/${name}`));
  const unlogged = { cell: "1/1", stage: "mess", name: "1795509250000.7fd1577fe6c0.72b3.ff.mx1" } as const;
  await plant(storage, [
    { ...unlogged, from: "kei@example.jp", to: "far@example.org", subject: "Lost parcel" },
  ]);
  const text = messageText({ subject: "Weekly report", from: "x@example.org", to: "alice@example.com" });
  await storage.write(
    storagePath("spool/1/1/mess/1795509251000.7fd1577fe6c0.72b3.fe.mx1"),
    // Ids are counted up from the beginning when XMail is installed anew: this is not the S27 of the logs.
    Buffer.from(text.replace("S2C", "S27")),
  );
});

const open = (actor?: Actor) => openXMail({ storage, offline: true, ...(actor ? { actor } : {}) });
const delegate = (domain: string, allow = ["log.*", "spool.*"]): Actor => ({
  id: "d",
  name: "d",
  grants: [{ allow, on: domainTarget(domain) }],
});

test("what waits in the queue is told with its tries, their last answer, and what comes next", async () => {
  const { items, queue } = await (await open()).log.trace({ id: "S27" });
  expect(queue).toBe("all");
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ outcome: "frozen", sender: "alice@example.com" });
  expect(items[0]?.queue).toHaveLength(1);
  expect(items[0]?.queue[0]).toMatchObject({
    to: "temp@reject.example.org",
    status: "frozen",
    reason: "450 4.2.0 mailbox busy, try again later",
    next: "nothing",
  });
});

test("a subject finds what is in the queue, with and without lines of its own", async () => {
  const xmail = await open();
  const lost = await xmail.log.trace({ subject: "lost PARCEL" });
  expect(lost.items).toMatchObject([
    { sender: "kei@example.jp", recipients: ["far@example.org"], outcome: "waiting", steps: [], time: null },
  ]);
  const [hello] = (await xmail.spool.list({ filter: "id:=S26" })).items;
  const found = await xmail.log.trace({ subject: hello?.subject ?? "", address: "who@reject.example.org" });
  expect(found.items).toHaveLength(1);
  expect(found.items[0]).toMatchObject({ id: "S26", outcome: "frozen" });
  expect(found.items[0]?.steps.map(({ status }) => status)).toContain("RECV=OK");
  const late = { subject: hello?.subject ?? "", address: "who@reject.example.org", since: "2026-11-25" };
  expect((await xmail.log.trace(late)).items).toEqual([]);
  expect((await xmail.log.trace({ subject: "no such thing" })).items).toEqual([]);
  await expect(xmail.log.trace({ subject: "a\nb" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
});

test("an id that was given twice is not the same message", async () => {
  const { items } = await (await open()).log.trace({ subject: "Weekly report" });
  expect(items).toMatchObject([{ sender: "x@example.org", steps: [], outcome: "waiting" }]);
});

test("a mail that was delivered goes on to the first sign-in of who could fetch it", async () => {
  const { items } = await (await open()).log.trace({ id: "S2" });
  const steps = items[0]?.steps ?? [];
  const delivered = steps.find(({ status }) => status === "LOCAL");
  const fetched = steps.filter(({ kind }) => kind === "pop3");
  expect(fetched).toHaveLength(1);
  expect(cellOf(fetched[0] as (typeof steps)[number], "user")).toBe("alice");
  expect(fetched[0]?.status).toBe("LOGIN");
  expect((fetched[0]?.time ?? "") >= (delivered?.time ?? "?")).toBe(true);
  expect(steps.indexOf(fetched[0] as (typeof steps)[number])).toBeGreaterThan(
    steps.indexOf(delivered as (typeof steps)[number]),
  );
});

test("a mail that was fetched from elsewhere begins with the round that fetched it", async () => {
  const xmail = await open();
  const smail = (await xmail.log.search({ kind: "smail", limit: 200 })).items;
  const id = smail.map((row) => cellOf(row, "id")).find((one) => one.startsWith("P"));
  const { items } = await xmail.log.trace({ id: id ?? "" });
  const rounds = items[0]?.steps.filter(({ kind }) => kind === "psync") ?? [];
  expect(rounds).toHaveLength(1);
  expect(cellOf(rounds[0] as (typeof rounds)[number], "messages")).not.toBe("0");
});

test("a delegated administrator sees of the queue what is of his domain, whoever names it as a sender", async () => {
  const his = await open(delegate("example.jp"));
  // kei@example.jp is a name that anybody can write.
  expect((await his.log.trace({ subject: "Lost parcel" })).items).toEqual([]);
  expect((await his.log.trace({ subject: "Weekly report" })).items).toEqual([]);
  const theirs = await open(delegate("example.com"));
  expect((await theirs.log.trace({ subject: "Weekly report" })).items).toHaveLength(1);
  const frozen = (await his.log.trace({ id: "S32" })).items;
  expect(frozen[0]?.queue.map(({ to }) => to)).toEqual(["hana@example.jp"]);
  for (const { queue } of (await his.log.trace({ address: "alice@example.com" })).items)
    for (const { to, auth } of queue) expect(`${to} ${auth}`).toMatch(/@example\.jp/);
});

test("who may read the logs and not the queue is told nothing of the queue", async () => {
  const his = await open(delegate("example.jp", ["log.*"]));
  const frozen = await his.log.trace({ id: "S32" });
  expect(frozen.queue).toBe("none");
  expect(frozen.items).toHaveLength(1);
  expect(frozen.items[0]?.queue).toEqual([]);
  const theirs = await open(delegate("example.com", ["log.*"]));
  expect(await theirs.log.trace({ subject: "Weekly report" })).toMatchObject({ items: [], queue: "none" });
  // The logs of all, and the queue of one domain: rows of that one.
  const grants = [
    { allow: ["log.*"], on: SERVER },
    { allow: ["spool.*"], on: domainTarget("example.jp") },
  ];
  const both = await (await open({ id: "b", name: "b", grants })).log.trace({ id: "S32" });
  expect(both.items[0]?.queue.map(({ to }) => to)).toEqual(["hana@example.jp"]);
});

test("by subject, too, the newest come first, whether a log tells of them or not", async () => {
  const { items } = await (await open()).log.trace({ subject: "e" });
  const since = items.map(({ queue }) => Math.max(...queue.map((row) => Date.parse(row.since))));
  expect(since.length).toBeGreaterThan(2);
  expect(items.some(({ steps }) => steps.length === 0)).toBe(true);
  expect(since).toEqual(since.toSorted((one, other) => other - one));
});

test("of a mail to two domains, who has the queue of one sees of the queue what goes there", async () => {
  const two = memory();
  await writeMailRoot(two, { domain: "example.com" });
  const cells = (to: string) =>
    [
      "mx1",
      "mx1",
      "198.51.100.7",
      "2026-11-24 08:33:54",
      "h",
      "",
      "x@example.org",
      to,
      "SAA1",
      "RCPT=OK",
      "",
      "0",
      "",
    ]
      .map((cell) => `"${cell}"`)
      .join("\t");
  const people = ["alice@example.com", "hana@example.jp"];
  await two.write(
    storagePath("logs/smtp-202611240000"),
    Buffer.from(people.map((to) => `${cells(to)}\r\n`).join("")),
  );
  for (const [n, to] of people.entries()) {
    const text = messageText({ from: "x@example.org", to, subject: "To both" }).replace("S2C", "SAA1");
    const path = storagePath(`spool/1/1/rsnd/1795509251000.7fd1577fe6c0.72b3.f${n}.mx1`);
    await two.write(path, Buffer.from(text));
  }
  const grants = [
    { allow: ["log.*"], on: domainTarget("example.com") },
    { allow: ["log.*", "spool.*"], on: domainTarget("example.jp") },
  ];
  const queueOf = async (actor?: Actor) => {
    const xmail = await openXMail({ storage: two, offline: true, ...(actor ? { actor } : {}) });
    const { items } = await xmail.log.trace({ id: "SAA1" });
    return [items[0]?.recipients, items[0]?.queue.map(({ to }) => to).sort()];
  };
  expect(await queueOf()).toEqual([people, people]);
  expect(await queueOf({ id: "c", name: "c", grants })).toEqual([people, ["hana@example.jp"]]);
});
