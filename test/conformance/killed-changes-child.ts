import { local } from "../../src/storage/local.ts";
import { steppedChanges, WORKS } from "./killed-changes.ts";

/** A process that makes a change, and kills itself before its k-th step. */
const [name = "", folder = "", port = "", dies = "0"] = process.argv.slice(2);
const work = WORKS[name];
if (!work) throw new Error(`there is no ${name}`);
let step = 0;
const { changes, close } = steppedChanges(Number(port), local(folder), async () => {
  step += 1;
  if (step === Number(dies)) process.kill(process.pid, "SIGKILL");
});
const { apply } = await changes.rehearse(work);
await apply();
await close();
process.stdout.write(`steps ${step}\n`);
