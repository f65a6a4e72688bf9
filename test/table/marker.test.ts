import { inspect } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { encodePassword } from "../../src/crypto/password-code.ts";
import { isAppError } from "../../src/errors/error.ts";
import type { Call } from "../../src/kernel/context.ts";
import { invokeAny } from "../../src/kernel/invoke.ts";
import type { AnyOperation } from "../../src/kernel/operation.ts";
import { dryRun } from "../../src/operations/dry-run.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { openTabBackend } from "../../src/tab/backend.ts";
import { placesOf } from "../fuzz/hostile-text.ts";
import { goodInput, type Input, type Json } from "../support/good-inputs.ts";
import { littleWorld } from "../support/little-world.ts";
import { readableIn } from "../support/markers.ts";
import { actorNamed, peopleTree } from "../support/people-tree.ts";
import { type Bytes, copyOf, everything } from "../support/whole-storage.ts";
import { callOn } from "./call.ts";

const MARKER = "MARKERpassw0rd-7";
const SLOW = 60_000;

/** Where XMail itself keeps passwords plain; the history of changes holds the lines, to put them back. */
const PLAIN_BY_XMAIL = /^(?:smtpauth\.tab|userauth\/)|^state:(?:history|changes)/;
/** Where XMail keeps them in its coding, and the same lines in the history. */
const CODED_BY_XMAIL = /^(?:mailusers|ctrlaccounts|pop3links)\.tab$|^state:(?:history|changes)/;

const SECRETS = ALL_OPERATIONS.flatMap((operation) =>
  placesOf(operation.input as Json)
    .filter(({ schema }) => schema.writeOnly)
    .map((place) => [`${operation.name} ${place.name}`, operation, place] as const),
);

/** Places in which the marker can be read, which are none of XMail's own. */
function leaks(sinks: Readonly<Record<string, string>>): string[] {
  return readableIn(sinks, [MARKER], { plain: PLAIN_BY_XMAIL, coded: CODED_BY_XMAIL });
}

let world: Bytes;
beforeAll(async () => {
  world = await littleWorld(ALL_OPERATIONS);
}, SLOW);

/** Does it, does it wrongly, tries it: all that can be seen of it afterwards, by where it was seen. */
async function sinksAfter(operation: AnyOperation, put: (input: Input, text: string) => Input) {
  const storage = await copyOf(world);
  const { state, bytes } = await peopleTree();
  const seen: string[] = [];
  const note = (details: object, message: string) => void seen.push(message + inspect(details, { depth: 9 }));
  const { people, audit, history } = state;
  const call: Call = {
    ...callOn(await openTabBackend({ storage })),
    ...{ people, audit, history, operations: ALL_OPERATIONS, reason: "to see" },
    actor: await actorNamed(people, "boss"),
    log: { debug: note, info: note, warn: note, error: note },
  };
  const good = (await goodInput(operation, call, ALL_OPERATIONS)) ?? {};
  const input = put(good, MARKER);
  const told = async (work: () => Promise<unknown>) => {
    try {
      seen.push(JSON.stringify(await work()));
      return true;
    } catch (error) {
      if (!isAppError(error)) throw error;
      seen.push(inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error));
      return false;
    }
  };
  await told(() => invokeAny(operation, { ...call, actor: { id: "x", name: "x", grants: [] } }, input));
  await told(() => invokeAny(operation, call, { ...input, mispelt: MARKER }));
  await told(() => invokeAny(operation, call, put(good, `${MARKER}\n`)));
  await told(() => dryRun(operation, call, input));
  const done = await told(() => invokeAny(operation, call, input));
  for (const name of ["list", "get", "export"]) {
    const [noun = ""] = operation.name.split(".");
    const looking = ALL_OPERATIONS.find((one) => one.name === `${noun}.${name}`);
    if (looking)
      await told(async () =>
        invokeAny(looking, call, (await goodInput(looking, call, ALL_OPERATIONS)) ?? {}),
      );
  }
  const changes = await history.find({ limit: 20 });
  for (const { id } of changes.items) {
    const shown = ALL_OPERATIONS.find(({ name }) => name === "change.get");
    if (shown) await told(() => invokeAny(shown, call, { change: id }));
  }
  const kept = Object.entries(await bytes()).map(([path, text]) => [`state:${path}`, text] as const);
  return {
    done,
    sinks: { ...(await everything(storage)), ...Object.fromEntries(kept), seen: seen.join("\n") },
  };
}

test.each(SECRETS)(
  "%s: what is typed there can be read nowhere",
  { timeout: SLOW },
  async (_, operation, place) => {
    const { sinks } = await sinksAfter(operation, place.put);
    expect(leaks(sinks)).toEqual([]);
  },
);

test("this proves something: the secrets were taken, and stand where XMail needs them", {
  timeout: SLOW,
}, async () => {
  expect(SECRETS.length).toBeGreaterThan(10);
  const [, operation, place] = SECRETS.find(([name]) => name === "account.add password") ?? [];
  if (!operation || !place) throw new Error("there is no account.add");
  const { done, sinks } = await sinksAfter(operation, place.put);
  expect(done).toBe(true);
  expect((sinks as Record<string, string>)["mailusers.tab"]).toContain(encodePassword(MARKER));
  expect(JSON.stringify(sinks)).toContain("***");
});

describe("a planted fault is reported", () => {
  test.each([
    ["plain", MARKER],
    ["base64", Buffer.from(`name:${MARKER}`).toString("base64")],
    ["hex", Buffer.from(MARKER).toString("hex")],
    ["URL-encoded", encodeURIComponent(MARKER).replace(/./g, (one) => `%${one.charCodeAt(0).toString(16)}`)],
    ["XMail's coding", encodePassword(MARKER)],
  ])("%s", (_, text) => {
    expect(leaks({ "state:audit/2026-11-30.jsonl": `{"input":"${text}"}` })).not.toEqual([]);
    expect(leaks({ "state:audit/2026-11-30.jsonl": '{"input":"***"}' })).toEqual([]);
  });
});
