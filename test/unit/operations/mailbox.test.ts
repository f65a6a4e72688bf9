import { beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "../../../src/kernel/actor.ts";
import type { AuditRecord } from "../../../src/kernel/audit.ts";
import type { Call } from "../../../src/kernel/context.ts";
import { invoke } from "../../../src/kernel/invoke.ts";
import type { AnyOperation } from "../../../src/kernel/operation.ts";
import { mailboxesOver } from "../../../src/mailbox/mailboxes-over.ts";
import { dryRun } from "../../../src/operations/dry-run.ts";
import { mailboxCount } from "../../../src/operations/mailbox/count.ts";
import { mailboxLargest } from "../../../src/operations/mailbox/largest.ts";
import { mailboxUsage } from "../../../src/operations/mailbox/usage.ts";
import { messageGet } from "../../../src/operations/message/get.ts";
import { messageList } from "../../../src/operations/message/list.ts";
import { messageAttachment, messageRaw } from "../../../src/operations/message/raw.ts";
import { actorOf, ownerOf } from "../../../src/operations/roles.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import { writeMailboxes } from "../../support/mailboxes.ts";
import { callOn } from "../../table/call.ts";
import { mixedMail } from "../mailbox/mail-samples.ts";
import { filesIn } from "../spool/spool-samples.ts";

const MB = 1024 * 1024;
const HIS = "office1.example.com";
let storage: Storage;
let call: Call;
let records: AuditRecord[];

const at = (days: number) => new Date(Date.parse("2026-11-24T10:00:00Z") + days * 86_400_000);

beforeEach(async () => {
  storage = memory();
  await writeMailboxes(storage, { accounts: 40, messages: 600 });
  records = [];
  call = await over(storage);
});

async function over(files: Storage): Promise<Call> {
  const backend = await openTabBackend({ storage: files });
  return callOn({ ...backend, mailboxes: mailboxesOver(files, backend.accounts) }, undefined, records);
}

const keeper: Actor = {
  id: "d",
  name: "d",
  grants: [{ allow: ["mailbox.*", "message.*"], on: { kind: "domain", domain: HIS } }],
};

describe("mailbox.count, mailbox.usage, mailbox.largest", () => {
  test("nothing is known before it was counted; then all of it, and when", async () => {
    expect(await invoke(mailboxUsage, call, {})).toMatchObject({
      total: 0,
      progress: { of: 0, oldest: null },
    });
    const counted = await invoke(mailboxCount, call, {});
    expect(counted).toEqual({ counted: 40, of: 40, finished: true, oldest: at(0).toISOString() });
    const usage = await invoke(mailboxUsage, call, { limit: 200 });
    expect([usage.total, usage.messages]).toEqual([40, 600]);
    expect(usage.bytes).toBe(usage.items.reduce((sum, { bytes }) => sum + bytes, 0));
    const sizes = usage.items.map(({ bytes }) => bytes);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(records.map(({ operation, phase }) => `${operation} ${phase}`)).toContain("mailbox.count done");
    const large = await invoke(mailboxLargest, call, {});
    expect(large.items).toHaveLength(2);
    expect(large.items[0]?.size).toBeGreaterThan(150_000);
  });

  test("full, nearly full, growing fast and unused are told apart, each with its list", async () => {
    const box = async (name: string, bytes: number) =>
      storage.write(
        storagePath(`domains/office1.example.com/${name}/Maildir/new/1795509200001.x`),
        Buffer.alloc(bytes),
      );
    const set = async (name: string, limitKb: number) =>
      storage.write(
        storagePath(`domains/office1.example.com/${name}/user.tab`),
        Buffer.from(`"MaxMBSize"\t"${limitKb}"\n`),
      );
    // Nearly empty, large and without a sign-in; with one of today.
    await set("user37", 40 * 1024);
    await set("user35", 40 * 1024);
    await storage.write(storagePath("domains/office1.example.com/user35/.ipconn"), Buffer.from("192.0.2.7"));
    await invoke(mailboxCount, call, {});
    await box("user37", 12 * MB);
    await box("user35", 31 * MB);
    const later = { ...call, now: () => at(1) };
    await invoke(mailboxCount, later, { again: true });
    const states = async (filter: string) =>
      (await invoke(mailboxUsage, later, { filter, limit: 200 })).items.map(({ name }) => name);
    expect(await states("growing")).toEqual(["user35", "user37"]);
    expect(await states("nearly")).toContain("user35");
    expect(await states("nearly")).not.toContain("user37");
    const full = (await invoke(mailboxUsage, later, { filter: "full", limit: 200 })).items;
    expect(full.every(({ bytes, limitBytes }) => bytes >= (limitBytes ?? Number.POSITIVE_INFINITY))).toBe(
      true,
    );
    expect(full.length).toBeGreaterThan(0);
    expect(await states("unused")).toContain("user37");
    expect(await states("unused")).not.toContain("user35");
    const { full: f, unused, growing } = await invoke(mailboxUsage, later, {});
    expect([f, growing, unused]).toEqual([full.length, 2, 39]);
  });

  test("pages, searches and orders", async () => {
    await invoke(mailboxCount, call, {});
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await invoke(mailboxUsage, call, {
        ...{ sort: "address", domain: HIS, limit: 7 },
        ...(cursor === undefined ? {} : { cursor }),
      });
      seen.push(...page.items.map(({ address }) => address));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(20);
    expect(seen).toEqual([...seen].sort());
    expect((await invoke(mailboxUsage, call, { search: "USER39" })).items).toHaveLength(1);
    for (const sort of ["left", "growth", "messages", "signIn"])
      expect((await invoke(mailboxUsage, call, { sort, limit: 200 })).items).toHaveLength(40);
  });

  test("bad input is refused at its field, and nothing is counted", async () => {
    for (const input of [{ filter: "huge" }, { days: 0 }, { sort: "up" }, { domain: "../x" }])
      await expect(invoke(mailboxUsage, call, input)).rejects.toMatchObject({
        code: "INVALID_INPUT",
        fields: [{ field: Object.keys(input)[0] }],
      });
    const before = await filesIn(storage);
    await expect(invoke(mailboxCount, call, { seconds: -1 })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    await dryRun(mailboxCount as AnyOperation, call, {});
    expect(await filesIn(storage)).toEqual(before);
  });

  test("who has one domain counts and sees its accounts only", async () => {
    const his = { ...call, actor: keeper };
    await expect(invoke(mailboxCount, his, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await invoke(mailboxCount, his, { domain: HIS })).toMatchObject({ counted: 20, of: 20 });
    await invoke(mailboxCount, call, { again: true });
    const usage = await invoke(mailboxUsage, his, { limit: 200 });
    expect([usage.total, usage.progress.of]).toEqual([20, 20]);
    expect(new Set(usage.items.map(({ domain }) => domain))).toEqual(new Set([HIS]));
    expect((await invoke(mailboxUsage, his, { domain: "office0.example.com" })).total).toBe(0);
    const large = await invoke(mailboxLargest, his, {});
    expect(large.items.every(({ domain }) => domain === HIS)).toBe(true);
  });

  test("by the control port alone it is said what is missing", async () => {
    const { mailboxes: _, ...bare } = call.xmail;
    for (const [operation, input] of [
      [mailboxUsage, {}],
      [mailboxCount, {}],
      [mailboxLargest, {}],
    ] as const)
      await expect(
        invoke(operation as AnyOperation as typeof mailboxUsage, { ...call, xmail: bare }, input),
      ).rejects.toMatchObject({
        code: "STORAGE_UNSUPPORTED",
      });
  });
});

describe("message.list, message.get, message.raw, message.attachment", () => {
  const WHOSE = { domain: HIS, name: "user1" };
  const message = "new_1795509200001.mixed.mx1";
  const why = (one: Call = call) => ({ ...one, reason: "asked by the owner" });

  beforeEach(() =>
    storage.write(storagePath(`domains/${HIS}/user1/Maildir/new/${message.slice(4)}`), mixedMail()),
  );

  test("ask for a reason, and the audit log keeps it with whose mail it was", async () => {
    for (const [operation, input] of [
      [messageList, WHOSE],
      [messageGet, { ...WHOSE, message }],
      [messageRaw, { ...WHOSE, message }],
      [messageAttachment, { ...WHOSE, message, place: 0 }],
    ] as const) {
      const any = operation as AnyOperation as typeof messageList;
      await expect(invoke(any, call, input)).rejects.toMatchObject({ code: "REASON_NEEDED" });
      await invoke(any, why(), input);
      expect(records.at(-1)).toMatchObject({
        operation: operation.name,
        phase: "done",
        reason: "asked by the owner",
        target: { kind: "account", ...WHOSE },
      });
    }
  });

  test("the list, the message, its file and its attachments", async () => {
    const list = await invoke(messageList, why(), WHOSE);
    expect(list.items[0]).toMatchObject({ message, subject: "both", from: "a@example.com" });
    const one = await invoke(messageGet, why(), { ...WHOSE, message });
    expect(one).toMatchObject({ state: "whole", leftOut: 1, links: ["https://phish.example/login?a=1"] });
    expect(one.html).not.toMatch(/script|onclick|https?:/);
    const raw = await invoke(messageRaw, why(), { ...WHOSE, message });
    expect(Buffer.from(raw.content, "base64").equals(Buffer.from(mixedMail()))).toBe(true);
    const pdf = await invoke(messageAttachment, why(), { ...WHOSE, message, place: 0 });
    expect(pdf).toMatchObject({ name: "請求書.pdf", bytes: 6, content: "JVBERi0x" });
  });

  test("what is not there, or no name of a message", async () => {
    for (const id of ["new_nothing.x", "cur_1795509200001.mixed.mx1"])
      for (const operation of [messageGet, messageRaw])
        await expect(
          invoke(operation as AnyOperation as typeof messageGet, why(), { ...WHOSE, message: id }),
        ).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(invoke(messageAttachment, why(), { ...WHOSE, message, place: 7 })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    for (const id of ["new_../user.tab", "tmp_x", "x", "new_.x", "new_a b"])
      await expect(invoke(messageGet, why(), { ...WHOSE, message: id })).rejects.toMatchObject({
        fields: [{ field: "message", rule: "mail-message" }],
      });
    await expect(invoke(messageList, why(), { ...WHOSE, name: "nobody" })).rejects.toMatchObject({
      code: "ACCOUNT_NOT_FOUND",
    });
  });

  test("nobody opens another domain's mail; the owner needs no reason, and only his own opens", async () => {
    const other = { domain: "office0.example.com", name: "user0" };
    await expect(invoke(messageList, why({ ...call, actor: keeper }), other)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const owner = { ...call, actor: ownerOf(WHOSE) };
    expect((await invoke(messageList, owner, WHOSE)).messages).toBeGreaterThan(0);
    await expect(invoke(messageList, why(owner), other)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const auditor = actorOf({ id: "a", name: "a", role: "auditor", lists: [] } as never, [], []);
    await expect(invoke(messageList, why({ ...call, actor: auditor }), WHOSE)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});
