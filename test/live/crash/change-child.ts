import { local } from "../../../src/storage/local.ts";
import type { ChangeSet } from "../../../src/xmail/change-set.ts";
import { changesIn, stepping, WORKS } from "../../conformance/tried-changes.ts";

interface Job {
  readonly root: string;
  /** One of `WORKS`, or what its predecessor left half done is finished. */
  readonly work: string | null;
  readonly changes: ChangeSet | null;
  /** Where this process dies; `null`: nowhere. */
  readonly death: { readonly moment: "before" | "after"; readonly step: number } | null;
}

/** Makes one change, or recovers, and is dead before or after one of its steps. Says how many steps it took. */
const { root, work, changes, death } = JSON.parse(process.argv[2] ?? "") as Job;
let steps = 0;
const storage = stepping(local(root), async (moment, step) => {
  steps = step;
  if (moment === death?.moment && step === death.step) {
    process.kill(process.pid, "SIGKILL");
    // The signal is on its way: nothing more is done.
    await new Promise(() => {});
  }
});
if (work === null) await (await changesIn(storage)).recover();
else await WORKS.find(({ name }) => name === work)?.run(storage, changes);
process.stdout.write(`${steps}\n`);
