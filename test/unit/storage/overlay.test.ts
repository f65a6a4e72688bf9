import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasCode, isAppError } from "../../../src/errors/error.ts";
import { memory } from "../../../src/storage/memory.ts";
import { overlay, type Step } from "../../../src/storage/overlay.ts";
import { ROOT, storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { everythingIn } from "../../conformance/tried-changes.ts";

const at = (path: string) => storagePath(path);
const bytes = (text: string) => Buffer.from(text);

async function filled(): Promise<Storage> {
  const storage = memory();
  await storage.write(at("a"), bytes("a"));
  await storage.write(at("d/b"), bytes("b"));
  await storage.write(at("d/e/c"), bytes("c"));
  await storage.makeFolder(at("f/g"));
  return storage;
}

async function take(storage: Storage, step: Step): Promise<void> {
  if (step.kind === "write") await storage.write(step.path, step.bytes);
  else if (step.kind === "makeFolder") await storage.makeFolder(step.path);
  else if (step.kind === "remove") await storage.remove(step.path);
  else await storage.move(step.from, step.to);
}

const path = fc.constantFrom("a", "d", "d/b", "d/e", "d/e/c", "f", "f/g", "f/g/h", "n", "n/m", "n/m/o");
type Deed =
  | { readonly kind: "write"; readonly path: string; readonly text: string }
  | { readonly kind: "remove" | "makeFolder"; readonly path: string }
  | { readonly kind: "move"; readonly path: string; readonly to: string };
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant("write" as const), path, text: fc.string({ maxLength: 3 }) }),
  fc.record({ kind: fc.constantFrom("remove" as const, "makeFolder" as const), path }),
  fc.record({ kind: fc.constant("move" as const), path, to: path }),
);

async function act(storage: Storage, deeds: readonly Deed[]): Promise<string[]> {
  const outcomes: string[] = [];
  for (const one of deeds) {
    try {
      if (one.kind === "write") await storage.write(at(one.path), bytes(one.text));
      else if (one.kind === "move") await storage.move(at(one.path), at(one.to));
      else await storage[one.kind](at(one.path));
      outcomes.push("done");
    } catch (error) {
      if (!isAppError(error)) throw error;
      outcomes.push(error.code);
    }
  }
  return outcomes;
}

describe("an overlay", () => {
  test("shows and refuses what the storage itself would, changes nothing, and its steps lead there", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 14 }), async (deeds) => {
        const [real, below] = [await filled(), await filled()];
        const over = overlay(below);
        expect(await act(over, deeds)).toEqual(await act(real, deeds));
        const wanted = await everythingIn(real);
        expect(await everythingIn(over)).toEqual(wanted);
        expect(await everythingIn(below)).toEqual(await everythingIn(await filled()));
        for (const step of over.steps()) await take(below, step);
        expect(await everythingIn(below)).toEqual(wanted);
      }),
      { numRuns: 1_500 },
    );
  });

  test("keeps of a file written 1,000 times one step", async () => {
    const over = overlay(await filled());
    for (let n = 0; n < 1_000; n += 1) await over.write(at("a"), bytes(`${n}`));
    expect(over.steps()).toMatchObject([{ kind: "write", path: "a" }]);
  });

  test("has no steps when all was undone again", async () => {
    const over = overlay(await filled());
    await over.write(at("n/m/o"), bytes("o"));
    await over.remove(at("n"));
    expect(over.steps()).toEqual([]);
  });

  const changes: readonly [string, (storage: Storage) => Promise<void>][] = [
    ["a file that was read has other bytes", (storage) => storage.write(at("a"), bytes("A"))],
    ["a file that was read is gone", (storage) => storage.remove(at("a"))],
    ["a file that was missing is there", (storage) => storage.write(at("none"), bytes("x"))],
    ["a folder that was listed has another file", (storage) => storage.write(at("d/new"), bytes("x"))],
  ];
  test.each(changes)("notices that %s", async (_, change) => {
    const below = await filled();
    const over = overlay(below);
    await over.read(at("a"));
    await over.stat(at("none"));
    await over.list(at("d"));
    await over.check();
    await change(below);
    const error = await over.check().catch((error: unknown) => error);
    expect(hasCode(error, "FILE_CHANGED")).toBe(true);
  });

  test("does not mind what it has not read", async () => {
    const below = await filled();
    const over = overlay(below);
    await over.list(ROOT);
    await over.read(at("a"));
    await below.write(at("d/b"), bytes("other"));
    await over.check();
  });
});
