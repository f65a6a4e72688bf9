import { beforeAll, describe, expect, test } from "vitest";
import { isAppError, fail as refuse } from "../../src/errors/error.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import type { AuditRecord } from "../../src/kernel/audit.ts";
import type { Call, Context } from "../../src/kernel/context.ts";
import { invokeAny } from "../../src/kernel/invoke.ts";
import type { AnyOperation } from "../../src/kernel/operation.ts";
import { problemsOf, Type } from "../../src/kernel/schema.ts";
import { domainTarget, SERVER, type Target } from "../../src/kernel/target.ts";
import { logStoreOver } from "../../src/log/store.ts";
import { mailboxesOver } from "../../src/mailbox/mailboxes-over.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { openSpool } from "../../src/spool/open.ts";
import { storagePath } from "../../src/storage/path.ts";
import { openTabBackend } from "../../src/tab/backend.ts";
import { goodInput, type Input, type Json } from "../support/good-inputs.ts";
import { littleWorld } from "../support/little-world.ts";
import { actorNamed, askers, CONFINED, type Name, named, peopleTree } from "../support/people-tree.ts";
import { type Bytes, copyOf, everything } from "../support/whole-storage.ts";
import { mixedMail } from "../unit/mailbox/mail-samples.ts";
import { messageText } from "../unit/spool/spool-samples.ts";
import { callOn } from "./call.ts";
import { recordingBackend } from "./recording-backend.ts";

/** Domains that are not his, as they come in an input: one that is there, one that is not, and patterns over all. */
const NOT_HIS = ["example.org", "EXAMPLE.ORG"];
const NOT_THERE = "nowhere.test";
const WILD = ["*", "*.com", "example.?om", "[e]xample.com", "example.*", "@example.com"];
const SLOW = 120_000;

let tree: Awaited<ReturnType<typeof peopleTree>>;
let world: Bytes;
let actors: ReadonlyMap<string, Actor>;
const good = new Map<AnyOperation, Input>();

const A_MESSAGE = storagePath("domains/example.com/hana/Maildir/new/1795509203993.7fd19a91d6c0.72b3.12.mx1");
const IN_THE_QUEUE = storagePath("spool/0/1/rsnd/1795509232561.7fd1577fe6c0.72b3.92.mx1");

async function tab(): Promise<{ call: Call; now(): Promise<Bytes> }> {
  const storage = await copyOf(world);
  await storage.write(A_MESSAGE, mixedMail());
  await storage.write(IN_THE_QUEUE, new TextEncoder().encode(messageText({})));
  const backend = await openTabBackend({ storage });
  return {
    call: callWith({
      ...backend,
      mailboxes: mailboxesOver(storage, backend.accounts),
      logs: logStoreOver(storage),
      spool: openSpool(storage, null),
    }),
    now: () => everything(storage),
  };
}

function callWith(xmail: Call["xmail"]): Call {
  const { people, groups, history } = tree.state;
  return { ...callOn(xmail), people, groups, history, operations: ALL_OPERATIONS, reason: "to see" };
}

beforeAll(async () => {
  tree = await peopleTree();
  world = await littleWorld(ALL_OPERATIONS);
  actors = await askers(tree.state.people);
  const { call } = await tab();
  for (const operation of ALL_OPERATIONS) {
    const input = await goodInput(operation, call, ALL_OPERATIONS).catch(() => null);
    if (input) good.set(operation, input);
  }
}, SLOW);

/** What somebody is told: all of it but ids and the name he asked for. */
async function told(operation: AnyOperation, call: Call, input: Input, asked: string): Promise<string> {
  const plain = (value: unknown) => JSON.stringify(value).toLowerCase().replaceAll(asked.toLowerCase(), "§");
  try {
    return plain(await invokeAny(operation, call, input));
  } catch (error) {
    if (!isAppError(error) || error.code === "INTERNAL") throw error;
    const { code, status, message, fields, conflict } = error;
    return plain({ code, status, message, fields, conflict });
  }
}

const hasDomain = ({ input }: AnyOperation) => (input as Json).properties?.["domain"] !== undefined;
const each = (operations: readonly AnyOperation[]) => operations.map((one) => [one.name, one] as const);

/** How an operation lets somebody see whether a domain that is not his is there, or asks XMail of it. */
async function tellsApart(operation: AnyOperation, actor: Actor, input: Input): Promise<string[]> {
  const { call } = await tab();
  const faults: string[] = [];
  for (const domain of NOT_HIS) {
    const seen: string[] = [];
    const answers: string[] = [];
    for (const one of [domain, NOT_THERE]) {
      const records: string[] = [];
      const audit = {
        record: async ({ phase, code }: AuditRecord) => void records.push(`${phase} ${code}`),
      };
      answers.push(await told(operation, { ...call, actor, audit }, { ...input, domain: one }, one));
      seen.push(records.join());
    }
    if (answers[0] !== answers[1]) faults.push(`${domain}: ${answers.join(" instead of ")}`);
    if (seen[0] !== seen[1]) faults.push(`${domain}: ${seen.join(" instead of ")} is recorded`);
    if (operation.each) continue;
    const fits = problemsOf(operation.input, { ...input, domain }).length === 0;
    if (!answers[0]?.includes(fits ? "forbidden" : "invalid_input")) faults.push(`${domain}: ${answers[0]}`);
    const { backend, touches } = recordingBackend();
    await told(operation, { ...callWith(backend), actor }, { ...input, domain }, domain);
    faults.push(...touches.map(({ method }) => `${domain}: ${method} was asked`));
  }
  return faults;
}

describe.each(CONFINED)("%s", (role) => {
  test.each(each(ALL_OPERATIONS.filter(hasDomain)))(
    "%s: what is not his and what is not there answer alike, and nothing was asked of XMail",
    async (_, operation) => {
      expect(await tellsApart(operation, actors.get(role) ?? fail(role), good.get(operation) ?? {})).toEqual(
        [],
      );
    },
  );

  test.each(each(ALL_OPERATIONS.filter((one) => hasDomain(one) && !one.each)))(
    "%s: a pattern over domains reaches none",
    async (_, operation) => {
      const { call, now } = await tab();
      const before = await now();
      const input = good.get(operation) ?? {};
      const actor = actors.get(role) ?? fail(role);
      for (const domain of WILD) {
        expect(await told(operation, { ...call, actor }, { ...input, domain }, domain), domain).toMatch(
          /"(?:forbidden|invalid_input)"/,
        );
      }
      expect(await now()).toEqual(before);
    },
  );
});

describe("what is of the whole server", () => {
  const isOfServer = (operation: AnyOperation) => {
    const input = good.get(operation);
    return input !== undefined && operation.target?.(input as never).kind === "server";
  };

  test.each(CONFINED)("is refused to %s before anything was asked", async (role) => {
    const actor = actors.get(role) ?? fail(role);
    let tried = 0;
    for (const operation of ALL_OPERATIONS.filter(isOfServer)) {
      const { backend, touches } = recordingBackend();
      const answer = await told(operation, { ...callWith(backend), actor }, good.get(operation) ?? {}, "§");
      expect(answer, operation.name).toContain("forbidden");
      expect(touches, operation.name).toEqual([]);
      tried += 1;
    }
    expect(tried).toBeGreaterThan(100);
  });
});

describe("who only looks", () => {
  test.each([
    ["auditor", /"(?:forbidden|looks_only)"/],
    ["guest", /"looks_only"/],
    ["key for dry runs", /"(?:looks_only|forbidden)"/],
  ])("%s changes nothing: every change is refused before anything was asked", async (role, says) => {
    const actor = actors.get(role) ?? fail(role);
    const before = await tree.bytes();
    for (const operation of ALL_OPERATIONS.filter(({ effect }) => effect !== "read")) {
      const input = good.get(operation);
      if (!input) continue;
      const own = role === "auditor" && /^(?:me|apiKey)\./.test(operation.name);
      if (own) continue;
      const { backend, touches } = recordingBackend();
      expect(await told(operation, { ...callWith(backend), actor }, input, "§"), operation.name).toMatch(
        says,
      );
      expect(touches, operation.name).toEqual([]);
    }
    expect(differingState(before, await tree.bytes())).toEqual([]);
  });
});

describe("people above, beside and nowhere", () => {
  const NOBODY = "del_0000000000000000";
  const usesPerson = ({ input }: AnyOperation) => (input as Json).properties?.["person"] !== undefined;

  test.each(each(ALL_OPERATIONS.filter(usesPerson)))(
    "%s: answer alike, and nobody is changed",
    async (_, operation) => {
      const { call } = await tab();
      const { people } = tree.state;
      const actor = await actorNamed(people, "middle");
      const before = await tree.bytes();
      const base = good.get(operation) ?? {};
      const answer = async (id: string) => told(operation, { ...call, actor }, { ...base, person: id }, id);
      const missing = await answer(NOBODY);
      for (const name of [
        "boss",
        "looker",
        "upper",
        "beside",
        "stranger",
      ] as const satisfies readonly Name[]) {
        expect(await answer((await named(people, name)).id), name).toBe(missing);
      }
      expect(differingState(before, await tree.bytes())).toEqual([]);
    },
  );
});

describe("a planted fault is reported", () => {
  const planted = (target: () => Target, each?: true) =>
    ({
      name: "account.planted",
      summary: "Count what a domain holds",
      effect: "read",
      input: Type.Object({ domain: Type.String() }, { additionalProperties: false }),
      output: Type.Object(
        { items: Type.Array(Type.String()), total: Type.Number() },
        { additionalProperties: false },
      ),
      errors: ["DOMAIN_NOT_FOUND"],
      http: null,
      ...(each ? { each: target } : { target }),
      handler: async (ctx: Context, { domain }: { domain: string }) => {
        if (!(await ctx.xmail.domains.list()).includes(domain.toLowerCase()))
          return refuse("DOMAIN_NOT_FOUND");
        return { items: [], total: (await ctx.xmail.accounts.counts()).get(domain.toLowerCase())?.user ?? 0 };
      },
    }) as AnyOperation;

  test.each([
    ["a target that is not the input's", () => planted(() => domainTarget("example.com")), "was asked"],
    ["a list that answers another way for what is there", () => planted(() => SERVER, true), "instead of"],
  ])("%s", async (_, operation, says) => {
    const actor = actors.get("delegate") ?? fail("delegate");
    expect((await tellsApart(operation(), actor, {})).join("\n")).toContain(says);
    expect(
      await tellsApart(
        planted(() => SERVER),
        actor,
        {},
      ),
    ).toEqual([]);
  });
});

test("this proves something: nearly every operation of XMail had a good input to be refused", () => {
  // What is of people, their sessions and what they did is asked of a world with people: conformance/people-operations.
  const ofPeople = /^(?:audit|me|person|administrator|listAdministrator|delegation|apiKey|change)\./;
  const ofXmail = ALL_OPERATIONS.filter(({ name }) => !ofPeople.test(name));
  const without = ofXmail.filter((one) => !good.has(one)).map(({ name }) => name);
  expect(ofXmail.length).toBeGreaterThan(250);
  expect(without.length, without.join(", ")).toBeLessThan(ofXmail.length * 0.08);
});

/** Of the state, what is not a log or an index. */
function differingState(a: Bytes, b: Bytes): string[] {
  return Object.keys({ ...a, ...b }).filter(
    (path) => /people|groups|keys|factors/.test(path) && a[path] !== b[path],
  );
}

function fail(role: string): never {
  throw new Error(`there is no ${role}`);
}
