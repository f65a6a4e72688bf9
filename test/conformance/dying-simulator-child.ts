import { existsSync } from "node:fs";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { local } from "../../src/storage/local.ts";
import { stepping } from "./tried-changes.ts";

const [folder = "", dies = "0"] = process.argv.slice(2);
let step = 0;

/** A simulator that is killed before the n-th change of a file, counted from when a file `.now` is beside its folder. */
const simulator = await startSimulator({
  storage: stepping(local(folder), async (moment) => {
    if (moment !== "before" || !existsSync(`${folder}.now`)) return;
    step += 1;
    if (step === Number(dies)) process.kill(process.pid, "SIGKILL");
  }),
});
process.stdout.write(`port ${simulator.port}\n`);
