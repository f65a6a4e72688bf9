import type { Call } from "../../../src/kernel/context.ts";
import { invoke } from "../../../src/kernel/invoke.ts";
import { openBackend } from "../../../src/open.ts";
import { accountSetPassword } from "../../../src/operations/account/set-password.ts";
import { accountSuspend } from "../../../src/operations/account/suspend.ts";
import { incidentOpen, incidentSet } from "../../../src/operations/incident/change.ts";
import { incidentGet, incidentList } from "../../../src/operations/incident/look.ts";
import { spoolHold, spoolRelease, spoolRemove } from "../../../src/operations/spool/act.ts";
import type { JobRow } from "../../../src/operations/spool/fields.ts";
import { spoolJobList, spoolJobWork } from "../../../src/operations/spool/job.ts";
import { type DemoStorm, seedStorm } from "../../../src/simulator/demo-storm.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { openState, type State } from "../../../src/state/state.ts";
import { memory } from "../../../src/storage/memory.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { callOn } from "../../table/call.ts";

const BEGAN = Date.parse("2026-11-24T09:00:00Z");
export const STOLEN = { domain: "example.com", name: "carol" } as const;
export const SPAM = "ip:^203.0.113.";
export const NEW_PASSWORD = "Quiet-river-1977";

export interface StormWorld {
  readonly mailRoot: Storage;
  readonly stateRoot: Storage;
  readonly messages: Awaited<ReturnType<typeof seedStorm>>;
}

/** A stopped server with a stolen account, in memory. */
export async function stormWorld(more: Partial<DemoStorm> = {}): Promise<StormWorld> {
  const mailRoot = memory();
  await writeMailRoot(mailRoot, { domain: STOLEN.domain });
  const world = { mailRoot, stateRoot: memory() };
  const { call, close } = await processOn(world);
  const { accountAdd } = await import("../../../src/operations/account/add.ts");
  await invoke(accountAdd, call, { ...STOLEN, kind: "user", password: "Guessed-once-1" });
  await close();
  const messages = await seedStorm(mailRoot, {
    ...{ seed: 5, account: "carol@example.com", spam: 12, innocent: 4, others: 5 },
    now: new Date(BEGAN),
    ...more,
  });
  return { ...world, messages };
}

/** What a process has: a clock that goes on, and everything read anew from what is kept. */
export async function processOn({
  mailRoot,
  stateRoot,
}: Pick<StormWorld, "mailRoot" | "stateRoot">): Promise<{
  readonly call: Call;
  readonly state: State;
  close(): Promise<void>;
}> {
  const state = await openState({ ...stateRoot, close: async () => undefined });
  const xmail = await openBackend({ storage: { ...mailRoot, close: async () => undefined }, offline: true });
  const { people, history, audit } = state;
  return {
    call: { ...callOn(xmail), people, history, audit, now: later },
    state,
    async close() {
      await xmail.close();
      await state.close();
    },
  };
}

let clock = BEGAN;
function later(): Date {
  clock += 1000;
  return new Date(clock);
}

/** Goes on with the rescue from wherever it is to its end, as the report says what is next. */
export async function rescue(call: Call): Promise<string> {
  const known = (await invoke(incidentList, call, {})).items[0];
  const { incident } = known ?? (await invoke(incidentOpen, call, STOLEN));
  await invoke(incidentSet, call, { incident, spam: SPAM });
  for (let n = 0; n < 20; n += 1) {
    // What a killed process began is ended first.
    for (const job of (await invoke(spoolJobList, call, {})).items) await worked(call, job);
    const { next, mail, held, heldSpam } = await invoke(incidentGet, call, { incident });
    if (next === null) return incident;
    if (next === "suspend") await invoke(accountSuspend, call, STOLEN);
    if (next === "hold") await worked(call, await invoke(spoolHold, call, { filter: mail, seconds: 0 }));
    if (next === "remove")
      await worked(call, await invoke(spoolRemove, call, { filter: heldSpam, seconds: 0 }));
    if (next === "release")
      await worked(call, await invoke(spoolRelease, call, { filter: held, seconds: 0 }));
    if (next === "password") await invoke(accountSetPassword, call, { ...STOLEN, password: NEW_PASSWORD });
  }
  throw new Error("the rescue does not come to its end");
}

async function worked(call: Call, { job, finished }: JobRow): Promise<void> {
  for (let isDone = finished; !isDone; ) {
    isDone = (await invoke(spoolJobWork, call, { job, seconds: 3 })).finished;
  }
}
