#!/usr/bin/env node
import { loadProgram } from "./load-program.ts";
import { stayPlace } from "./stay-place.ts";

void start();

/** What web servers start: asks the process that stayed from an earlier request, and else is the program itself. */
async function start(): Promise<void> {
  const place = stayPlace(process.env, process.argv[1] ?? "", __dirname);
  const asked = place && (await (await import("./stay-ask.ts")).askStayed(place, process.env));
  if (typeof asked === "number") return process.exit(asked);
  process.exitCode = await loadProgram(__dirname, require).main();
  if (place && asked === "nobody") (await import("./stay-leave.ts")).leaveProcess(place);
}
