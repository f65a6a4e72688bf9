import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import type { Actor } from "../../../src/kernel/actor.ts";
import { invoke } from "../../../src/kernel/invoke.ts";
import { libraryOver, type XMail } from "../../../src/library.ts";
import { vacationGet, vacationSet } from "../../../src/operations/vacation/vacation.ts";
import { serverProgram } from "../../../src/service/server-program.ts";
import { withProgram } from "../../../src/service/with-program.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import type { Backend } from "../../../src/xmail/backend.ts";
import { callOn } from "../../table/call.ts";
import { openSettings, type Settings, WAYS } from "./settings-world.ts";

const HANA = { domain: "example.com", name: "hana" };
const STEPS = "domains/example.com/hana/mailproc.tab";
const TEXT = "domains/example.com/hana/vacation.tab";
const OF_DOMAIN = "domains/example.com/mailproc.tab";
const NOW = new Date("2026-08-03T10:00:00Z");
const PROGRAM = ["/usr/bin/node", "/opt/xmailcfg/xmailcfg-filter.cjs"];
const ANSWER =
  '"external"\t"0"\t"30"\t"/usr/bin/node"\t"/opt/xmailcfg/xmailcfg-filter.cjs"\t"vacation"\t"hana@example.com"\t"domains/example.com/hana"\t"@@FILE"\n';
const AWAY = { ...HANA, on: true, text: "夏休みです。\nI am away." };

function knowing(backend: Backend, answerProgram: readonly string[] = PROGRAM): Backend {
  return withProgram(backend, serverProgram({ answerProgram, log: () => undefined }));
}

describe.each(WAYS)("vacation answers, by %s", (mode) => {
  let at: Settings;
  let xmail: XMail;
  beforeAll(async () => {
    at = await openSettings(mode);
    xmail = libraryOver(knowing(at.world.xmail.backend), { now: () => NOW });
    await xmail.account.add({ ...HANA, password: "Long-enough-1" });
    await xmail.account.add({
      domain: "example.com",
      name: "news",
      password: "Long-enough-1",
      kind: "list",
    });
  });
  afterAll(() => at.world.close());
  beforeEach(() => {
    for (const file of [STEPS, TEXT, OF_DOMAIN]) at.gone(file);
  });

  /** Refused with this code and these fields, and nothing changed. */
  async function expectRefused(input: object, code: string, ...fields: string[]): Promise<void> {
    const before = at.world.tree();
    const refusal = await xmail.vacation.set(input as never).then(
      () => null,
      (error: { code: string; fields: { field: string; rule: string }[] }) => error,
    );
    expect([refusal?.code, ...(refusal?.fields ?? []).map(({ field, rule }) => `${field} ${rule}`)]).toEqual([
      code,
      ...fields,
    ]);
    expect(at.world.tree()).toEqual(before);
  }

  test("on, changed, and off again: the text stays, the steps are as they were", async () => {
    expect(await xmail.vacation.get(HANA)).toEqual({
      on: false,
      subject: "",
      text: "",
      from: null,
      until: null,
      days: 7,
      available: true,
    });
    const set = { ...AWAY, subject: "不在のお知らせ", from: "2026-08-01", until: "2026-08-31", days: 3 };
    const told = {
      on: true,
      subject: set.subject,
      text: AWAY.text,
      from: set.from,
      until: set.until,
      days: 3,
      available: true,
    };
    expect(await xmail.vacation.set(set)).toEqual(told);
    expect(await xmail.vacation.get(HANA)).toEqual(told);
    expect(at.text(STEPS)).toBe(`"mailbox"\n${ANSWER}`);
    expect(at.text(TEXT)).toMatch(/^[\x20-\x7e\t\n]+$/);
    await xmail.vacation.set({ ...set, text: "Back on Monday." });
    expect(at.text(STEPS)).toBe(`"mailbox"\n${ANSWER}`);
    await xmail.vacation.set({ ...set, on: false });
    expect(at.text(STEPS)).toBe(null);
    expect(await xmail.vacation.get(HANA)).toEqual({ ...told, on: false });
    await xmail.vacation.set({ ...HANA, on: false, text: "" });
    expect(at.text(TEXT)).toBe(null);
  });

  test.each([
    ["comments, odd lines and their ends", '# by hand\r\n\r\n"mailbox"\t\r\n"odd"\t"line"\r\n#"mailbox"\r\n'],
    ["a forwarding without a copy", '"redirect"\t"a@b.example"\n'],
    ["a program of the master", '"filter"\t"0"\t"60"\t"/opt/scan"\t"@@FILE"\n"mailbox"\n'],
    ["the mailbox in other words", "mailbox\n"],
  ])("%s: every byte stays, and the answer goes behind them", async (_, text) => {
    // Commands end all lines with LF.
    const steps = mode === "tab" ? text : text.replaceAll("\r", "");
    at.put(STEPS, steps);
    await xmail.vacation.set(AWAY);
    const end = steps.includes("\r\n") ? ANSWER.replace("\n", "\r\n") : ANSWER;
    expect(at.text(STEPS)).toBe(`${steps}${end}`);
    await xmail.vacation.set({ ...AWAY, on: false });
    expect(at.text(STEPS)).toBe(steps);
  });

  test("what the domain's steps do with the mail is not done twice", async () => {
    at.put(OF_DOMAIN, '"mailbox"\n');
    await xmail.vacation.set(AWAY);
    expect(at.text(STEPS)).toBe(ANSWER);
    expect(await xmail.forwarding.get(HANA)).toEqual({ addresses: [], keepCopy: true, simple: true });
    await xmail.forwarding.set({ ...HANA, addresses: [], keepCopy: true });
    expect(at.text(STEPS)).toBe(ANSWER);
    await xmail.vacation.set({ ...AWAY, on: false });
    expect(at.text(STEPS)).toBe(null);
  });

  test("the program of an earlier configuration is known, and replaced in its place", async () => {
    at.put(STEPS, `${ANSWER.replace("/usr/bin/node", "/opt/old/node")}${ANSWER}"mailbox"\n`);
    expect(await xmail.vacation.get(HANA)).toMatchObject({ on: true });
    await xmail.vacation.set(AWAY);
    expect(at.text(STEPS)).toBe(`${ANSWER}"mailbox"\n`);
  });

  test("forwarding goes on beside it, in either order", async () => {
    await xmail.vacation.set(AWAY);
    expect(await xmail.forwarding.get(HANA)).toEqual({ addresses: [], keepCopy: true, simple: true });
    await xmail.forwarding.set({ ...HANA, addresses: ["a@b.example"], keepCopy: false });
    expect(at.text(STEPS)).toBe(`"redirect"\t"a@b.example"\n${ANSWER}`);
    await xmail.vacation.set({ ...AWAY, text: "Changed." });
    expect(at.text(STEPS)).toBe(`"redirect"\t"a@b.example"\n${ANSWER}`);
    await xmail.forwarding.set({ ...HANA, addresses: [], keepCopy: true });
    expect(at.text(STEPS)).toBe(`"mailbox"\n${ANSWER}`);
    expect(await xmail.vacation.get(HANA)).toMatchObject({ on: true, text: "Changed." });
    await xmail.vacation.set({ ...AWAY, on: false });
    expect(at.text(STEPS)).toBe(null);
  });

  test("a dry run tells both files and changes nothing; undo takes both back", async () => {
    const before = at.world.tree();
    const { changes } = await xmail.vacation.set(AWAY, { dryRun: true });
    expect(changes.files.map(({ path }) => path).sort()).toEqual([STEPS, TEXT]);
    expect(at.world.tree()).toEqual(before);
  });

  test("what makes no sense is refused", async () => {
    await expectRefused({ ...AWAY, text: " \n" }, "INVALID_INPUT", "text required");
    await expectRefused({ ...AWAY, text: "a\0b" }, "INVALID_INPUT", "text plain-text");
    await expectRefused({ ...AWAY, subject: "a\r\nBcc: b@c.example" }, "INVALID_INPUT", "subject one-line");
    await expectRefused({ ...AWAY, from: "2026-02-29" }, "INVALID_INPUT", "from day");
    await expectRefused({ ...AWAY, from: "soon" }, "INVALID_INPUT", "from day");
    await expectRefused(
      { ...AWAY, from: "2026-09-02", until: "2026-09-01" },
      "INVALID_INPUT",
      "until day-before",
    );
    await expectRefused({ ...AWAY, until: "2026-08-01" }, "INVALID_INPUT", "until answers-over");
    await expectRefused({ ...AWAY, days: 0 }, "INVALID_INPUT", "days minimum");
    await expectRefused({ ...AWAY, name: "nobody" }, "ACCOUNT_NOT_FOUND");
    await expectRefused({ ...AWAY, name: "news" }, "INVALID_INPUT", "on list-answers");
    const long = `/opt/${"x".repeat(420)}`;
    const far = libraryOver(knowing(at.world.xmail.backend, [long]), { now: () => NOW });
    await expect(far.vacation.set(AWAY)).rejects.toMatchObject({ code: "CELL_NOT_WRITABLE" });
    expect(at.text(STEPS)).toBe(null);
  });

  test("without a program nothing is turned on, and what is on can be turned off", async () => {
    await xmail.vacation.set(AWAY);
    const without = at.world.xmail;
    expect(await without.vacation.get(HANA)).toMatchObject({ on: true, available: false });
    await expect(without.vacation.set(AWAY)).rejects.toMatchObject({
      code: "BAD_CONFIG",
      message: expect.stringContaining("xmail.answerProgram"),
    });
    expect(await without.vacation.set({ ...AWAY, on: false })).toMatchObject({ on: false });
    expect(at.text(STEPS)).toBe(null);
  });
});

describe("whoever may not start programs", () => {
  const storage = memory();
  let backend: Backend;
  const key = { domain: "example.com", name: "postmaster" };
  const actor = (on: Actor["grants"][number]["on"], ...allow: string[]): Actor => ({
    id: "d",
    name: "d",
    grants: [{ allow, on }],
  });
  const OWN = { kind: "account", domain: "example.com", name: "postmaster" } as const;
  beforeAll(async () => {
    await writeMailRoot(storage, {
      domain: "example.com",
      ctrl: { account: "admin", password: "ctrl-Secret-1" },
    });
    backend = knowing(await openTabBackend({ storage }));
    await backend.accounts.add({ ...key, kind: "user", password: new Secret("Long-enough-1") });
  });

  test.each([
    ["an administrator of the domain", actor({ kind: "domain", domain: "example.com" }, "*")],
    ["the owner", actor(OWN, "vacation.*")],
  ])("%s may answer, with the program of the configuration alone", async (_, who) => {
    await invoke(vacationSet, callOn(backend, who), { ...key, on: true, text: "Away." });
    expect(await invoke(vacationGet, callOn(backend, who), key)).toMatchObject({ on: true, text: "Away." });
    const steps = await storage.read(storagePath("domains/example.com/postmaster/mailproc.tab"));
    expect(Buffer.from(steps).toString()).toContain('"/opt/xmailcfg/xmailcfg-filter.cjs"\t"vacation"');
    const other = { domain: "other.example", name: "postmaster", on: true, text: "Away." };
    await expect(invoke(vacationSet, callOn(backend, who), other)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});
