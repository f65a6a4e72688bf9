import { isAppError } from "../../../src/errors/error.ts";
import { type Actor, PROGRAM } from "../../../src/kernel/actor.ts";
import type { Call } from "../../../src/kernel/context.ts";
import { invokeAny } from "../../../src/kernel/invoke.ts";
import { rehearseAny } from "../../../src/kernel/rehearse.ts";
import { actorOf } from "../../../src/operations/roles.ts";
import { ALL_OPERATIONS } from "../../../src/operations/table.ts";
import { postOver } from "../../../src/post/post.ts";
import { openState, type State } from "../../../src/state/state.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import { callOn } from "../../table/call.ts";
import { contentsOf, rootOver, type TestRoot, testRoot } from "../tab/mail-root.ts";

export const PASSWORD = "Quiet-river-1977";

/** XMail with some domains, accounts and lists, and people with a master. */
export interface PeopleWorld {
  readonly root: TestRoot;
  readonly state: State;
  readonly place: Storage;
  actor(name: string): Promise<Actor>;
  /** Answers as the operation does; `who` is a person's name, absent for the program itself. */
  ask(name: string, input: object, who?: string): Promise<Record<string, unknown>>;
  /** `done`, or the code with field and rule. */
  told(name: string, input: object, who?: string): Promise<string>;
  dryRun(name: string, input: object, who?: string): Promise<unknown>;
  /** All files of XMail and of people. */
  everything(): Promise<object>;
}

export async function peopleWorld(): Promise<PeopleWorld> {
  kept ??= firstWorld();
  const { root, people } = await kept;
  return worldOver(await copyOf(root), await copyOf(people));
}

/** Made once: hashing passwords takes its time. */
let kept: ReturnType<typeof firstWorld> | undefined;

type Files = Readonly<Record<string, string>>;

async function firstWorld(): Promise<{ readonly root: Files; readonly people: Files }> {
  const { storage } = await testRoot({}, { domain: "example.com" });
  const place = memory();
  const { ask } = await worldOver(storage, place);
  await ask("administrator.add", { name: "master", password: PASSWORD });
  for (const domain of ["example.org", "other.test"]) await ask("domain.add", { domain });
  for (const domain of ["example.com", "example.org", "other.test"]) {
    await ask("account.add", { domain, name: "hana", password: "Long-enough-1" });
    await ask("account.add", { domain, name: "news", password: "Long-enough-1", kind: "list" });
  }
  return { root: await contentsOf(storage), people: await contentsOf(place) };
}

async function copyOf(files: Files): Promise<Storage> {
  const storage = memory();
  for (const [path, text] of Object.entries(files)) {
    if (path.endsWith("/")) await storage.makeFolder(storagePath(path.slice(0, -1)));
    else await storage.write(storagePath(path), Buffer.from(text, "latin1"));
  }
  return storage;
}

async function worldOver(storage: Storage, place: Storage): Promise<PeopleWorld> {
  const backend = { ...(await openTabBackend({ storage })), post: postOver(async () => storage) };
  const root = { ...rootOver(storage), storage, backend };
  const state = await openState(place);
  const { people } = state;
  const actor = async (name: string) => {
    const person = await people.named(name);
    if (!person) throw new Error(`nobody is ${name}`);
    return actorOf(person, await people.list(), ALL_OPERATIONS);
  };
  const callOf = async (who?: string): Promise<Call> => ({
    ...callOn(root.backend, who === undefined ? PROGRAM : await actor(who)),
    people,
    history: state.history,
    groups: state.groups,
    operations: ALL_OPERATIONS,
  });
  const operationOf = (name: string) => {
    const found = ALL_OPERATIONS.find((one) => one.name === name);
    if (!found) throw new Error(`no operation ${name}`);
    return found;
  };
  const ask = async (name: string, input: object, who?: string) =>
    (await invokeAny(operationOf(name), await callOf(who), input)) as Record<string, unknown>;
  return {
    root,
    state,
    place,
    actor,
    ask,
    async told(name, input, who) {
      try {
        await ask(name, input, who);
        return "done";
      } catch (error) {
        if (!isAppError(error) || error.code === "INTERNAL") throw error;
        const [{ field = "", rule = "" } = {}] = error.fields;
        return `${error.code} ${field} ${rule}`.trim();
      }
    },
    dryRun: async (name, input, who) =>
      (await rehearseAny(operationOf(name), await callOf(who), input))?.result,
    everything: async () => ({ ...(await contentsOf(root.storage)), people: await contentsOf(place) }),
  };
}
