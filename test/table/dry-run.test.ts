import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { isAppError } from "../../src/errors/error.ts";
import { invokeAny } from "../../src/kernel/invoke.ts";
import { changesNothing, rehearseAny } from "../../src/kernel/rehearse.ts";
import { problemsOf } from "../../src/kernel/schema.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { memory } from "../../src/storage/memory.ts";
import { ROOT, type StoragePath, storagePath } from "../../src/storage/path.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { openTabBackend } from "../../src/tab/backend.ts";
import type { Backend } from "../../src/xmail/backend.ts";
import type { ChangeSet } from "../../src/xmail/change-set.ts";
import { callOn } from "./call.ts";
import { inputFor } from "./inputs.ts";

const RUNS = 25;
const WRITES = ALL_OPERATIONS.filter(({ effect, changesNothing }) => effect !== "read" && !changesNothing);

/** Every byte of a storage by its path; locks come and go. */
async function everything(storage: Storage, folder: StoragePath = ROOT): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { name, kind } of await storage.list(folder)) {
    const path = storagePath(folder === ROOT ? name : `${folder}/${name}`);
    if (path.startsWith(".xmailcfg") && /lock/.test(path)) continue;
    if (kind === "folder") Object.assign(found, { [`${path}/`]: "" }, await everything(storage, path));
    else found[path] = Buffer.from(await storage.read(path)).toString("latin1");
  }
  return found;
}

async function copyOf(files: Readonly<Record<string, string>>): Promise<Storage> {
  const storage = memory();
  for (const [path, text] of Object.entries(files)) {
    if (path.endsWith("/")) await storage.makeFolder(storagePath(path.slice(0, -1)));
    else await storage.write(storagePath(path), Buffer.from(text, "latin1"));
  }
  return storage;
}

let world: Record<string, string>;

beforeAll(async () => {
  const storage = memory();
  await writeMailRoot(storage, { domain: "example.com" });
  const xmail = await openTabBackend({ storage });
  const run = async (name: string, input: unknown) => {
    const operation = ALL_OPERATIONS.find((one) => one.name === name);
    if (operation) await invokeAny(operation, callOn(xmail), input);
  };
  await run("domain.add", { domain: "example.org" });
  for (const domain of ["example.com", "example.org"]) {
    for (const name of ["hana", "ken"]) await run("account.add", { domain, name, password: "Long-enough-1" });
  }
  await run("alias.add", { domain: "example.com", alias: "sales", target: "hana" });
  world = await everything(storage);
});

/** Paths that differ between two states of the files, folders and what xmailcfg keeps for itself left out. */
function differing(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((path) => a[path] !== b[path] && !path.endsWith("/") && !path.startsWith(".xmailcfg"))
    .sort();
}

function filesOf({ files }: ChangeSet): string[] {
  return files.filter(({ kind }) => kind === "file").map(({ path }) => path);
}

async function attempt<T>(work: () => Promise<T>): Promise<{ answer?: T; code?: string }> {
  try {
    return { answer: await work() };
  } catch (error) {
    if (!isAppError(error) || error.code === "INTERNAL") throw error;
    return { code: error.code };
  }
}

describe("a dry run", () => {
  test.each(WRITES.map((operation) => [operation.name, operation] as const))(
    "of %s changes nothing, and what is then done is what it said",
    async (_, operation) => {
      await fc.assert(
        fc.asyncProperty(inputFor(operation), async (input) => {
          fc.pre(problemsOf(operation.input, input).length === 0);
          const storage = await copyOf(world);
          const xmail: Backend = await openTabBackend({ storage });
          const before = await everything(storage);
          const dry = await attempt(() => rehearseAny(operation, callOn(xmail), input));
          expect(await everything(storage)).toEqual(before);

          const done = await attempt(() => invokeAny(operation, callOn(xmail), input));
          expect(done.code).toBe(dry.code);
          if (!dry.answer) {
            expect(differing(before, await everything(storage))).toEqual([]);
            return;
          }
          expect(done.answer).toEqual(dry.answer.result);
          const differs = differing(before, await everything(storage));
          const said = filesOf(dry.answer.changes);
          // What stood in a folder that goes is told as the folder.
          const inFolders = (path: string) =>
            dry.answer?.changes.files.some(
              ({ kind, path: at }) => kind !== "file" && path.startsWith(`${at}/`),
            );
          expect(differs.filter((path) => !inFolders(path) && !path.startsWith("tabindex/"))).toEqual(
            said.filter((path) => !inFolders(path) && !path.startsWith("tabindex/")).sort(),
          );
          if (changesNothing(dry.answer.changes)) expect(differs).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
  );

  test("says something of every kind: this would prove nothing if all were refused", async () => {
    const storage = await copyOf(world);
    const xmail = await openTabBackend({ storage });
    const operation = ALL_OPERATIONS.find(({ name }) => name === "account.remove");
    const dry =
      operation && (await rehearseAny(operation, callOn(xmail), { domain: "example.com", name: "hana" }));
    expect(dry?.changes.files.map(({ kind }) => kind)).toContain("folderRemoved");
    expect(dry?.changes.files.map(({ path }) => path)).toContain("mailusers.tab");
  });
});
