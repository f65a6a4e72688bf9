import { describe, expect, test } from "vitest";
import { secret } from "../../../src/errors/secret.ts";
import type { Call } from "../../../src/kernel/context.ts";
import { invoke } from "../../../src/kernel/invoke.ts";
import { defineOperation } from "../../../src/kernel/operation.ts";
import { rehearse } from "../../../src/kernel/rehearse.ts";
import { Type } from "../../../src/kernel/schema.ts";
import { openState } from "../../../src/state/state.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Backend } from "../../../src/xmail/backend.ts";
import { callOn } from "../../table/call.ts";
import { type TestRoot, testRoot } from "../tab/mail-root.ts";

const BOB = { domain: "example.com", name: "bob" };
const DAY = 86_400_000;
const RELAY = storagePath("smtprelay.tab");
const Empty = Type.Object({}, { additionalProperties: false });

/** An operation of the test's own that writes. */
function writing(handler: (xmail: Backend, ctx: Parameters<typeof thing.handler>[0]) => Promise<void>) {
  return defineOperation({
    name: "thing.write",
    summary: "Write a thing",
    effect: "write",
    input: Empty,
    output: Empty,
    errors: [],
    http: null,
    target: () => ({ kind: "server" }),
    async handler(ctx) {
      await handler(ctx.xmail, ctx);
      return {};
    },
  });
}
const thing = defineOperation({
  name: "thing.none",
  summary: "None",
  effect: "write",
  input: Empty,
  output: Empty,
  errors: [],
  http: null,
  target: () => ({ kind: "server" }),
  handler: async () => ({}),
});

async function world(): Promise<{ root: TestRoot; call: Call; at: (days: number) => Call }> {
  const root = await testRoot();
  const state = await openState(memory());
  const call: Call = { ...callOn(root.backend), history: state.history, now: () => new Date() };
  return {
    root,
    call,
    at: (days) => ({ ...call, now: () => new Date(Date.now() + days * DAY) }),
  };
}

/** Adds one line to a file, as the rehearsal finds it. */
const adding = (line: string, before: () => Promise<void> = async () => undefined) =>
  writing(async ({ files }) => {
    await files.edit(RELAY, (bytes) => Buffer.from(`${bytes === null ? "" : Buffer.from(bytes)}${line}\n`));
    await before();
  });

describe("changes of one process", () => {
  test("are made one after the other, each on what the one before left", async () => {
    const { root, call } = await world();
    const lines = Array.from({ length: 8 }, (_, n) => `# ${n}`);
    await Promise.all(lines.map((line) => invoke(adding(line), call, {})));
    expect((await root.file(RELAY))?.split("\n").filter((line) => lines.includes(line))).toEqual(lines);
    expect((await call.history?.find({ limit: 20 }))?.items.map(({ outcome }) => outcome)).toEqual(
      lines.map(() => "done"),
    );
  });

  test("one that fails stops no other", async () => {
    const { root, call } = await world();
    const failing = writing(async ({ accounts }) => accounts.remove(BOB));
    const both = [invoke(failing, call, {}), invoke(adding("# after"), call, {})];
    const [first, second] = await Promise.allSettled(both);
    expect(first).toMatchObject({ status: "rejected", reason: { code: "ACCOUNT_NOT_FOUND" } });
    expect(second?.status).toBe("fulfilled");
    expect(await root.file(RELAY)).toContain("# after");
  });
});

describe("another process that changes the same file between rehearsal and applying", () => {
  /** Somebody else writes after each of the first `times` rehearsals. */
  async function disturbed(times: number) {
    const { root, call } = await world();
    let tries = 0;
    const operation = adding("# ours", async () => {
      tries += 1;
      if (tries <= times) await root.put(RELAY, `# theirs ${tries}\n`);
    });
    return { root, call, operation, tries: () => tries };
  }

  test("makes it be worked out anew, and loses nothing", async () => {
    const { root, call, operation, tries } = await disturbed(4);
    await invoke(operation, call, {});
    expect(tries()).toBe(5);
    expect(await root.file(RELAY)).toBe("# theirs 4\n# ours\n");
    const outcomes = (await call.history?.find({ limit: 20 }))?.items.map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["done", "failed", "failed", "failed", "failed"]);
  });

  test("five times over makes it give up, and change nothing", async () => {
    const { root, call, operation, tries } = await disturbed(5);
    await expect(invoke(operation, call, {})).rejects.toMatchObject({ code: "FILE_CHANGED" });
    expect(tries()).toBe(5);
    expect(await root.file(RELAY)).toBe("# theirs 5\n");
  });
});

describe("work that waits until the settings are changed", () => {
  async function waiting(failing = false) {
    const { root, call } = await world();
    const seen: (string | null)[] = [];
    const operation = writing(async ({ files }, { whenApplied }) => {
      await files.edit(RELAY, () => Buffer.from("# made\n"));
      whenApplied(async () => {
        seen.push(await root.file(RELAY));
        if (failing) throw new Error("the program did not start");
      }, "program");
    });
    return { root, call, seen, operation };
  }

  test("is told and not done in a dry run", async () => {
    const { root, call, seen, operation } = await waiting();
    const before = await root.file(RELAY);
    expect((await rehearse(operation, call, {}))?.changes.final).toEqual(["program"]);
    expect(seen).toEqual([]);
    expect(await root.file(RELAY)).toBe(before);
  });

  test("is done after them, once", async () => {
    const { call, seen, operation } = await waiting();
    await invoke(operation, call, {});
    expect(seen).toEqual(["# made\n"]);
  });

  test("may fail, and what was changed before can still be taken back", async () => {
    const { root, call, operation } = await waiting(true);
    await expect(invoke(operation, call, {})).rejects.toMatchObject({ code: "INTERNAL" });
    expect(await root.file(RELAY)).toBe("# made\n");
    expect((await call.history?.find({ limit: 1 }))?.items).toMatchObject([{ outcome: "done" }]);
  });

  test("is not done when the settings could not be changed", async () => {
    const { root, call, seen } = await waiting();
    const operation = writing(async ({ files }, { whenApplied }) => {
      await files.edit(RELAY, () => Buffer.from("# made\n"));
      whenApplied(async () => void seen.push("ran"));
      await root.put(RELAY, `# theirs ${Math.random()}\n`);
    });
    await expect(invoke(operation, call, {})).rejects.toMatchObject({ code: "FILE_CHANGED" });
    expect(seen).toEqual([]);
  });
});

test("the first change of a day empties the bin of what is older than the history, and of nothing else", async () => {
  const { root, call, at } = await world();
  const names = async () => (await root.names(".xmailcfg/bin")) ?? [];
  await root.backend.accounts.add({ ...BOB, kind: "user", password: secret("pw") });
  await invoke(
    writing(({ accounts }) => accounts.remove(BOB)),
    call,
    {},
  );
  expect(await names()).toHaveLength(1);
  await invoke(adding("# soon"), at(89), {});
  expect(await names()).toHaveLength(1);
  await invoke(adding("# later"), at(91), {});
  expect(await names()).toEqual([]);
});
