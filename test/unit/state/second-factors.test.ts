import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TOTP } from "otpauth";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import type { SecondFactors } from "../../../src/kernel/second-factor.ts";
import { secondFactors } from "../../../src/state/second-factors.ts";
import { local } from "../../../src/storage/local.ts";
import { memory } from "../../../src/storage/memory.ts";
import { overlay } from "../../../src/storage/overlay.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { endChildren, startChild } from "../../conformance/child-process.ts";

const KEY = "k".repeat(43);
const key = async () => new Secret(KEY);
const NOW = new Date("2026-11-30T09:00:10Z");
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const SATO = "adm_0123456789abcdef";
const PASSKEY = {
  id: "cred-1",
  name: "Phone",
  createdAt: NOW.toISOString(),
  lastUsedAt: "",
  publicKey: "pQECAyYgASFY",
  counter: 5,
  transports: ["internal"],
};

let folder: string;
let storage: Storage;
let factors: SecondFactors;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "xmailcfg-factors-"));
  storage = local(folder);
  factors = secondFactors(storage, key);
});
afterEach(async () => {
  await storage.close();
  await rm(folder, { recursive: true, force: true });
});
afterAll(endChildren);

function codeAt(secret: string, at: Date): string {
  return new TOTP({ secret }).generate({ timestamp: at.getTime() });
}

async function enrolled(owner = SATO): Promise<{ secret: string; codes: string[] }> {
  const secret = (await factors.beginTotp(owner)).reveal();
  const codes = await factors.confirmTotp(owner, codeAt(secret, NOW), NOW);
  return { secret, codes: (codes ?? []).map((code) => code.reveal()) };
}

const text = () => readFile(join(folder, "second-factors.json"), "utf8");
const refused = (code: string) => expect.objectContaining({ code });

describe("an authenticator app", () => {
  test("counts once a code of it was seen, and gives ten recovery codes", async () => {
    const secret = (await factors.beginTotp(SATO)).reveal();
    expect(await factors.of(SATO)).toEqual({ totp: false, recoveryLeft: 0, passkeys: [] });
    expect(await factors.isCode(SATO, codeAt(secret, NOW), NOW)).toBe(false);
    expect(await factors.confirmTotp(SATO, "000000", NOW)).toBeNull();
    const codes = await factors.confirmTotp(SATO, codeAt(secret, NOW), NOW);
    expect(new Set(codes?.map((code) => code.reveal())).size).toBe(10);
    expect(await factors.of(SATO)).toEqual({ totp: true, recoveryLeft: 10, passkeys: [] });
  });

  test("is not confirmed without having been begun, nor twice", async () => {
    expect(await factors.confirmTotp(SATO, "123456", NOW)).toBeNull();
    const { secret } = await enrolled();
    expect(await factors.confirmTotp(SATO, codeAt(secret, later(30)), later(30))).toBeNull();
  });

  test("each code counts once, the one that confirmed it, too", async () => {
    const { secret } = await enrolled();
    expect(await factors.isCode(SATO, codeAt(secret, NOW), NOW)).toBe(false);
    const next = later(30);
    expect(await factors.isCode(SATO, codeAt(secret, next), next)).toBe(true);
    expect(await factors.isCode(SATO, codeAt(secret, next), next)).toBe(false);
    // An older one that was never typed counts no more, either: somebody may have seen it.
    expect(await factors.isCode(SATO, codeAt(secret, NOW), next)).toBe(false);
    expect(
      await factors.isCode(SATO, ` ${codeAt(secret, later(60)).replace(/^.../, "$& ")} `, later(60)),
    ).toBe(true);
  });

  test("stays good while another is begun, until that one is confirmed", async () => {
    const { secret } = await enrolled();
    const second = (await factors.beginTotp(SATO)).reveal();
    expect(await factors.isCode(SATO, codeAt(secret, later(30)), later(30))).toBe(true);
    expect(await factors.isCode(SATO, codeAt(second, later(60)), later(60))).toBe(false);
    expect(await factors.confirmTotp(SATO, codeAt(second, later(60)), later(60))).toHaveLength(10);
    expect(await factors.isCode(SATO, codeAt(secret, later(90)), later(90))).toBe(false);
    expect(await factors.isCode(SATO, codeAt(second, later(90)), later(90))).toBe(true);
  });

  test("of somebody else is none", async () => {
    const { secret, codes } = await enrolled();
    await enrolled("owner:hana@example.com");
    expect(await factors.isCode("owner:hana@example.com", codeAt(secret, later(30)), later(30))).toBe(false);
    expect(await factors.isCode("owner:hana@example.com", codes[0] ?? "", NOW)).toBe(false);
    expect(await factors.isCode("adm_nobody", codes[0] ?? "", NOW)).toBe(false);
  });

  test("goes with its recovery codes, when there is no passkey", async () => {
    const { codes } = await enrolled();
    await factors.removeTotp(SATO);
    expect(await factors.of(SATO)).toEqual({ totp: false, recoveryLeft: 0, passkeys: [] });
    expect(await factors.isCode(SATO, codes[0] ?? "", NOW)).toBe(false);
    expect(await text()).not.toContain(SATO);
  });
});

describe("recovery codes", () => {
  test("count once each, however they are typed", async () => {
    const { codes } = await enrolled();
    const [first = "", second = "", third = ""] = codes;
    expect(first).toMatch(/^(?:[A-HJKMNP-Z2-9]{4}-){3}[A-HJKMNP-Z2-9]{4}$/);
    expect(await factors.isCode(SATO, first, NOW)).toBe(true);
    expect(await factors.isCode(SATO, first, NOW)).toBe(false);
    expect(await factors.isCode(SATO, ` ${second.toLowerCase().replaceAll("-", " ")}`, NOW)).toBe(true);
    const wide = [...third]
      .map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0))
      .join("");
    expect(await factors.isCode(SATO, wide, NOW)).toBe(true);
    expect((await factors.of(SATO)).recoveryLeft).toBe(7);
    for (const wrong of ["", "-", first, first.slice(0, -1), `${codes[3]}A`]) {
      expect(await factors.isCode(SATO, wrong, NOW), wrong).toBe(false);
    }
  });

  test("are over once there are new ones, which only who has a factor gets", async () => {
    await expect(factors.newRecoveryCodes(SATO)).rejects.toEqual(refused("NOT_FOUND"));
    const { codes } = await enrolled();
    const fresh = await factors.newRecoveryCodes(SATO);
    expect(fresh).toHaveLength(10);
    expect(await factors.isCode(SATO, codes[0] ?? "", NOW)).toBe(false);
    expect(await factors.isCode(SATO, fresh[0]?.reveal() ?? "", NOW)).toBe(true);
  });

  test("outlive the key that signs the cookies; the secrets of apps do not", async () => {
    const { secret, codes } = await enrolled();
    const rekeyed = secondFactors(storage, async () => new Secret("x".repeat(43)));
    expect(await rekeyed.isCode(SATO, codeAt(secret, later(30)), later(30))).toBe(false);
    expect(await rekeyed.isCode(SATO, codes[0] ?? "", NOW)).toBe(true);
  });
});

describe("passkeys", () => {
  test("are kept, shown without what checks them, and removed", async () => {
    await factors.addPasskey(SATO, PASSKEY);
    const { id, name, createdAt, lastUsedAt } = PASSKEY;
    expect((await factors.of(SATO)).passkeys).toEqual([{ id, name, createdAt, lastUsedAt }]);
    expect(await factors.passkeys(SATO)).toEqual([PASSKEY]);
    await expect(factors.addPasskey(SATO, PASSKEY)).rejects.toEqual(refused("CONFLICT"));
    await expect(factors.removePasskey(SATO, "cred-2")).rejects.toEqual(refused("NOT_FOUND"));
    await expect(factors.removePasskey("adm_nobody", "cred-1")).rejects.toEqual(refused("NOT_FOUND"));
    await factors.newRecoveryCodes(SATO);
    await factors.removePasskey(SATO, "cred-1");
    expect(await factors.of(SATO)).toEqual({ totp: false, recoveryLeft: 0, passkeys: [] });
  });

  test("whose counter does not grow were copied; those that never count are taken", async () => {
    await factors.addPasskey(SATO, PASSKEY);
    expect(await factors.notePasskeyUse(SATO, "cred-1", 5, NOW)).toBe(false);
    expect(await factors.notePasskeyUse(SATO, "cred-1", 0, NOW)).toBe(false);
    expect(await factors.notePasskeyUse(SATO, "cred-1", 6, later(60))).toBe(true);
    expect((await factors.of(SATO)).passkeys[0]?.lastUsedAt).toBe(later(60).toISOString());
    expect(await factors.notePasskeyUse(SATO, "cred-1", 6, later(90))).toBe(false);
    await factors.addPasskey(SATO, { ...PASSKEY, id: "cred-2", counter: 0 });
    expect(await factors.notePasskeyUse(SATO, "cred-2", 0, NOW)).toBe(true);
    expect(await factors.notePasskeyUse(SATO, "cred-2", 0, NOW)).toBe(true);
  });
});

describe("the file", () => {
  test("is its owner's alone, and shows neither a secret nor a code", async () => {
    const { secret, codes } = await enrolled();
    expect((await stat(join(folder, "second-factors.json"))).mode & 0o777).toBe(0o600);
    const kept = await text();
    for (const shown of [secret, ...codes, ...codes.map((code) => code.replaceAll("-", ""))])
      expect(kept).not.toContain(shown);
  });

  test("is not written by wrong codes", async () => {
    await enrolled();
    const before = await stat(join(folder, "second-factors.json"));
    expect(await factors.isCode(SATO, "000000", later(300))).toBe(false);
    expect((await stat(join(folder, "second-factors.json"))).ino).toBe(before.ino);
  });

  test("a secret moved to somebody else does not open", async () => {
    const { secret } = await enrolled();
    const moved = memory();
    await moved.write(
      storagePath("second-factors.json"),
      Buffer.from((await text()).replace(SATO, "adm_mallory")),
    );
    const theirs = secondFactors(moved, key);
    expect(await theirs.isCode("adm_mallory", codeAt(secret, later(30)), later(30))).toBe(false);
  });

  test("a copy that nobody keeps changes nothing here", async () => {
    const rehearsed = secondFactors(overlay(storage), key);
    await rehearsed.addPasskey(SATO, PASSKEY);
    expect((await rehearsed.of(SATO)).passkeys).toHaveLength(1);
    expect((await factors.of(SATO)).passkeys).toHaveLength(0);
  });

  test("nothing is left of who is gone", async () => {
    await enrolled();
    await factors.addPasskey(SATO, PASSKEY);
    await factors.forget(SATO);
    expect(await factors.of(SATO)).toEqual({ totp: false, recoveryLeft: 0, passkeys: [] });
    expect(await text()).not.toContain(SATO);
  });
});

test("one code typed at four processes at once counts once, and so does each recovery code", async () => {
  const { secret, codes } = await enrolled();
  const tried = [codeAt(secret, later(30)), codes[0] ?? "", codes[1] ?? ""];
  const children = Array.from({ length: 4 }, () =>
    startChild("./code-child.ts", folder, KEY, SATO, later(30).toISOString(), ...tried),
  );
  await Promise.all(children.map((child) => child.says("ready")));
  await writeFile(join(folder, "go"), "");
  const said = await Promise.all(children.map((child) => child.says("counted")));
  expect(said.reduce((sum, line) => sum + Number(line.split(" ")[1]), 0)).toBe(3);
});
