import { startSimulator } from "../../src/simulator/simulator.ts";
import { local } from "../../src/storage/local.ts";

/** A simulator that is about to be killed. */
const simulator = await startSimulator({ storage: local(process.argv[2] ?? "") });
process.stdout.write(`port ${simulator.port}\n`);
