import { describe, expect, test } from "vitest";
import type { MessageRef } from "../../../src/spool/layout.ts";
import { openSpool } from "../../../src/spool/open.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { faulty } from "../../../src/storage/wrap.ts";
import type { SpoolAction, SpoolJob, SpoolStore } from "../../../src/xmail/spool.ts";
import { filesIn, littleStorm, messageIds, NOW, plant } from "./spool-samples.ts";

const BY = { by: "boss", now: NOW } as const;
const MANY = 5;
const SPAM = "auth:=carol@example.com";

/** What a running XMail does with a submitted message. */
function running(storage: Storage) {
  const flushed: string[] = [];
  return {
    flushed,
    async submit(refs: readonly MessageRef[]) {
      return Promise.all(
        refs.map(async ({ level1, level2, name }) => {
          const cell = `spool/${level1}/${level2}`;
          const frozen = storagePath(cell, "froz", name);
          if (!(await storage.stat(frozen))) return false;
          const log = storagePath(cell, "slog", name);
          if (await storage.stat(log)) await storage.remove(log);
          await storage.move(frozen, storagePath(cell, "mess", name));
          return true;
        }),
      );
    },
    async flush(recipients: readonly string[]) {
      flushed.push(...recipients);
    },
  };
}

async function toTheEnd(spool: SpoolStore, job: SpoolJob, forMs = 0): Promise<SpoolJob> {
  let now = job;
  for (let n = 0; !now.finished && n < 1000; n += 1) now = await spool.work(job.id, forMs, NOW);
  return now;
}

const act = async (spool: SpoolStore, action: Exclude<SpoolAction, "putBack">, filter: string) =>
  toTheEnd(spool, await spool.begin({ action, filter, ...BY }), 60_000);

const withoutOurs = (files: readonly string[]) => files.filter((path) => path.startsWith("spool/"));

describe("spool jobs", () => {
  test("removing by filter moves to the bin and undo brings every byte back", async () => {
    const storage = await littleStorm(60);
    const before = await filesIn(storage, "spool");
    const spool = openSpool(storage, null);
    const job = await act(spool, "remove", SPAM);
    expect(job).toMatchObject({ done: 30, gone: 0, finished: true, undoable: true });
    const { messages } = await spool.shape({ filter: "", by: "auth", most: 10, now: NOW });
    expect(messages).toBe(30);
    const left = await filesIn(storage, "spool");
    expect(left.length).toBeLessThan(before.length);
    const undo = await toTheEnd(spool, await spool.undo(job.id, "boss", NOW));
    expect(undo.done).toBe(30);
    expect(await filesIn(storage, "spool")).toEqual(before);
    await expect(spool.undo(job.id, "boss", NOW)).rejects.toMatchObject({ code: "NOT_UNDOABLE" });
  });

  test("a mail that is too large to be shown is refused where it waits and where it was removed, and is kept", async () => {
    const storage = memory();
    const name = "1795509250000.7fd1577fe6c0.72b3.ff.mx1";
    await plant(storage, [{ cell: "1/1", stage: "mess", name }]);
    const path = storagePath(`spool/1/1/mess/${name}`);
    const size = 33 * 1024 * 1024;
    await storage.write(path, Buffer.concat([await storage.read(path), Buffer.alloc(size, "x")]));
    const spool = openSpool(storage, null);
    const refused = { code: "STORAGE_UNSUPPORTED" };
    await expect(spool.bytesOf(`1_1_${name}`)).rejects.toMatchObject(refused);
    const job = await act(spool, "remove", "");
    await expect(spool.removedMail(job.id, `1_1_${name}`)).rejects.toMatchObject(refused);
    const { items } = await spool.removed(job.id, { limit: 5 });
    expect(items[0]?.size).toBeGreaterThan(size);
  });

  test("undo with a running XMail submits what was not frozen", async () => {
    const storage = await littleStorm(60);
    const before = await messageIds(storage);
    const spool = openSpool(storage, running(storage));
    const job = await act(spool, "remove", "");
    expect((await spool.shape({ filter: "", by: "auth", most: 1, now: NOW })).messages).toBe(0);
    const undo = await toTheEnd(spool, await spool.undo(job.id, "boss", NOW));
    expect(undo.done).toBe(60);
    expect(await messageIds(storage)).toEqual(before);
    const { states } = await spool.shape({ filter: "", by: "auth", most: 1, now: NOW });
    expect(states.retry).toBe(0);
  });

  test("what came after a job began stays, unless it is named", async () => {
    const storage = await littleStorm(0);
    const name = (at: number) => `${at}.7fd1577fe6c0.72b3.1.mx1`;
    const [old, fresh] = [name(NOW.getTime() - 1000), name(NOW.getTime() + 1000)];
    const spool = openSpool(storage, null);
    const job = await spool.begin({ action: "remove", filter: "", ...BY });
    await plant(storage, [
      { cell: "0/0", stage: "mess", name: old },
      { cell: "0/0", stage: "mess", name: fresh },
    ]);
    const later = new Date(NOW.getTime() + 60_000);
    expect(await spool.work(job.id, 60_000, later)).toMatchObject({ done: 1, finished: true });
    const { items } = await spool.page({ filter: "", now: later, limit: 10 });
    expect(items.map(({ id }) => id)).toEqual([`0_0_${fresh}`]);
    const messages = items.map(({ id }) => id);
    const named = await spool.begin({ action: "remove", filter: "", messages, ...BY });
    expect(await spool.work(named.id, 60_000, later)).toMatchObject({ done: 1 });
  });

  test("old removed mail goes for good, but for what is being put back", async () => {
    const storage = await littleStorm(60);
    const spool = openSpool(storage, null);
    const [gone, coming] = [await act(spool, "remove", SPAM), await act(spool, "remove", "")];
    const undo = await spool.undo(coming.id, "boss", NOW);
    const later = new Date(NOW.getTime() + 31 * 86_400_000);
    await spool.begin({ action: "hold", filter: "", by: "boss", now: later });
    expect((await toTheEnd(spool, undo)).done).toBe(30);
    await expect(spool.undo(gone.id, "boss", later)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("hold takes out of XMail's sight, release puts back; also chosen ones only", async () => {
    const storage = await littleStorm(40);
    const spool = openSpool(storage, running(storage));
    const { items } = await spool.page({ filter: SPAM, now: NOW, limit: 3 });
    const ids = items.map(({ id }) => id);
    const held = await toTheEnd(
      spool,
      await spool.begin({ action: "hold", filter: "", messages: ids, ...BY }),
    );
    expect(held).toMatchObject({ done: 3, undoable: false });
    const page = await spool.page({ filter: "status:held", now: NOW, limit: 10 });
    expect(page.items.map(({ id }) => id)).toEqual(ids);
    const released = await act(spool, "release", "status:held");
    expect(released.done).toBe(3);
    const again = await spool.page({ filter: "status:ready", now: NOW, limit: 100 });
    expect(again.items.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  });

  test("resend tells a running XMail the recipients, never as patterns, and refuses while it is stopped", async () => {
    const storage = await littleStorm(0);
    const name = (n: number) => `17955092325${n}.7fd1577fe6c0.72b3.${n}.mx1`;
    await plant(storage, [
      { cell: "0/0", stage: "rsnd", name: name(10), to: "a@example.org" },
      { cell: "0/1", stage: "rsnd", name: name(11), to: "*@example.org" },
    ]);
    const orders = running(storage);
    const job = await act(openSpool(storage, orders), "resend", "");
    expect(orders.flushed).toEqual(["a@example.org"]);
    expect(job).toMatchObject({ done: 1, gone: 1 });
    await expect(
      openSpool(storage, null).begin({ action: "resend", filter: "", ...BY }),
    ).rejects.toMatchObject({ code: "XMAIL_STOPPED" });
  });

  test("a message that XMail moved on meanwhile is followed, and one that is gone is counted", async () => {
    const storage = await littleStorm(0);
    const message = (n: number) => ({ name: `179550923256${n}.7fd1577fe6c0.72b3.${n}.mx1`, cell: "0/0" });
    await plant(storage, [
      { ...message(1), stage: "mess" },
      { ...message(2), stage: "mess", rest: "mprc" },
    ]);
    const job = await openSpool(storage, null).begin({ action: "remove", filter: "", ...BY });
    // XMail works between the look and the move.
    let race: Promise<void> | null = null;
    const cell = "spool/0/0";
    const racing: Storage = {
      ...storage,
      async move(from, to) {
        race ??= storage
          .move(storagePath(cell, "mess", message(1).name), storagePath(cell, "rsnd", message(1).name))
          .then(() => storage.remove(storagePath(cell, "mess", message(2).name)));
        await race;
        return storage.move(from, to);
      },
    };
    const done = await toTheEnd(openSpool(racing, null), job);
    expect(done).toMatchObject({ done: 1, gone: 1, finished: true });
    // The list of commands of the one that was delivered is left to XMail.
    expect(withoutOurs(await filesIn(storage))).toEqual([`spool/0/0/mprc/${message(2).name}`]);
  });

  test("nothing is lost, whichever call a kill cuts off, whatever was being done", async () => {
    const actions = ["remove", "hold", "release", "putBack"] as const;
    for (const action of actions) {
      for (const isRunning of [true, false]) {
        for (let call = 1; ; call += 1) {
          const storage = await littleStorm(MANY, 7);
          const spoolOn = (on: Storage) => openSpool(on, isRunning ? running(on) : null);
          const spool = spoolOn(storage);
          if (action === "release") await act(spool, "hold", "-status:frozen");
          const removed = action === "putBack" ? await act(spool, "remove", "") : null;
          const before = await messageIds(storage);
          expect(before).toHaveLength(MANY);
          const job = removed
            ? await spool.undo(removed.id, "boss", NOW)
            : await spool.begin({ action: action as "remove", filter: "", ...BY });
          const effect = call % 2 === 0 ? "done" : "none";
          const dying = faulty(storage, {
            call: Math.ceil(call / 2),
            verbs: ["write", "move", "remove"],
            effect,
            outcome: "fails",
            forGood: true,
          });
          const died = await spoolOn(dying)
            .work(job.id, 60_000, NOW)
            .then(
              () => false,
              () => true,
            );
          expect(await messageIds(storage), `${action} ${isRunning} ${call}`).toEqual(before);
          if (!died) break;
          // The lock of the dead is waited out by others; here it is taken away.
          await storage.remove(storagePath(".xmailcfg/locks")).catch(() => undefined);
          const done = await toTheEnd(spool, job, 60_000);
          expect(done.finished).toBe(true);
          expect(await messageIds(storage), `${action} ${isRunning} ${call} resumed`).toEqual(before);
          const files = await filesIn(storage);
          if (action === "remove") {
            expect(withoutOurs(files)).toEqual([]);
            expect(done.done).toBe(MANY);
          }
          if (action === "hold") expect(withoutOurs(files)).toEqual([]);
          if (action === "putBack")
            expect(files.filter((path) => /bin\/.*\/(?:mess|rsnd|froz)\//.test(path))).toEqual([]);
          if (action === "release") {
            const { states } = await spool.shape({ filter: "", by: "auth", most: 1, now: NOW });
            expect(states).toMatchObject({ frozen: 0, held: 0, ready: MANY });
          }
        }
      }
    }
  }, 120_000);
});
