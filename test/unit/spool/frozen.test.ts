import { afterEach, describe, expect, test } from "vitest";
import { openXMail } from "../../../src/open.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { startSimulator } from "../../../src/simulator/simulator.ts";
import { asOnDisk, isShownWhole } from "../../../src/spool/frozen-bytes.ts";
import { openSpool } from "../../../src/spool/open.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { faulty } from "../../../src/storage/wrap.ts";
import type { SpoolJob, SpoolStore } from "../../../src/xmail/spool.ts";
import { filesIn, littleStorm, logText, NOW, plant, realSpool } from "./spool-samples.ts";

const CTRL = { account: "admin", password: "ctrl-Secret-1" };
const SPAM = "auth:=carol@example.com";
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The frozen messages of a MailRoot by the control port of a simulator over it; `shelf` is where things are kept. */
async function overCtrl(storage: Storage, shelf: Storage | null = memory()): Promise<SpoolStore> {
  await writeMailRoot(storage, { domain: "example.com", ctrl: CTRL });
  const simulator = await startSimulator({ storage });
  closing.push(() => simulator.close());
  const ctrl = { host: "127.0.0.1", port: simulator.port, ...CTRL };
  const xmail = await openXMail({ ctrl, ...(shelf ? { keep: async () => shelf } : {}) });
  closing.push(() => xmail.close());
  return xmail.backend.spool ?? expect.unreachable();
}

const ids = async (spool: SpoolStore, filter: string, more = {}) =>
  (await spool.page({ filter, now: NOW, limit: 200, ...more })).items.map(({ id }) => id).sort();

async function toTheEnd(spool: SpoolStore, job: SpoolJob): Promise<SpoolJob> {
  let now = job;
  for (let n = 0; !now.finished && n < 100; n += 1) now = await spool.work(job.id, 0, NOW);
  return now;
}

const begin = (spool: SpoolStore, action: "remove" | "release" | "hold" | "resend", filter = "") =>
  spool.begin({ action, filter, by: "boss", now: NOW });

/** What a look at the files says of the frozen ones. */
const inFiles = (storage: Storage) => openSpool(storage, null);

describe("frozen messages by the control port alone", () => {
  test("what real XMail froze is told as its files tell it, message for message", async () => {
    const storage = await realSpool("test/fixtures/xmail/samples/spool");
    const files = inFiles(storage);
    const ctrl = await overCtrl(storage);
    expect(ctrl.sees).toBe("frozen");
    const ask = { now: NOW, limit: 200 };
    const told = await ctrl.page({ filter: "", ...ask });
    expect(told).toEqual(await files.page({ filter: "status:frozen", ...ask }));
    expect(told.items).toHaveLength(7);
    for (const { id } of told.items) {
      const [here, there] = [await ctrl.get(id), await files.get(id)];
      // A rest of a list of commands is shown by no command.
      expect({ ...here, rest: there?.rest }).toEqual(there);
      const [mine, theirs] = [await ctrl.bytesOf(id), await files.bytesOf(id)];
      expect(Buffer.from(mine ?? []).equals(Buffer.from(theirs ?? []))).toBe(true);
    }
    const stands = (await files.page({ filter: "-status:frozen", ...ask })).items[0]?.id ?? "";
    expect([await ctrl.get(stands), await ctrl.bytesOf(stands)]).toEqual([null, null]);
  });

  test.each([
    "",
    SPAM,
    `-${SPAM}`,
    "from:forged.test to:victim.test",
    'subject:~"buy # pills" size:>1',
    "reason:busy age:>1h",
    "status:retry",
    "id:S2C",
    "domain:=example.org",
  ])("the filter %j catches the frozen ones that it catches in the files", async (filter) => {
    const storage = await littleStorm(60, 4);
    const files = inFiles(storage);
    const ctrl = await overCtrl(storage);
    const frozen = new Set(await ids(files, "status:frozen"));
    const wanted = (await ids(files, filter)).filter((id) => frozen.has(id));
    expect(await ids(ctrl, filter)).toEqual(wanted);
    expect(await ids(ctrl, filter, { domain: "example.org" })).toEqual(
      (await ids(files, filter, { domain: "example.org" })).filter((id) => frozen.has(id)),
    );
    for (const by of ["auth", "from", "ip", "subject", "domain", "reason", "age", "status"] as const) {
      const most = 100;
      const shape = await ctrl.shape({ filter, by, most, now: NOW });
      const listed = await ctrl.shape({ filter, by, most, now: NOW, subjects: false });
      const counts = ({ groups }: typeof shape) =>
        groups.map(({ key, messages, bytes }) => [key, messages, bytes]);
      expect(counts(listed)).toEqual(counts(shape));
      expect(shape.states).toEqual({ ready: null, retry: null, frozen: wanted.length, held: null });
      if (filter === "") {
        const all = await files.shape({ filter: "status:frozen", by, most, now: NOW });
        expect(counts(shape)).toEqual(counts(all));
      }
    }
  });

  test("pages neither repeat nor leave out", async () => {
    const storage = await littleStorm(60, 4);
    const ctrl = await overCtrl(storage);
    const all = (await ctrl.page({ filter: "", now: NOW, limit: 200 })).items.map(({ id }) => id);
    const paged: string[] = [];
    let after: string | null = "";
    while (after !== null) {
      const from: { after?: string } = after === "" ? {} : { after };
      const page: Awaited<ReturnType<SpoolStore["page"]>> = await ctrl.page({
        filter: "",
        now: NOW,
        limit: 3,
        ...from,
      });
      paged.push(...page.items.map(({ id }) => id));
      after = page.next;
    }
    expect(paged).toEqual(all);
    expect(all.length).toBeGreaterThan(10);
  });

  test("removed ones are kept whole with their logs, and told so; the rest stays", async () => {
    const storage = await littleStorm(60, 4);
    const shelf = memory();
    const ctrl = await overCtrl(storage, shelf);
    const files = inFiles(storage);
    const spam = await ids(ctrl, SPAM);
    const others = (await filesIn(storage, "spool")).filter(
      (path) => !spam.some((id) => path.endsWith(`/${id.split("_")[2]}`) && /\/(froz|slog)\//.test(path)),
    );
    const mails = new Map(await Promise.all(spam.map(async (id) => [id, await files.bytesOf(id)] as const)));
    const foreseen = await ctrl.foresee({ action: "remove", filter: SPAM, samples: 2, now: NOW });
    expect(foreseen.caught.messages).toBe(spam.length);
    const job = await toTheEnd(ctrl, await begin(ctrl, "remove", SPAM));
    expect(job).toMatchObject({ done: spam.length, gone: 0, finished: true, undoable: false });
    expect(await filesIn(storage, "spool")).toEqual(others);
    const kept = await ctrl.removed(job.id, { limit: 200 });
    expect(kept.items.map(({ id }) => id).sort()).toEqual(spam);
    expect(
      kept.items.every(
        ({ tries, reason, state }) => tries === 2 && reason.startsWith("450") && state === "frozen",
      ),
    ).toBe(true);
    for (const id of spam) expect(await ctrl.removedMail(job.id, id)).toEqual(mails.get(id));
    await expect(ctrl.undo(job.id, "boss", NOW)).rejects.toMatchObject({ code: "NOT_UNDOABLE" });
    expect((await ctrl.jobs())[0]).toMatchObject({ id: job.id, undoable: false });
  });

  test("released ones go to XMail for delivery, without their logs", async () => {
    const storage = await littleStorm(60, 4);
    const ctrl = await overCtrl(storage);
    const frozen = await ids(ctrl, "");
    const job = await toTheEnd(ctrl, await begin(ctrl, "release", "to:victim.test"));
    expect(job.done).toBeGreaterThan(3);
    const left = await ids(ctrl, "");
    expect(left).toHaveLength(frozen.length - job.done);
    const moved = frozen.filter((id) => !left.includes(id));
    const ready = new Map(
      (await inFiles(storage).page({ filter: "status:ready", now: NOW, limit: 200 })).items.map((one) => [
        one.id,
        one,
      ]),
    );
    for (const id of moved) expect(ready.get(id)).toMatchObject({ tries: 0 });
  });

  test("holding, sending again, and rescuing are refused by what to do instead", async () => {
    const ctrl = await overCtrl(await littleStorm(20));
    for (const action of ["hold", "resend"] as const) {
      const refusal = {
        code: "INVALID_INPUT",
        fields: [{ field: "action", rule: "frozen-only", limit: action }],
      };
      await expect(begin(ctrl, action)).rejects.toMatchObject(refusal);
      await expect(begin(ctrl.rehearsing(), action)).rejects.toMatchObject(refusal);
      await expect(ctrl.foresee({ action, filter: "", samples: 1, now: NOW })).rejects.toMatchObject(refusal);
    }
    await expect(ctrl.incidents.list()).rejects.toMatchObject({ code: "STORAGE_UNSUPPORTED" });
    expect(await ctrl.jobs()).toEqual([]);
  });

  test("a dry run counts and does nothing; without a place to keep things nothing is done", async () => {
    const storage = await littleStorm(20);
    const before = await filesIn(storage);
    const shelf = memory();
    const ctrl = await overCtrl(storage, shelf);
    const withServer = await filesIn(storage, "spool");
    const dry = await begin(ctrl.rehearsing(), "remove");
    expect(dry).toMatchObject({ id: "", done: (await ids(ctrl, "")).length, undoable: false });
    expect(await filesIn(shelf)).toEqual([]);
    const bare = await overCtrl(storage, null);
    for (const action of ["remove", "release"] as const)
      await expect(begin(bare, action)).rejects.toMatchObject({ code: "STORAGE_UNSUPPORTED" });
    expect(await filesIn(storage, "spool")).toEqual(withServer);
    expect(before.length).toBeGreaterThan(0);
  });

  test("one that is gone meanwhile is no error, and what nobody may name is not asked for", async () => {
    const storage = await littleStorm(20);
    const ctrl = await overCtrl(storage);
    const [first = "", ...rest] = await ids(ctrl, "");
    const job = await begin(ctrl, "remove");
    const [level1, level2, name] = first.split("_");
    await storage.remove(storagePath(`spool/${level1}/${level2}/froz/${name}`));
    expect(await toTheEnd(ctrl, job)).toMatchObject({ done: rest.length });
    for (const id of ["0_0_..", "0_0_../../domains.tab", "9_9_nothing.mx1", "x"]) {
      expect([await ctrl.get(id), await ctrl.bytesOf(id)]).toEqual([null, null]);
      expect(await ctrl.removedMail(job.id, id)).toBeNull();
    }
    await expect(ctrl.removed("20261124T084000000Z-0123abcd", { limit: 5 })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("killed at any step of a removal, no message is lost, and going on ends it", async () => {
    const planted = [1, 2, 3].map((n) => ({
      cell: `0/${n}`,
      stage: "froz" as const,
      name: `179550923256${n}.7fd1577fe6c0.72b3.9${n}.mx1`,
      log: logText("550 no", n),
    }));
    for (let call = 1; call < 60; call += 1) {
      const storage = memory();
      await plant(storage, planted);
      const shelf = memory();
      const whole = await overCtrl(storage, shelf);
      const all = await ids(whole, "");
      const job = await begin(whole, "remove");
      const dying = faulty(shelf, {
        call: Math.ceil(call / 2),
        verbs: ["write", "move", "remove"],
        effect: call % 2 ? "none" : "done",
        outcome: "fails",
        forGood: true,
      });
      const died = await (await overCtrl(storage, dying)).work(job.id, 60_000, NOW).then(
        () => false,
        () => true,
      );
      const left = await ids(whole, "");
      for (const id of all) {
        if (!left.includes(id)) expect(await whole.removedMail(job.id, id)).not.toBeNull();
      }
      // The lock of the dead is waited out by others; here it is taken away.
      await shelf.remove(storagePath(".xmailcfg/locks")).catch(() => undefined);
      const ended = await toTheEnd(whole, job);
      expect(ended).toMatchObject({ done: 3, gone: 0, finished: true });
      expect(await ids(whole, "")).toEqual([]);
      expect((await whole.removed(job.id, { limit: 9 })).items).toHaveLength(3);
      for (const close of closing.splice(0).reverse()) await close();
      if (!died) return;
    }
    expect.unreachable();
  }, 60_000);
});

describe("a frozen message that", () => {
  test("is large is told as XMail lists it, opened when somebody asks, and kept whole when it is removed", async () => {
    const storage = memory();
    const name = "1795509250000.7fd1577fe6c0.72b3.ff.mx1";
    await plant(storage, [
      { cell: "1/1", stage: "froz", name, from: "a@example.com", subject: "Film", auth: "a@example.com" },
    ]);
    const path = storagePath(`spool/1/1/froz/${name}`);
    const small = Buffer.from(await storage.read(path)).toString("latin1");
    const large = `${small}${`${"x".repeat(70)}\r\n`.repeat(70_000)}`;
    await storage.write(path, Buffer.from(large, "latin1"));
    const shelf = memory();
    const ctrl = await overCtrl(storage, shelf);
    const { items } = await ctrl.page({ filter: "", now: NOW, limit: 10 });
    expect(items).toMatchObject([{ from: "a@example.com", size: large.length, subject: "", auth: "" }]);
    const id = items[0]?.id ?? "";
    expect(await ctrl.get(id)).toMatchObject({ subject: "Film", auth: "a@example.com" });
    const job = await toTheEnd(ctrl, await begin(ctrl, "remove"));
    expect(job).toMatchObject({ done: 1, gone: 0 });
    expect(await ctrl.page({ filter: "", now: NOW, limit: 10 })).toMatchObject({ items: [] });
    const kept = (await filesIn(shelf)).find((one) => one.endsWith(name)) ?? "";
    expect(Buffer.from(await shelf.read(storagePath(kept))).toString("latin1") === large).toBe(true);
  });

  test("cannot be shown whole is not removed: its copy would lack what nobody has", async () => {
    const storage = memory();
    const name = "1795509250000.7fd1577fe6c0.72b3.ff.mx1";
    await plant(storage, [{ cell: "1/1", stage: "froz", name, subject: "nul" }]);
    const path = storagePath(`spool/1/1/froz/${name}`);
    const whole = Buffer.concat([await storage.read(path), Buffer.from("seen\0not seen\r\n")]);
    await storage.write(path, whole);
    const ctrl = await overCtrl(storage);
    expect(await toTheEnd(ctrl, await begin(ctrl, "remove"))).toMatchObject({ done: 0, gone: 1 });
    expect(Buffer.from(await storage.read(path)).equals(whole)).toBe(true);
  });
});

describe("the bytes of a message that the control port showed in lines", () => {
  const shown = (lines: readonly string[]) =>
    Buffer.from(lines.map((line) => `${line}\n`).join(""), "latin1");
  const long = "x".repeat(2046);

  test.each([
    ["CRLF", "a\r\n\r\nb\r\n", ["a", "", "b"]],
    ["LF", "a\n\nb\n", ["a", "", "b"]],
    ["no end", "a\r\nb\r\nc", ["a", "b", "c"]],
    ["a long line", `a\r\n${long}yy\r\nb\r\n`, ["a", `${long}`, "yy", "b"]],
    ["a line that is just as long", `${long}\r\nyy\r\n`, [long, "yy"]],
    ["8 bit", "\xe9\r\n\xff\xfe\r\n", ["\xe9", "\xff\xfe"]],
  ])("%s", (_, disk, lines) => {
    const bytes = Buffer.from(disk, "latin1");
    expect(Buffer.from(asOnDisk(shown(lines), bytes.length)).toString("latin1")).toBe(disk);
  });

  test("is whole but for ends of lines, or known not to be", () => {
    for (const disk of ["a\r\nb\r\n", "a\nb\r\n", "a\nb", `${long}yy\r\n`]) {
      const lines = disk
        .replace(/\r?\n$/, "")
        .split(/\r?\n/)
        .flatMap((line) => (line.length > 2046 ? [line.slice(0, 2046), line.slice(2046)] : [line]));
      expect(isShownWhole(shown(lines), disk.length), disk.slice(0, 9)).toBe(true);
    }
    // XMail shows nothing of a line behind a NUL.
    expect(isShownWhole(shown(["a", "b"]), "a\r\nb\0lost\r\n".length)).toBe(false);
  });
});
