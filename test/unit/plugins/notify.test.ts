import { describe, expect, test } from "vitest";
import type { AuditRecord } from "../../../src/kernel/audit.ts";
import { type Logger, SILENT } from "../../../src/kernel/context.ts";
import { SERVER } from "../../../src/kernel/target.ts";
import { type Notifier, startNotifications } from "../../../src/plugins/notify.ts";

const DONE: AuditRecord = {
  at: new Date("2026-11-24T10:00:00Z"),
  requestId: "r1",
  actor: "master",
  operation: "note.add",
  target: SERVER,
  input: { text: "x" },
  phase: "done",
};
const SHORT = 50;

function stage(notifiers: readonly Notifier[], longest?: number) {
  const kept: AuditRecord[] = [];
  const errors: object[] = [];
  const log: Logger = { ...SILENT, error: (details) => void errors.push(details) };
  const notifications = startNotifications(notifiers, log, longest);
  const audit = notifications.around({ record: async (entry) => void kept.push(entry) });
  return { kept, errors, notifications, audit };
}

function listener(on?: Notifier["on"]): { told: AuditRecord[]; notifier: Notifier } {
  const told: AuditRecord[] = [];
  const notify = async (record: AuditRecord) => void told.push(record);
  return { told, notifier: { name: "listener", notify, ...(on ? { on } : {}) } };
}

describe("notifiers", () => {
  test("are told of what was done, and of nothing else unless they ask", async () => {
    const usual = listener();
    const curious = listener(["failed", "refused"]);
    const { audit, notifications, kept } = stage([usual.notifier, curious.notifier]);
    for (const phase of ["intent", "done", "failed", "refused"] as const)
      await audit.record({ ...DONE, phase });
    await notifications.settled();
    expect(kept).toHaveLength(4);
    expect(usual.told.map(({ phase }) => phase)).toEqual(["done"]);
    expect(curious.told.map(({ phase }) => phase)).toEqual(["failed", "refused"]);
    expect(usual.told[0]).toEqual(DONE);
  });

  test("do not hold up the record, and are waited for by who asks", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { audit, notifications } = stage([{ name: "slow", notify: () => held }]);
    await audit.record(DONE);
    let settled = false;
    const wait = notifications.settled().then(() => {
      settled = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(settled).toBe(false);
    release();
    await wait;
  });

  test.each([
    ["rejects", async () => Promise.reject(new Error("no line"))],
    [
      "throws",
      () => {
        throw new Error("no line");
      },
    ],
    ["rejects with nothing", async () => Promise.reject(undefined)],
  ])("one that %s is a line in the log, and the others are told", async (_, notify) => {
    const after = listener();
    const { audit, notifications, errors } = stage([{ name: "broken", notify }, after.notifier]);
    await audit.record(DONE);
    await notifications.settled();
    expect(errors).toMatchObject([{ notifier: "broken", operation: "note.add", requestId: "r1" }]);
    expect(after.told).toHaveLength(1);
  });

  test("one that never ends is given up, and told so by its signal", async () => {
    let signal: AbortSignal | undefined;
    const notify: Notifier["notify"] = (_, how) => {
      signal = how.signal;
      return new Promise(() => {});
    };
    const { audit, notifications, errors } = stage([{ name: "stuck", notify }], SHORT);
    const begun = Date.now();
    await audit.record(DONE);
    expect(Date.now() - begun).toBeLessThan(SHORT);
    await notifications.settled();
    expect(signal?.aborted).toBe(true);
    expect(errors).toMatchObject([{ notifier: "stuck", error: { message: `gave up after ${SHORT} ms` } }]);
  });

  test("one cannot change what the next one and the log see", async () => {
    const after = listener();
    const spoil: Notifier["notify"] = async (record) => {
      Object.assign(record, { actor: "mallory" });
      Object.assign(record.input as object, { text: "changed" });
    };
    const { audit, notifications, kept } = stage([{ name: "spoiler", notify: spoil }, after.notifier]);
    await audit.record({ ...DONE, input: { text: "x" } });
    await notifications.settled();
    expect(after.told).toEqual([DONE]);
    expect(kept).toEqual([DONE]);
  });

  test("are told also when the log could not keep what was done", async () => {
    const { told, notifier } = listener();
    const notifications = startNotifications([notifier], SILENT);
    const audit = notifications.around({ record: async () => Promise.reject(new Error("disk full")) });
    await expect(audit.record(DONE)).rejects.toThrow("disk full");
    await notifications.settled();
    expect(told).toHaveLength(1);
  });
});
