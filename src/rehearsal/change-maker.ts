import { emptyBin } from "../tab/bin.ts";
import type { ChangeMaker } from "../xmail/backend.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { Rehearsal } from "../xmail/change-set.ts";
import { alone, carryOut, settleLeft } from "./carry-out.ts";
import { type Worked, workOn } from "./rehearse.ts";
import { workBack } from "./take-back.ts";
import { type Way, type WayOptions, wayOver } from "./way.ts";

/** Changes of a running server that are known before they happen. */
export function changesOver(options: WayOptions): ChangeMaker {
  return {
    async rehearse(work, call) {
      const way = await wayOver(options);
      const worked = await workOn(way, (line) => work(way.backendOver(line)));
      return rehearsalOf(way, worked, call);
    },
    async takeBack(changes, call) {
      const way = await wayOver(options);
      return rehearsalOf(way, await workBack(way, changes), call);
    },
    async recover(call = {}) {
      const way = await wayOver(options);
      if (!way.journal || (await way.journal.look(call)) === null) return [];
      return alone(way, call, (page) => settleLeft(way, page));
    },
    async unfinished(call) {
      const { journal } = await wayOver(options);
      return journal !== null && (await journal.look(call)) !== null;
    },
    async emptyBin(olderThan) {
      const { bin } = await wayOver(options);
      return bin ? emptyBin(bin, olderThan) : 0;
    },
  };
}

function rehearsalOf<T>(way: Way, worked: Worked<T>, call: CallOptions = {}): Rehearsal<T> {
  return {
    result: worked.result,
    changes: worked.changes,
    apply: () => carryOut(way, worked, call),
  };
}
