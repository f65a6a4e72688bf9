import { expect, test } from "vitest";
import { checkState } from "../../../src/check/state.ts";
import { fail } from "../../../src/errors/error.ts";
import { STATE_NEEDS } from "../../../src/state/state.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { through } from "../../../src/storage/through.ts";

async function check(storage: Storage, administrators = async () => 1) {
  return checkState({ needs: STATE_NEEDS, open: async () => storage, administrators });
}
const keys = (findings: Awaited<ReturnType<typeof check>>) => findings.map(({ found }) => found);

test("names each capability that the state needs and the storage lacks", async () => {
  for (const capability of STATE_NEEDS) {
    const whole = memory();
    const poor = through(whole, { can: { ...whole.can, [capability]: false } });
    const lacks = (await check(poor)).filter(({ found }) => found === "lacksNeeded");
    expect(lacks.map(({ values }) => values["capability"])).toEqual([capability]);
  }
});

test("tells of files that others may read, and of nobody who can sign in", async () => {
  const storage = memory();
  await storage.write(storagePath("session.key"), Buffer.from("x"), { mode: 0o644 });
  await storage.write(storagePath("api-keys.json"), Buffer.from("x"), { mode: 0o600 });
  await storage.write(storagePath("people.json"), Buffer.from("x"), { mode: 0o640 });
  const findings = await check(storage, async () => 0);
  expect(findings).toContainEqual({
    part: "state",
    found: "stateShown",
    values: { file: "session.key", mode: "644" },
  });
  expect(findings).toContainEqual({
    part: "state",
    found: "stateShown",
    values: { file: "people.json", mode: "640" },
  });
  expect(keys(findings)).toContain("noAdministrators");
  expect(keys(findings)).not.toContain("stateHidden");
});

test("tells of a list of administrators that cannot be read", async () => {
  const findings = await check(memory(), async () => fail("STORAGE_FAILED"));
  expect(findings.at(-1)).toMatchObject({ found: "administratorsUnreadable" });
});

test.each([
  ["STORAGE_FAILED", "storageSilent"],
  ["STORAGE_DENIED", "storageSignInRefused"],
  ["BAD_CONFIG", "storageWrongSetting"],
  ["STORAGE_NOT_FOUND", "folderMissing"],
  ["STORAGE_LOCKED", "storageFailed"],
] as const)("a storage that fails to open with %s is %s, and no more is tried", async (code, found) => {
  const findings = await checkState({
    needs: [],
    open: async () => fail(code, "why"),
    administrators: async () => expect.fail("asked all the same"),
  });
  expect(findings).toEqual([{ part: "state", found, values: { code, reason: "why" } }]);
});
