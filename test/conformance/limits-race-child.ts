import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isAppError } from "../../src/errors/error.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import { SILENT } from "../../src/kernel/context.ts";
import { invokeAny } from "../../src/kernel/invoke.ts";
import { actorOf } from "../../src/operations/roles.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { openSite } from "../../src/site.ts";
import { inputOf, KINDS } from "./limits-race.ts";

/** A process in which a delegated administrator makes several things of a kind at once, as soon as the file `go-…` is there. */
const [folder = "", first = "0", count = "0"] = process.argv.slice(2);
const site = await openSite(readFileSync(join(folder, "config.json"), "utf8"), {
  env: {},
  readFile: async (path) => readFileSync(path, "utf8"),
});
const { state } = site;
if (!state) throw new Error("no state");
const { people } = state;

async function sato(): Promise<Actor> {
  const person = await people.named("sato");
  if (!person) throw new Error("nobody is sato");
  return actorOf(person, await people.list(), ALL_OPERATIONS);
}

async function make(actor: Actor, kind: (typeof KINDS)[number], number: number): Promise<string> {
  const [name, input] = inputOf(kind, number);
  const operation = ALL_OPERATIONS.find((one) => one.name === name);
  if (!operation) throw new Error(`no operation ${name}`);
  const call = {
    actor,
    xmail: site.xmail.backend,
    people,
    audit: { record: async () => undefined },
    log: SILENT,
    requestId: `race-${number}`,
    signal: new AbortController().signal,
    now: () => new Date(),
    progress: () => undefined,
  };
  try {
    await invokeAny(operation, call, input);
    return "done";
  } catch (error) {
    return isAppError(error) ? error.code : String(error);
  }
}

process.stdout.write("ready\n");
for (const kind of KINDS) {
  while (!existsSync(join(folder, `go-${kind}`))) await pause(5);
  const actor = await sato();
  const numbers = Array.from({ length: Number(count) }, (_, at) => Number(first) + at);
  const told = await Promise.all(numbers.map((number) => make(actor, kind, number)));
  process.stdout.write(`told-${kind} ${told.join(" ")}\n`);
}
await site.close();
