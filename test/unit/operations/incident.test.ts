import { describe, expect, test } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import { invoke } from "../../../src/kernel/invoke.ts";
import type { AnyOperation } from "../../../src/kernel/operation.ts";
import { accountResume } from "../../../src/operations/account/resume.ts";
import { changeUndo } from "../../../src/operations/change/undo.ts";
import { dryRun } from "../../../src/operations/dry-run.ts";
import {
  incidentClose,
  incidentOpen,
  incidentReopen,
  incidentSet,
} from "../../../src/operations/incident/change.ts";
import { incidentDetect } from "../../../src/operations/incident/detect.ts";
import { incidentGet, incidentList } from "../../../src/operations/incident/look.ts";
import { spoolHold, spoolRelease, spoolRemove } from "../../../src/operations/spool/act.ts";
import { spoolJobUndo } from "../../../src/operations/spool/job.ts";
import { spoolExplain } from "../../../src/operations/spool/look.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { faulty } from "../../../src/storage/wrap.ts";
import { filesIn, messageIds } from "../spool/spool-samples.ts";
import {
  NEW_PASSWORD,
  processOn,
  rescue,
  SPAM,
  STOLEN,
  type StormWorld,
  stormWorld,
} from "./incident-flow.ts";

/** How many messages stand in the queue, are held, and lie in the bin. */
async function whereabouts(storage: Storage) {
  const counts = { queue: 0, held: 0, bin: 0 };
  for (const path of await filesIn(storage)) {
    if (!/\/(?:mess|rsnd|froz)\/[^/]+\.mx1$/.test(path)) continue;
    if (path.startsWith("spool/")) counts.queue += 1;
    else if (path.includes("/spool/held/")) counts.held += 1;
    else counts.bin += 1;
  }
  return counts;
}

const idsOf = ({ messages }: StormWorld, whose?: string) =>
  messages
    .filter((one) => whose === undefined || one.whose === whose)
    .map(({ id }) => id.replace(/^(\d+)_(\d+)_/, "$1/$2/"))
    .sort();

describe("storm rescue", () => {
  test("an account whose mail has left already is found by the logs: from many networks, and too much of it", async () => {
    const world = await stormWorld();
    const { call, close } = await processOn(world);
    const stamp = new Date(call.now().getTime() - 60_000);
    const two = (n: number) => String(n).padStart(2, "0");
    const day = `${stamp.getFullYear()}-${two(stamp.getMonth() + 1)}-${two(stamp.getDate())}`;
    const line = (n: number) =>
      [
        ...["mx1", "example.com", `203.0.${n}.7`, `${day} 00:00:0${n % 10}`, "x", "", "Ken@Example.com"],
        ...["far@elsewhere.test", `S${n}`, "RECV=OK", "Ken@Example.com", "200000000", ""],
      ]
        .map((cell) => `"${cell}"`)
        .join("\t");
    const lines = Array.from({ length: 12 }, (_, n) => line(n));
    const name = `smtp-${day.replaceAll("-", "")}0000`;
    await world.mailRoot.write(storagePath("logs", name), Buffer.from(`${lines.join("\r\n")}\r\n`));
    const { items, logs } = await invoke(incidentDetect, call, { least: 1000 });
    expect(logs).toBe(true);
    expect(items).toMatchObject([
      {
        domain: "example.com",
        name: "ken",
        messages: 0,
        why: [
          { sign: "accountBytes", value: 2_400_000_000 },
          { sign: "accountNetworks", value: 12, bound: 10 },
        ],
      },
    ]);
    await close();
  });

  test("each step, its undo, and again: every message is where it belongs", async () => {
    const world = await stormWorld();
    const { call, close } = await processOn(world);
    const all = idsOf(world);
    const stands = async (queue: number, held: number, bin: number) => {
      expect(await whereabouts(world.mailRoot)).toEqual({ queue, held, bin });
      expect(await messageIds(world.mailRoot)).toEqual(all);
    };
    const suspects = await invoke(incidentDetect, call, { least: 10 });
    expect(suspects).toMatchObject({ messages: 21, items: [{ ...STOLEN, messages: 16, share: 76 }] });
    expect(suspects.items[0]?.why).toEqual([{ sign: "queue", value: 16, bound: 10 }]);

    const { incident, mail } = await invoke(incidentOpen, call, STOLEN);
    expect((await invoke(incidentOpen, call, STOLEN)).incident).toBe(incident);
    expect((await invoke(incidentDetect, call, { least: 10 })).items[0]?.incident).toBe(incident);
    const report = () => invoke(incidentGet, call, { incident });
    const doneSteps = async () => (await report()).steps.filter(({ done }) => done).map(({ step }) => step);
    expect(await report()).toMatchObject({ next: "suspend", suspended: false, pattern: { messages: 16 } });

    const { accountSuspend } = await import("../../../src/operations/account/suspend.ts");
    await invoke(accountSuspend, call, STOLEN);
    expect(await doneSteps()).toEqual(["suspend"]);
    const [suspended] = (await report()).events;
    await invoke(changeUndo, call, { change: suspended?.change ?? "" });
    expect(await report()).toMatchObject({ next: "suspend", suspended: false });
    await invoke(accountSuspend, call, STOLEN);

    await invoke(spoolHold, call, { filter: mail });
    await stands(5, 16, 0);
    expect(await doneSteps()).toEqual(["suspend", "hold"]);
    const { held } = await report();
    await invoke(spoolRelease, call, { filter: held });
    await stands(21, 0, 0);
    expect((await report()).next).toBe("hold");
    await invoke(spoolHold, call, { filter: mail });

    const { heldSpam } = await invoke(incidentSet, call, { incident, spam: SPAM, note: "by telephone" });
    const seen = await invoke(spoolExplain, call, { action: "remove", among: held, filter: heldSpam });
    expect([seen.caught.messages, seen.left.messages]).toEqual([12, 4]);
    expect(seen.samples.every(({ ip }) => ip.startsWith("203.0.113."))).toBe(true);
    expect(seen.leftSamples.every(({ from }) => from === "carol@example.com")).toBe(true);
    const removed = await invoke(spoolRemove, call, { filter: heldSpam });
    await stands(5, 4, 12);
    const back = await invoke(spoolJobUndo, call, { job: removed.job });
    expect(back.done).toBe(12);
    // Not into the queue: it would be sent.
    await stands(5, 16, 0);
    expect((await report()).next).toBe("remove");
    await invoke(spoolRemove, call, { filter: heldSpam });

    await invoke(spoolRelease, call, { filter: held });
    await stands(9, 0, 12);
    expect((await report()).next).toBe("password");
    await invoke(spoolHold, call, { filter: mail });
    await stands(5, 4, 12);
    expect((await report()).next).toBe("release");
    await invoke(spoolRelease, call, { filter: held });
    await stands(9, 0, 12);

    await rescue(call);
    expect(await report()).toMatchObject({ next: null, note: "by telephone" });
    const words = (await report()).events.map(({ what, messages }) => `${what} ${messages}`);
    expect(words).toEqual([
      ...["suspend 0", "undo 0", "suspend 0", "hold 16", "release 16", "hold 16"],
      ...["remove 12", "putBack 12", "remove 12", "release 4", "hold 4", "release 4", "password 0"],
    ]);
    expect((await report()).totals).toEqual({ held: 36, removed: 12, putBack: 12, released: 24 });
    // The owner works again, and the step stays done.
    await invoke(accountResume, call, STOLEN);
    expect(await report()).toMatchObject({ next: null, suspended: false });
    await close();
  });

  test("a new password ends the owner's sessions; its undo opens the step again", async () => {
    const world = await stormWorld();
    const { call, state, close } = await processOn(world);
    const before = await state.people.sessions.generationOf(STOLEN);
    const incident = await rescue(call);
    expect(await state.people.sessions.generationOf(STOLEN)).not.toBe(before);
    expect(await call.xmail.accounts.checkPassword(STOLEN, new Secret(NEW_PASSWORD), call)).toBe(true);
    const { events } = await invoke(incidentGet, call, { incident });
    await invoke(changeUndo, call, { change: events.at(-1)?.change ?? "" });
    expect((await invoke(incidentGet, call, { incident })).next).toBe("password");
    await close();
  });

  test("a closed report stays as it was, and is gone on with when it is opened again", async () => {
    const world = await stormWorld();
    const { call, close } = await processOn(world);
    const incident = await rescue(call);
    const before = await invoke(incidentGet, call, { incident });
    await invoke(incidentClose, call, { incident });
    await world.mailRoot.remove(storagePath(".xmailcfg/spool/jobs"));
    const after = await invoke(incidentGet, call, { incident });
    expect(after.events).toEqual(before.events);
    expect(after.totals).toEqual(before.totals);
    await expect(invoke(incidentSet, call, { incident, spam: "ip:x" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await invoke(incidentReopen, call, { incident });
    expect((await invoke(incidentGet, call, { incident })).closed).toBeNull();
    await close();
  });

  test("filters that would catch other people's mail, or are not understood, are refused at their field", async () => {
    const world = await stormWorld();
    const { call, close } = await processOn(world);
    const { incident } = await invoke(incidentOpen, call, STOLEN);
    const before = await filesIn(world.mailRoot, ".xmailcfg/incidents");
    for (const [input, field, rule] of [
      [{ spam: "auth:=other@example.com" }, "spam", "incident-filter"],
      [{ spam: "status:ready" }, "spam", "incident-filter"],
      [{ mail: "status:held" }, "mail", "incident-filter"],
      [{ spam: "sender:x" }, "spam", "spool-word"],
      [{ mail: "from:" }, "mail", "spool-empty"],
    ] as const) {
      await expect(invoke(incidentSet, call, { incident, ...input })).rejects.toMatchObject({
        code: "INVALID_INPUT",
        fields: [{ field, rule }],
      });
    }
    expect((await invoke(incidentGet, call, { incident })).spam).toBe("");
    await expect(invoke(incidentOpen, call, { domain: "example.com", name: "nobody" })).rejects.toMatchObject(
      { code: "ACCOUNT_NOT_FOUND" },
    );
    expect(await filesIn(world.mailRoot, ".xmailcfg/incidents")).toEqual(before);
    await close();
  });

  test("a dry run opens nothing", async () => {
    const world = await stormWorld();
    const { call, close } = await processOn(world);
    const { result } = await dryRun(incidentOpen as AnyOperation, call, STOLEN);
    expect(result).toMatchObject({ incident: "", ...STOLEN });
    expect((await invoke(incidentList, call, {})).items).toEqual([]);
    await close();
  });
});

/** The process dies at one of its writes; another one goes on with what is kept. */
describe("killed at any step", () => {
  for (const dying of ["mailRoot", "stateRoot"] as const) {
    test(`at any write to the ${dying}: no message is lost, and the rescue comes to its end`, async () => {
      let deaths = 0;
      for (let call = 1; ; call += 1) {
        const world = await stormWorld({ spam: 5, innocent: 3, others: 2 });
        const all = idsOf(world);
        const cut = faulty(world[dying], {
          call: Math.ceil(call / 2),
          verbs: ["write", "move", "remove"],
          effect: call % 2 === 0 ? "done" : "none",
          outcome: "fails",
          forGood: true,
        });
        const died = await processOn({ ...world, [dying]: cut })
          .then(({ call: first }) => rescue(first))
          .then(
            () => false,
            () => true,
          );
        expect(await messageIds(world.mailRoot), `${call}`).toEqual(all);
        // The lock of the dead is waited out by others; here it is taken away.
        for (const root of [world.mailRoot, world.stateRoot])
          for (const locks of [".xmailcfg/locks", "locks"])
            await root.remove(storagePath(locks)).catch(() => undefined);
        const next = await processOn(world);
        const incident = await rescue(next.call);
        expect(await messageIds(world.mailRoot), `${call} resumed`).toEqual(all);
        expect(await whereabouts(world.mailRoot), `${call}`).toEqual({ queue: 5, held: 0, bin: 5 });
        const report = await invoke(incidentGet, next.call, { incident });
        expect(report, `${call}`).toMatchObject({ next: null, suspended: true });
        expect(report.totals.removed, `${call}`).toBe(5);
        await next.close();
        if (!died) break;
        deaths += 1;
      }
      expect(deaths).toBeGreaterThan(dying === "mailRoot" ? 30 : 5);
    }, 300_000);
  }
});
