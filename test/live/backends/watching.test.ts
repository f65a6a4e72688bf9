import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { XMail } from "../../../src/library.ts";
import { openXMail } from "../../../src/open.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { local } from "../../../src/storage/local.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { describeWith } from "../../peers.ts";
import { japaneseMail, mixedMail } from "../../unit/mailbox/mail-samples.ts";
import { filesIn, realSpool } from "../../unit/spool/spool-samples.ts";
import { openPlace } from "../driver-place.ts";
import { DRIVERS, type RunningDriver } from "../drivers.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const SAMPLES = fileURLToPath(new URL("../../fixtures/xmail/samples/", import.meta.url));
const HANA = { domain: "example.com", name: "hana" };
const REASON = { reason: "the owner asked for it" };
/** After the samples were made; both sides see the same age. */
const NOW = new Date("2026-11-24T12:00:00Z");
const BOX = "domains/example.com/hana/Maildir/new";

for (const driver of DRIVERS.filter(({ peer }) => peer !== null)) {
  describeWith(
    driver.peer ?? "samba",
    driver.where(),
    `logs, queue and mailboxes over ${driver.name}`,
    () => {
      let running: RunningDriver;
      let folder: string;
      let storage: Storage;
      let over: XMail;
      let here: XMail;

      /** Logs, queue and mail as XMail 1.27 wrote them. */
      beforeAll(async () => {
        running = await driver.start();
        const place = running.place();
        folder = running.onDisk(place);
        const disk = local(folder);
        await writeMailRoot(disk, { domain: "example.com" });
        cpSync(`${SAMPLES}logs`, join(folder, "logs"), { recursive: true });
        const spool = await realSpool(`${SAMPLES}spool`);
        for (const path of await filesIn(spool)) {
          const name = storagePath(path);
          await disk.write(name, await spool.read(name));
        }
        const open = { offline: true, now: () => NOW } as const;
        here = await openXMail({ ...open, storage: disk });
        await here.account.add({ ...HANA, password: "Long-enough-1" });
        mkdirSync(join(folder, BOX), { recursive: true });
        for (const [n, mail] of [japaneseMail("iso-2022-jp"), mixedMail()].entries())
          await disk.write(storagePath(BOX, `${1795509200000 + n}.x.mx1`), Buffer.from(mail));
        storage = await openPlace(place);
        over = await openXMail({ ...open, storage });
      });
      afterAll(async () => {
        await over?.close();
        await here?.close();
        await running?.stop();
      });

      /** The driver first: what it keeps beside the files is then read from the disk, too. */
      async function same<T>(ask: (xmail: XMail) => Promise<T>): Promise<T> {
        const found = await ask(over);
        expect(found).toEqual(await ask(here));
        return found;
      }

      test("the logs are the same, without an index and with it", async () => {
        const logs = await same((xmail) => xmail.log.list());
        expect(logs.items.length).toBe(readdirSync(`${SAMPLES}logs`).length);
        const all = await same((xmail) => xmail.log.search({ limit: 200 }));
        expect(all.items.length).toBeGreaterThan(100);
        for (const _ of ["first", "again"]) {
          const found = await same((xmail) => xmail.log.search({ address: "alice@example.com", limit: 200 }));
          expect(found.items.length).toBeGreaterThan(5);
        }
        const days = await same((xmail) => xmail.log.statistics({ by: "hour" }));
        expect(JSON.stringify(days)).toContain("2026-11-24");
        await same((xmail) => xmail.log.lint({ days: 30 }));
        const { items } = await same((xmail) => xmail.log.trace({ id: "S27" }));
        expect(items[0]?.queue).toHaveLength(1);
      });

      test("the queue is the same, and what is removed comes back as it was", async () => {
        const { items } = await same((xmail) => xmail.spool.list());
        expect(items.length).toBeGreaterThan(5);
        for (const by of ["auth", "reason", "status"] as const)
          await same((xmail) => xmail.spool.shape({ by }));
        const [first] = items;
        const message = first?.message ?? "";
        await same((xmail) => xmail.spool.get({ message }));
        await same((xmail) => xmail.spool.raw({ message }, REASON));
        const before = await contents(join(folder, "spool"));
        const filter = "status:frozen";
        if (!storage.can.move) {
          // Copying and removing would lose what XMail writes meanwhile.
          const refused = { code: "STORAGE_UNSUPPORTED" };
          await expect(over.spool.remove({ filter }, { dryRun: true })).rejects.toMatchObject(refused);
          await expect(over.spool.remove({ filter })).rejects.toMatchObject(refused);
          expect(await contents(join(folder, "spool"))).toEqual(before);
          expect((await over.spoolJob.list()).items).toEqual([]);
          return;
        }
        const job = await over.spool.remove({ filter });
        const done = await over.spoolJob.work({ job: job.job });
        expect(done).toMatchObject({ finished: true, gone: 0 });
        expect(done.done).toBe(items.filter(({ status }) => status === "frozen").length);
        expect(await same((xmail) => xmail.spool.list({ filter }))).toMatchObject({ items: [] });
        const undo = await over.spoolJob.undo({ job: job.job });
        await over.spoolJob.work({ job: undo.job });
        expect(await contents(join(folder, "spool"))).toEqual(before);
      });

      test("the mailboxes are the same, and their mail", async () => {
        const counted = await same(async (xmail) => (await xmail.mailbox.count({ again: true })).counted);
        expect(counted).toBeGreaterThan(0);
        const usage = await same((xmail) => xmail.mailbox.usage());
        expect(usage.items.find(({ name }) => name === "hana")).toMatchObject({ messages: 2 });
        const { items } = await same((xmail) => xmail.message.list(HANA, REASON));
        expect(items).toHaveLength(2);
        for (const { message } of items) {
          await same((xmail) => xmail.message.get({ ...HANA, message }, REASON));
          await same((xmail) => xmail.message.raw({ ...HANA, message }, REASON));
        }
      });
    },
  );
}

async function contents(folder: string): Promise<Record<string, string>> {
  const files = await filesIn(local(folder));
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), "latin1")]));
}
