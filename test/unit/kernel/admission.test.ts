import { beforeEach, describe, expect, test } from "vitest";
import { isAppError } from "../../../src/errors/error.ts";
import type { Actor, LooksOnly } from "../../../src/kernel/actor.ts";
import type { AuditRecord } from "../../../src/kernel/audit.ts";
import type { Call } from "../../../src/kernel/context.ts";
import { NO_HISTORY } from "../../../src/kernel/history.ts";
import { invoke } from "../../../src/kernel/invoke.ts";
import type { Base, Operation } from "../../../src/kernel/operation.ts";
import type { People } from "../../../src/kernel/people.ts";
import { rehearse } from "../../../src/kernel/rehearse.ts";
import { PROOF_SECONDS } from "../../../src/kernel/run.ts";
import { type Static, type TSchema, Type } from "../../../src/kernel/schema.ts";
import { accountTarget, domainTarget } from "../../../src/kernel/target.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import type { Backend } from "../../../src/xmail/backend.ts";
import { callOn } from "../../table/call.ts";
import { testRoot } from "../tab/mail-root.ts";

const Key = Type.Object(
  { domain: Type.String({ pattern: "^[a-z.]+$" }), name: Type.String() },
  { additionalProperties: false },
);
const HANA = { domain: "example.com", name: "hana" };
const ADMINISTRATOR: Actor = {
  id: "del_1",
  name: "sato",
  grants: [{ allow: ["thing.*"], on: domainTarget("example.com") }],
};
const OWNER: Actor = {
  id: "owner:hana",
  name: "hana",
  grants: [{ allow: ["thing.*"], on: accountTarget(HANA) }],
};

let ran: Pick<Call, "people" | "xmail">[] = [];
let records: AuditRecord[] = [];
let xmail: Backend;

beforeEach(async () => {
  ran = [];
  records = [];
  xmail = await openTabBackend({ storage: (await testRoot()).storage });
});

function thing(
  effect: "read" | "write",
  flags: Partial<Pick<Base<TSchema, TSchema>, "asksAgain" | "opensMail" | "ofOurs" | "changesNothing">> = {},
): Operation<typeof Key, typeof Key> {
  return {
    name: "thing.do",
    summary: "Do a thing",
    effect,
    input: Key,
    output: Key,
    errors: [],
    http: null,
    target: accountTarget,
    async handler(ctx, input: Static<typeof Key>) {
      ran.push(ctx);
      return input;
    },
    ...flags,
  };
}

function by(actor: Actor, more: Partial<Call> = {}): Call {
  return { ...callOn(xmail, actor, records), ...more };
}

/** How long ago somebody showed that it is he. */
function proved(seconds: number): Partial<Call> {
  const { now } = callOn(xmail);
  return { provedAt: new Date(now().getTime() - seconds * 1000) };
}

async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    return isAppError(error) ? error.code : "not an AppError";
  }
}

const phases = () => records.map(({ phase, code = "" }) => `${phase} ${code}`.trim());

describe.each<LooksOnly>(["guest", "dryRunKey", "asAnother"])("who only looks: %s", (looksOnly) => {
  const looking: Actor = { ...ADMINISTRATOR, looksOnly };

  test.each([
    ["a change of XMail's", thing("write")],
    ["a change of ours", thing("write", { ofOurs: true })],
    ["a write that changes nothing", thing("write", { changesNothing: true })],
  ])("saves nothing: %s is refused before it runs, and told to the audit log", async (_, operation) => {
    expect(await outcome(invoke(operation, by(looking), HANA))).toBe("LOOKS_ONLY");
    expect(ran).toEqual([]);
    expect(phases()).toEqual(["refused LOOKS_ONLY"]);
  });

  test("sees, and tries what a change would do", async () => {
    expect(await outcome(invoke(thing("read"), by(looking), HANA))).toBe("done");
    expect(await outcome(rehearse(thing("write"), by(looking), HANA))).toBe("done");
    expect(phases()).toEqual([]);
  });

  test("has no work done that is the same when it is tried", async () => {
    const check = thing("write", { changesNothing: true });
    expect(await outcome(rehearse(check, by(looking), HANA))).toBe("LOOKS_ONLY");
    expect(ran).toEqual([]);
    expect(phases()).toEqual(["refused LOOKS_ONLY"]);
    expect(await outcome(rehearse(check, by(ADMINISTRATOR), HANA))).toBe("done");
  });

  test("sees and tries nothing that was not granted", async () => {
    const ken = { ...HANA, domain: "example.org" };
    expect(await outcome(invoke(thing("read"), by(looking), ken))).toBe("FORBIDDEN");
    expect(await outcome(rehearse(thing("write"), by(looking), ken))).toBe("FORBIDDEN");
    expect(ran).toEqual([]);
  });
});

describe("what is dangerous", () => {
  const dangerous = thing("write", { asksAgain: true });

  test.each([
    [PROOF_SECONDS, "done"],
    [PROOF_SECONDS + 1, "PROVE_AGAIN"],
  ])("%i seconds after the last proof: %s", async (seconds, expected) => {
    expect(await outcome(invoke(dangerous, by(ADMINISTRATOR, proved(seconds)), HANA))).toBe(expected);
    expect(ran).toHaveLength(expected === "done" ? 1 : 0);
    expect(phases()).toEqual(expected === "done" ? ["intent", "done"] : ["refused PROVE_AGAIN"]);
  });

  test("asks nobody who cannot be asked, nor for a look, nor for what is not dangerous", async () => {
    expect(await outcome(invoke(dangerous, by(ADMINISTRATOR), HANA))).toBe("done");
    expect(await outcome(rehearse(dangerous, by(ADMINISTRATOR, proved(9999)), HANA))).toBe("done");
    expect(await outcome(invoke(thing("write"), by(ADMINISTRATOR, proved(9999)), HANA))).toBe("done");
  });
});

describe("what shows other people's mail", () => {
  const opening = thing("read", { opensMail: true });

  test.each([[undefined], [""], ["  \t "]])("needs a reason, and %j is none", async (reason) => {
    const call = by(ADMINISTRATOR, reason === undefined ? {} : { reason });
    expect(await outcome(invoke(opening, call, HANA))).toBe("REASON_NEEDED");
    expect(await outcome(rehearse(opening, call, HANA))).toBe("REASON_NEEDED");
    expect(ran).toEqual([]);
    expect(phases()).toEqual(["refused REASON_NEEDED", "refused REASON_NEEDED"]);
  });

  test("needs one line of it, as every reason is", async () => {
    const call = by(ADMINISTRATOR, { reason: "two\nlines" });
    expect(await outcome(invoke(opening, call, HANA))).toBe("INVALID_INPUT");
    expect(ran).toEqual([]);
  });

  test("tells the audit log who, why and on whose behalf before it shows anything", async () => {
    const looking = {
      ...ADMINISTRATOR,
      looksOnly: "asAnother" as const,
      really: { id: "adm_1", name: "boss" },
    };
    expect(await outcome(invoke(opening, by(looking, { reason: "Ticket 7" }), HANA))).toBe("done");
    expect(phases()).toEqual(["intent", "done"]);
    for (const record of records) {
      expect(record).toMatchObject({
        actor: "del_1",
        actorName: "sato",
        really: "adm_1",
        reason: "Ticket 7",
      });
    }
  });

  test("tells it of a look before a change, too, which shows the same", async () => {
    expect(await outcome(rehearse(opening, by(ADMINISTRATOR, { reason: "Ticket 7" }), HANA))).toBe("done");
    expect(phases()).toEqual(["intent", "done"]);
  });

  test("shows nothing when that cannot be written", async () => {
    const audit = { record: () => Promise.reject(new Error("disk full")) };
    const call = by(ADMINISTRATOR, { reason: "Ticket 7", audit });
    expect(await outcome(invoke(opening, call, HANA))).toBe("INTERNAL");
    expect(await outcome(rehearse(opening, call, HANA))).toBe("INTERNAL");
    expect(ran).toEqual([]);
  });

  test("is the owner's own, who needs no reason for his mail", async () => {
    expect(await outcome(invoke(opening, by(OWNER), HANA))).toBe("done");
  });

  test("of another account needs one from an owner, too, had he the right at all", async () => {
    const both = { ...OWNER, grants: [...OWNER.grants, ...ADMINISTRATOR.grants] };
    expect(await outcome(invoke(opening, by(both), { ...HANA, name: "ken" }))).toBe("REASON_NEEDED");
  });
});

describe("the order of refusals", () => {
  const all = thing("write", { asksAgain: true, opensMail: true });
  const nobody: Actor = { ...ADMINISTRATOR, grants: [], looksOnly: "guest" };
  const guest: Actor = { ...ADMINISTRATOR, looksOnly: "guest" };

  test.each<[code: string, actor: Actor, input: object, reason: string]>([
    ["INVALID_INPUT", nobody, { domain: "!", name: "x" }, ""],
    ["FORBIDDEN", nobody, HANA, ""],
    ["REASON_NEEDED", guest, HANA, ""],
    ["LOOKS_ONLY", guest, HANA, "why"],
    ["PROVE_AGAIN", ADMINISTRATOR, HANA, "why"],
  ])("%s", async (code, actor, input, reason) => {
    expect(await outcome(invoke(all, by(actor, { ...proved(9999), reason }), input))).toBe(code);
    expect(ran).toEqual([]);
  });
});

describe("a change of ours", () => {
  const ours = thing("write", { ofOurs: true });
  const rehearsed = { list: async () => [] } as unknown as People;
  const people = { rehearsing: () => rehearsed, list: async () => [] } as unknown as People;

  test("has no change set and no history, and two lines of audit", async () => {
    const history = { ...NO_HISTORY, begin: () => Promise.reject(new Error("nothing of ours goes there")) };
    expect(await outcome(invoke(ours, by(ADMINISTRATOR, { history, people }), HANA))).toBe("done");
    expect(phases()).toEqual(["intent", "done"]);
  });

  test("does not count against limits, which are of what XMail has", async () => {
    const { changes: _, ...blind } = xmail;
    const limits = [{ of: "del_1", on: [domainTarget("example.com")], most: { accounts: 0 } }];
    expect(await outcome(invoke(ours, { ...by({ ...ADMINISTRATOR, limits }), xmail: blind }, HANA))).toBe(
      "done",
    );
  });

  test("is tried on people that nobody keeps, and done on those that are kept", async () => {
    const master: Actor = { id: "m", name: "m", grants: [{ allow: ["*"], on: { kind: "server" } }] };
    await rehearse(ours, by(master, { people }), HANA);
    await invoke(ours, by(master, { people }), HANA);
    expect(ran.map((ctx) => ctx.people)).toEqual([rehearsed, people]);
  });
});

describe("who has limits", () => {
  test("waits for the lock of each of them, in one order whoever asks, and holds all while he works", async () => {
    const seen: string[] = [];
    const people = {
      list: async () => [],
      async alone<T>(id: string, work: () => Promise<T>): Promise<T> {
        seen.push(`+${id}`);
        const answer = await work();
        seen.push(`-${id}`);
        return answer;
      },
    } as unknown as People;
    const on = [domainTarget("example.com")];
    const limits = ["del_2", "del_1", "del_2"].map((of) => ({ of, on, most: { accounts: 9 } }));
    const writing = {
      ...thing("write"),
      handler: async (_: unknown, input: Static<typeof Key>) => {
        seen.push("work");
        return input;
      },
    };
    await invoke(writing, by({ ...ADMINISTRATOR, limits }, { people }), HANA);
    expect(seen).toEqual(["+del_1", "+del_2", "work", "-del_2", "-del_1"]);
    seen.length = 0;
    await invoke(writing, by(ADMINISTRATOR, { people }), HANA);
    expect(seen).toEqual(["work"]);
  });
});
