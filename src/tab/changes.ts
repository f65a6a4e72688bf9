import { type Overlay, overlay } from "../storage/overlay.ts";
import type { Backend, ChangeMaker } from "../xmail/backend.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { Rehearsal } from "../xmail/change-set.ts";
import { emptyBin } from "./bin.ts";
import { type Ground, inMemory } from "./in-turn.ts";
import { planOf } from "./plan.ts";
import { isHalfDone } from "./recover.ts";
import { takeBackIn } from "./take-back.ts";
import { changeSetOf } from "./tell-plan.ts";

/** Changes of files that are known before they happen. `backendOn` is asked for each rehearsal. */
export function changesOn(ground: Ground, backendOn: (ground: Ground) => Backend): ChangeMaker {
  return {
    rehearse: (work, call) => rehearse(ground, (storage) => work(backendOn(inMemory(storage))), call),
    takeBack: (changes, call) => rehearse(ground, (storage) => takeBackIn(storage, changes), call),
    async recover(call) {
      // Most often there is nothing, and nobody need be waited for.
      if (await isHalfDone(ground.storage)) await ground.inTurn(async () => undefined, call);
      return ground.recovered.splice(0);
    },
    unfinished: () => isHalfDone(ground.storage),
    emptyBin: (olderThan, call) => ground.inTurn(({ storage }) => emptyBin(storage, olderThan), call),
  };
}

async function rehearse<T>(
  ground: Ground,
  work: (storage: Overlay) => Promise<T>,
  call?: CallOptions,
): Promise<Rehearsal<T>> {
  if (await isHalfDone(ground.storage)) await ground.inTurn(async () => undefined, call);
  const over = overlay(ground.storage);
  const result = await work(over);
  const plan = await planOf(over);
  return {
    result,
    changes: await changeSetOf(plan, over),
    apply: () => ground.inTurn(({ commit }) => commit(over, plan), call),
  };
}
