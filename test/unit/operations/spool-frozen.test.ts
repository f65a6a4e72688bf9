import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Call } from "../../../src/kernel/context.ts";
import { invoke } from "../../../src/kernel/invoke.ts";
import { openXMail } from "../../../src/open.ts";
import { incidentDetect } from "../../../src/operations/incident/detect.ts";
import { serviceFlushQueue } from "../../../src/operations/service/orders.ts";
import { spoolHold, spoolRelease, spoolRemove, spoolResend } from "../../../src/operations/spool/act.ts";
import { spoolJobList, spoolJobUndo } from "../../../src/operations/spool/job.ts";
import {
  spoolExplain,
  spoolGet,
  spoolList,
  spoolRaw,
  spoolShape,
} from "../../../src/operations/spool/look.ts";
import { removedMessageList, removedMessageRaw } from "../../../src/operations/spool/removed.ts";
import { watchStatus } from "../../../src/operations/watch/look.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { startSimulator } from "../../../src/simulator/simulator.ts";
import { openSpool } from "../../../src/spool/open.ts";
import { memory } from "../../../src/storage/memory.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { callOn } from "../../table/call.ts";
import { filesIn, littleStorm, plant } from "../spool/spool-samples.ts";

const CTRL = { account: "admin", password: "ctrl-Secret-1" };
const REASON = { reason: "a complaint" };
let storage: Storage;
let call: Call;
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  storage = await littleStorm(40, 4);
  await writeMailRoot(storage, { domain: "example.com", ctrl: CTRL });
  const simulator = await startSimulator({ storage });
  const shelf = memory();
  const ctrl = { host: "127.0.0.1", port: simulator.port, ...CTRL };
  const xmail = await openXMail({ ctrl, keep: async () => shelf });
  closing.push(
    () => simulator.close(),
    () => xmail.close(),
  );
  call = callOn(xmail.backend);
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe("the operations of the queue where only frozen messages are seen", () => {
  test("list, shape and explain say so, and what is not seen is null and never 0", async () => {
    const files = openSpool(storage, null);
    const { states } = await files.shape({ filter: "", by: "auth", most: 9, now: call.now() });
    const shape = await invoke(spoolShape, call, {});
    expect(shape).toMatchObject({
      sees: "frozen",
      messages: states.frozen,
      states: { ready: null, retry: null, frozen: states.frozen, held: null },
    });
    const page = await invoke(spoolList, call, { filter: "subject:pills", limit: 2 });
    expect(page.sees).toBe("frozen");
    expect(page.items[0]).toMatchObject({
      status: "frozen",
      auth: "carol@example.com",
      next: "nothing",
      tries: 2,
    });
    const remove = await invoke(spoolExplain, call, { action: "remove", filter: "subject:pills" });
    expect(remove).toMatchObject({ sees: "frozen", undoable: false });
    const found = await invoke(spoolGet, call, { message: page.items[0]?.message ?? "" });
    expect(found).toMatchObject({ log: [{ failures: [{}] }, {}], rest: false });
    const raw = await invoke(spoolRaw, { ...call, ...REASON }, { message: found.message });
    expect(raw.eml).toContain("\r\nSubject: Buy ");
  });

  test("who has a domain is told of its messages, and of no others", async () => {
    await plant(storage, [
      {
        cell: "5/5",
        stage: "froz",
        name: "1795509232999.7fd1577fe6c0.72b3.1.mx1",
        from: "a@other.test",
        to: "b@other.test",
      },
    ]);
    const message = "5_5_1795509232999.7fd1577fe6c0.72b3.1.mx1";
    expect((await invoke(spoolGet, call, { message })).to).toBe("b@other.test");
    const rows = (await invoke(spoolList, call, { domain: "example.com", limit: 200 })).items;
    expect(rows.length).toBeGreaterThan(5);
    for (const { from, to, auth } of rows) expect(`${from} ${to} ${auth}`).toContain("@example.com");
    const refused = { code: "NOT_FOUND" };
    const foreign = { message, domain: "example.com" };
    await expect(invoke(spoolGet, call, foreign)).rejects.toMatchObject(refused);
    await expect(invoke(spoolRaw, { ...call, ...REASON }, foreign)).rejects.toMatchObject(refused);
    const input = { domain: "example.com", confirm: "all" };
    const job = await invoke(spoolRemove, call, input);
    expect(job.done).toBe(rows.length);
    expect((await invoke(spoolList, call, {})).items.map((one) => one.message)).toContain(message);
  });

  test("removedMessage: what was removed is kept for download, and cannot be put back", async () => {
    const job = await invoke(spoolRemove, call, { filter: "auth:carol" });
    expect(job).toMatchObject({ finished: true, undoable: false, forGood: true });
    expect((await invoke(spoolJobList, call, {})).items).toMatchObject([{ job: job.job, undoable: false }]);
    const { items, next } = await invoke(removedMessageList, call, { job: job.job, limit: 2 });
    expect(items).toMatchObject([
      { status: "frozen", auth: "carol@example.com", tries: 2 },
      { status: "frozen" },
    ]);
    const further = await invoke(removedMessageList, call, { job: job.job, cursor: next ?? "" });
    expect(items.length + further.items.length).toBe(job.done);
    const message = items[0]?.message ?? "";
    const raw = await invoke(removedMessageRaw, { ...call, ...REASON }, { job: job.job, message });
    expect(raw.eml).toContain("X-AuthUser: carol@example.com\r\n");
    await expect(
      invoke(removedMessageRaw, { ...call, ...REASON }, { job: job.job, message: `${message}0` }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(invoke(spoolJobUndo, call, { job: job.job })).rejects.toMatchObject({
      code: "NOT_UNDOABLE",
    });
  });

  test("what the port cannot do is refused with nothing changed; the whole queue can be sent at once", async () => {
    const before = await filesIn(storage);
    for (const operation of [spoolHold, spoolResend])
      await expect(invoke(operation, call, { filter: "from:x" })).rejects.toMatchObject({
        code: "INVALID_INPUT",
        fields: [{ field: "action", rule: "frozen-only" }],
      });
    await expect(invoke(incidentDetect, call, {})).rejects.toMatchObject({ code: "STORAGE_UNSUPPORTED" });
    await expect(invoke(spoolRelease, call, {})).rejects.toMatchObject({ fields: [{ field: "confirm" }] });
    expect(await filesIn(storage)).toEqual(before);
    await invoke(serviceFlushQueue, call, { recipients: "*" });
  });

  test("a look counts the frozen, and does not call a part of the queue the queue", async () => {
    const { numbers, unknown } = await invoke(watchStatus, call, {});
    expect(numbers).toMatchObject({ queueMessages: null, queueBytes: null });
    expect(numbers.frozenMessages).toBeGreaterThan(5);
    expect(unknown).not.toContain("queue");
  });
});
