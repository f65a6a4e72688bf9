import { beforeEach, describe, expect, test } from "vitest";
import type { XMail } from "../../../src/library.ts";
import { openXMail } from "../../../src/open.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";

const NOW = new Date("2026-11-30T12:00:00");
const SPAMMERS = storagePath("spammers.tab");
const BY_HAND = '"198.51.100.9"\t"255.255.255.255"\r\n"203.0.113.0"\t"255.255.255.0"\t"code=0"\r\n';
const BY_LOGS = '"192.0.2.66"\t"255.255.255.255"\t"code=1,by=logs"\r\n';

let storage: Storage;
let xmail: XMail;
beforeEach(async () => {
  storage = memory();
  await writeMailRoot(storage, {
    domain: "example.com",
    ctrl: { account: "admin", password: "ctrl-Secret-1" },
  });
  await storage.write(SPAMMERS, Buffer.from(BY_HAND + BY_LOGS));
  xmail = await openXMail({ storage, offline: true, now: () => NOW });
});

const table = async () => Buffer.from(await storage.read(SPAMMERS)).toString("latin1");

/** So many lines of one address with one status, on one day. */
function smtp(ip: string, status: string, lines: number, day = "2026-11-29"): string[] {
  const cells = [
    "mx1",
    "example.com",
    ip,
    `${day} 08:00:00`,
    "x",
    "example.com",
    "a@b.test",
    "c@example.com",
  ];
  const line = [...cells, "S1", status, "", "100", ""].map((cell) => `"${cell}"`).join("\t");
  return Array.from({ length: lines }, () => line);
}

async function logged(...lines: string[][]): Promise<void> {
  await storage.write(storagePath("logs/smtp-202611290000"), Buffer.from(`${lines.flat().join("\r\n")}\r\n`));
}

describe("spammer.rebuild", () => {
  test("bans who guesses and probes, IPv4 and IPv6, and leaves every other line as it is", async () => {
    await logged(smtp("192.0.2.7", "AUTH=EFAIL:TYPE=LOGIN", 60), smtp("2001:db8::7", "RCPT=EAVAIL", 50));
    expect(await xmail.spammer.rebuild({ mode: "append" })).toEqual({
      added: [
        { range: "192.0.2.7/32", lines: 60 },
        { range: "2001:db8::7/128", lines: 50 },
      ],
      removed: [],
      spared: 0,
      left: 0,
    });
    expect(await table()).toBe(
      `${BY_HAND}${BY_LOGS}"192.0.2.7"\t"255.255.255.255"\t"code=1,by=logs"\r\n"2001:db8::7/128"\t"code=1,by=logs"\r\n`,
    );
    const { items } = await xmail.spammer.list({});
    expect(items.map(({ entry }) => entry)).toContainEqual({ range: "192.0.2.7/32", action: "cut" });
  });

  test("replace ends the bans of addresses that are quiet now, and no ban by hand", async () => {
    await logged(smtp("192.0.2.7", "SMTP=EERRS", 50));
    expect(await xmail.spammer.rebuild({})).toMatchObject({ removed: ["192.0.2.66/32"] });
    const text = await table();
    expect(text.startsWith(BY_HAND)).toBe(true);
    expect(text).not.toContain("192.0.2.66");
    // Once more changes nothing, not a byte.
    expect(await xmail.spammer.rebuild({})).toEqual({ added: [], removed: [], spared: 0, left: 0 });
    expect(await table()).toBe(text);
  });

  test("a ban that somebody changed is his, and stays", async () => {
    const [row] = (await xmail.spammer.list({ search: "192.0.2.66" })).items;
    await xmail.spammer.change({ id: row?.id ?? "", range: "192.0.2.66/32", action: "authenticated" });
    await logged(smtp("192.0.2.7", "SMTP=EERRS", 50));
    expect((await xmail.spammer.rebuild({})).removed).toEqual([]);
  });

  test("leaves alone who delivers more than he fails, who is to be spared, and this machine", async () => {
    await logged(
      smtp("192.0.2.20", "RCPT=EAVAIL", 60),
      smtp("192.0.2.20", "RECV=OK", 61),
      smtp("192.0.2.30", "RCPT=EAVAIL", 60),
      smtp("127.0.0.1", "AUTH=EFAIL:TYPE=LOGIN", 60),
    );
    const input = { mode: "append" as const, spare: ["192.0.2.24/29"] };
    expect(await xmail.spammer.rebuild(input)).toEqual({ added: [], removed: [], spared: 3, left: 0 });
  });

  test("what only fails, is below the bound, banned by a wider entry, or too long ago is not banned", async () => {
    await logged(
      smtp("192.0.2.40", "RCPT=EFULL", 500),
      smtp("192.0.2.41", "AUTH=EFAIL:TYPE=LOGIN", 49),
      smtp("203.0.113.8", "AUTH=EFAIL:TYPE=LOGIN", 500),
      smtp("192.0.2.42", "AUTH=EFAIL:TYPE=LOGIN", 500, "2026-11-20"),
    );
    expect((await xmail.spammer.rebuild({ mode: "append" })).added).toEqual([]);
    expect((await xmail.spammer.rebuild({ mode: "append", tries: 49 })).added).toHaveLength(1);
  });

  test("a dry run says what it would write, and writes nothing", async () => {
    await logged(smtp("192.0.2.7", "AUTH=EFAIL:TYPE=LOGIN", 60));
    const before = await table();
    const { result, changes } = await xmail.spammer.rebuild({}, { dryRun: true });
    expect(result.added).toHaveLength(1);
    expect(changes.files.map(({ path }) => path)).toEqual(["spammers.tab"]);
    expect(await table()).toBe(before);
  });

  test.each<[field: string, input: object]>([
    ["days", { days: 0 }],
    ["tries", { tries: 0 }],
    ["mode", { mode: "all" }],
    ["range", { spare: ["192.0.2.1-9"] }],
  ])("refuses %s at its field, and nothing has changed", async (field, input) => {
    await logged(smtp("192.0.2.7", "AUTH=EFAIL:TYPE=LOGIN", 60));
    const before = await table();
    await expect(xmail.spammer.rebuild(input)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      fields: [{ field }],
    });
    expect(await table()).toBe(before);
  });
});
