import { beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "../../../src/kernel/actor.ts";
import type { AuditRecord } from "../../../src/kernel/audit.ts";
import type { Call } from "../../../src/kernel/context.ts";
import { invoke } from "../../../src/kernel/invoke.ts";
import type { AnyOperation } from "../../../src/kernel/operation.ts";
import { dryRun } from "../../../src/operations/dry-run.ts";
import { spoolHold, spoolRelease, spoolRemove, spoolResend } from "../../../src/operations/spool/act.ts";
import { spoolJobGet, spoolJobList, spoolJobUndo, spoolJobWork } from "../../../src/operations/spool/job.ts";
import {
  spoolExplain,
  spoolGet,
  spoolList,
  spoolRaw,
  spoolShape,
} from "../../../src/operations/spool/look.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { openSpool } from "../../../src/spool/open.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import { callOn } from "../../table/call.ts";
import { filesIn, littleStorm } from "../spool/spool-samples.ts";

const SPAM = "auth:=carol@example.com";
let storage: Storage;
let call: Call;
let records: AuditRecord[];

beforeEach(async () => {
  storage = await littleStorm(40);
  await writeMailRoot(storage, { domain: "example.com" });
  records = [];
  const backend = await openTabBackend({ storage });
  call = callOn({ ...backend, spool: openSpool(storage, null) }, undefined, records);
});

describe("the operations of the spool", () => {
  test("shape, list, explain: what it is like, each message, and what would be done", async () => {
    const shape = await invoke(spoolShape, call, {});
    expect(shape).toMatchObject({ messages: 40, looked: shape.of });
    expect(shape.groups.map(({ key, messages }) => [key, messages])).toEqual([
      ["", 20],
      ["carol@example.com", 20],
    ]);
    const found = await invoke(spoolExplain, call, { action: "remove", filter: SPAM, samples: 2 });
    expect([found.caught.messages, found.left.messages, found.samples.length]).toEqual([20, 20, 2]);
    const page = await invoke(spoolList, call, { filter: `${SPAM} status:retry`, limit: 1 });
    expect(page.items[0]).toMatchObject({ status: "retry", next: "retries", tries: 2, kind: "later" });
    expect(page.items[0]?.nextAt).toBe(new Date(1795509242000 + 510_000).toISOString());
  });

  test("a filter that is not understood is refused at its field by its word", async () => {
    await expect(invoke(spoolList, call, { filter: "from:x sender:y" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      fields: [{ field: "filter", rule: "spool-word", limit: "sender:y" }],
    });
    const before = await filesIn(storage);
    await expect(invoke(spoolRemove, call, { filter: "sender:y" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    expect(await filesIn(storage)).toEqual(before);
  });

  test("removing, going on in parts, undoing; each in the audit log", async () => {
    const before = await filesIn(storage, "spool");
    let job = await invoke(spoolRemove, call, { filter: SPAM, seconds: 0 });
    expect(job).toMatchObject({ done: 0, finished: false });
    for (let n = 0; !job.finished && n < 50; n += 1)
      job = await invoke(spoolJobWork, call, { job: job.job, seconds: 0 });
    expect(job).toMatchObject({ done: 20, undoable: true });
    expect((await invoke(spoolJobList, call, {})).items).toHaveLength(1);
    const undone = await invoke(spoolJobUndo, call, { job: job.job });
    expect(undone).toMatchObject({ done: 20, action: "putBack", undoes: job.job });
    expect(await filesIn(storage, "spool")).toEqual(before);
    expect((await invoke(spoolJobGet, call, { job: job.job })).undoable).toBe(false);
    expect(records.filter(({ phase }) => phase === "done").map(({ operation }) => operation)).toContain(
      "spool.remove",
    );
  });

  test("a dry run counts, and does nothing", async () => {
    const before = await filesIn(storage);
    const { result } = await dryRun(spoolRemove as AnyOperation, call, { filter: SPAM });
    expect(result).toMatchObject({ done: 20, job: "" });
    expect(await filesIn(storage)).toEqual(before);
  });

  test("messages named one by one are looked at alone, and foreseen as they are done", async () => {
    const { items } = await invoke(spoolList, call, { filter: SPAM, limit: 3 });
    const messages = items.map(({ message }) => message);
    const bytes = items.reduce((sum, { size }) => sum + size, 0);
    const seen = await invoke(spoolExplain, call, { action: "hold", messages });
    expect(seen).toMatchObject({ caught: { messages: 3, bytes }, left: { messages: 0 } });
    expect(seen.samples.map(({ message }) => message).sort()).toEqual([...messages].sort());
    const { result } = await dryRun(spoolHold as AnyOperation, call, { messages });
    expect(result).toMatchObject({ done: 3, bytes });
    expect(await invoke(spoolHold, call, { messages })).toMatchObject({ done: 3, bytes, finished: true });
    const again = await invoke(spoolExplain, call, { action: "hold", messages });
    expect(again.caught.messages).toBe(0);
    expect((await invoke(spoolExplain, call, { action: "release", messages })).caught.messages).toBe(3);
  });

  test("everything needs the word all; sending needs a running XMail", async () => {
    await expect(invoke(spoolRelease, call, {})).rejects.toMatchObject({ fields: [{ field: "confirm" }] });
    await expect(invoke(spoolResend, call, { filter: SPAM })).rejects.toMatchObject({
      code: "XMAIL_STOPPED",
    });
    const job = await invoke(spoolRelease, call, { confirm: "ALL" });
    expect(job.finished).toBe(true);
    expect((await invoke(spoolShape, call, {})).states.frozen).toBe(0);
  });

  test("one message: headers without a reason, its text with one", async () => {
    const [first] = (await invoke(spoolList, call, { filter: SPAM })).items;
    const message = first?.message ?? "";
    const found = await invoke(spoolGet, call, { message });
    expect(found.headers.map(({ name }) => name)).toContain("X-AuthUser");
    await expect(invoke(spoolRaw, call, { message })).rejects.toMatchObject({ code: "REASON_NEEDED" });
    const raw = await invoke(spoolRaw, { ...call, reason: "a storm" }, { message });
    expect(raw.eml).toContain("this is a sample message.");
  });

  test("who has one domain sees and touches its messages only", async () => {
    const actor: Actor = {
      id: "d",
      name: "d",
      grants: [{ allow: ["spool.*"], on: { kind: "domain", domain: "example.org" } }],
    };
    const his = { ...call, actor };
    await expect(invoke(spoolList, his, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(invoke(spoolList, his, { domain: "example.com" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const page = await invoke(spoolList, his, { domain: "example.org", limit: 200 });
    expect(page.items).toHaveLength(20);
    expect(page.items.every(({ to }) => to.endsWith("@example.org"))).toBe(true);
    const [spam] = (await invoke(spoolList, call, { filter: SPAM })).items;
    await expect(
      invoke(spoolGet, his, { domain: "example.org", message: spam?.message ?? "" }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    const named = { domain: "example.org", messages: [spam?.message ?? ""] };
    const seen = await invoke(spoolExplain, his, { action: "hold", ...named });
    expect([seen.caught.messages, seen.left.messages]).toEqual([0, 0]);
    const { result } = await dryRun(spoolRemove as AnyOperation, his, named);
    expect(result).toMatchObject({ done: 0, bytes: 0 });
    expect(await invoke(spoolRemove, his, named)).toMatchObject({ done: 0, gone: 0 });
    const job = await invoke(spoolRemove, his, { domain: "example.org", confirm: "all" });
    expect(job.done).toBe(20);
    expect((await invoke(spoolShape, call, {})).groups.map(({ key }) => key)).toEqual(["carol@example.com"]);
  });
});
