import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../../src/kernel/actor.ts";
import type { Call, Context } from "../../src/kernel/context.ts";
import type { Groups } from "../../src/kernel/groups.ts";
import { invokeAny } from "../../src/kernel/invoke.ts";
import type { AnyOperation } from "../../src/kernel/operation.ts";
import { rehearseAny } from "../../src/kernel/rehearse.ts";
import { Type } from "../../src/kernel/schema.ts";
import { domainTarget } from "../../src/kernel/target.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { openTabBackend } from "../../src/tab/backend.ts";
import { goodInput, type Input } from "../support/good-inputs.ts";
import { littleWorld } from "../support/little-world.ts";
import { actorNamed, askers, CONFINED, peopleTree } from "../support/people-tree.ts";
import { type Bytes, copyOf } from "../support/whole-storage.ts";
import { callOn } from "./call.ts";

const SLOW = 120_000;

let world: Bytes;
let actors: ReadonlyMap<string, Actor>;
beforeAll(async () => {
  world = await littleWorld(ALL_OPERATIONS);
  actors = await askers((await peopleTree()).state.people);
}, SLOW);

interface Noted {
  readonly call: Call;
  /** What reached the place where groups are kept. */
  readonly touched: string[];
}

async function noted(actor: Actor): Promise<Noted> {
  const { state } = await peopleTree();
  const touched: string[] = [];
  const noting = (groups: Groups): Groups =>
    Object.fromEntries(
      Object.entries(groups).map(([name, work]) => [
        name,
        (...given: readonly unknown[]) => {
          if (name === "rehearsing") return noting(groups.rehearsing());
          touched.push(`${name} ${JSON.stringify(given[0] ?? null)}`);
          return (work as (...given: readonly unknown[]) => unknown)(...given);
        },
      ]),
    ) as unknown as Groups;
  const { people, groups, history } = state;
  const call = {
    ...callOn(await openTabBackend({ storage: await copyOf(world) }), actor),
    ...{ people, groups: noting(groups), history, operations: ALL_OPERATIONS, reason: "to see" },
  };
  return { call, touched };
}

async function asked(operation: AnyOperation, { call }: Noted, input: Input): Promise<string> {
  const outcome = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (error: { code: string }) => error.code,
    );
  await outcome(rehearseAny(operation, call, input));
  return outcome(invokeAny(operation, call, input));
}

describe("groups", () => {
  test.each(CONFINED)(
    "are reached by no operation of a %s, but for a mailbox of his that is gone",
    { timeout: SLOW },
    async (role) => {
      const place = await noted(actors.get(role) ?? none(role));
      const master = await noted(await actorNamed((await peopleTree()).state.people, "boss"));
      let done = 0;
      for (const operation of ALL_OPERATIONS) {
        const input = await goodInput(operation, master.call, ALL_OPERATIONS).catch(() => null);
        if (!input) continue;
        if ((await asked(operation, place, input)) === "done") done += 1;
      }
      const left = place.touched.filter((one) => !/^forgetAccount \{"domain":"example\.com"/.test(one));
      expect(left).toEqual([]);
      if (role !== "nobody") expect(done).toBeGreaterThan(1);
    },
  );

  const planted = (effect: "read" | "write", work: (groups: Groups) => Promise<unknown>) =>
    ({
      name: "account.planted",
      summary: "Reach for groups",
      effect,
      input: Type.Object({ domain: Type.String() }, { additionalProperties: false }),
      output: Type.Object({}, { additionalProperties: false }),
      errors: [],
      http: null,
      ofOurs: true,
      target: ({ domain }: { domain: string }) => domainTarget(domain),
      handler: async ({ groups }: Context) => {
        await work(groups as Groups);
        return {};
      },
    }) as unknown as AnyOperation;
  const GROUP = { id: "grp_0", name: "x", members: [] } as never;
  const HIS = { domain: "example.com", name: "hana" };
  const NOT_HIS = { domain: "example.org", name: "hana" };
  const REACHES: readonly [string, (groups: Groups) => Promise<unknown>][] = [
    ["list", (groups) => groups.list()],
    ["add", (groups) => groups.add(GROUP)],
    ["change", async (groups) => groups.change("grp_0", (one) => one)],
    ["remove", (groups) => groups.remove("grp_0")],
    ["forgetDomain", (groups) => groups.forgetDomain("example.com")],
    ["forgetAccount", (groups) => groups.forgetAccount(NOT_HIS)],
    ["rehearsing", (groups) => groups.rehearsing().list()],
  ];

  test.each(REACHES)("an operation on a domain that reaches for them is refused: %s", async (_, work) => {
    const place = await noted(actors.get("delegate") ?? none("delegate"));
    expect(await asked(planted("write", work), place, { domain: "example.com" })).toBe("FORBIDDEN");
    expect(place.touched).toEqual([]);
  });

  test("every way there is tried above", async () => {
    const { state } = await peopleTree();
    expect(REACHES.map(([name]) => name).sort()).toEqual(Object.keys(state.groups).sort());
  });

  test("a mailbox that is gone leaves its groups, also when a delegate removed it; what reads changes none", async () => {
    const delegate = await noted(actors.get("delegate") ?? none("delegate"));
    const forget = (groups: Groups) => groups.forgetAccount(HIS);
    expect(await asked(planted("write", forget), delegate, { domain: "example.com" })).toBe("done");
    expect(await asked(planted("read", forget), delegate, { domain: "example.com" })).toBe("FORBIDDEN");
    const master = await noted(await actorNamed((await peopleTree()).state.people, "boss"));
    const [[, list], [, add]] = REACHES as [(typeof REACHES)[0], (typeof REACHES)[0]];
    expect(await asked(planted("read", list), master, { domain: "example.com" })).toBe("done");
    expect(await asked(planted("read", add), master, { domain: "example.com" })).toBe("FORBIDDEN");
  });
});

function none(role: string): never {
  throw new Error(`there is no ${role}`);
}
