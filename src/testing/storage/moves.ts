import assert from "node:assert/strict";
import { ROOT } from "../../storage/path.ts";
import { aTurn, at, bytesOf, type Cases, filled, holds, isAbsent, namesIn, refuses } from "./expect.ts";

export const moveCases: Cases = {
  async "moves a file with its mode, making missing folders"(storage) {
    await storage.write(at("d/f"), bytesOf("moved"), { mode: 0o640 });
    const before = await storage.stat(at("d/f"));
    await storage.move(at("d/f"), at("e/g/h"));
    await isAbsent(storage, "d/f");
    await holds(storage, "e/g/h", "moved");
    assert.equal((await storage.stat(at("e/g/h")))?.mode, before?.mode);
    assert.deepEqual(await storage.list(at("d")), []);
    assert.deepEqual(await namesIn(storage, "e/g"), ["h"]);
  },

  async "replaces a file"(storage) {
    await storage.write(at("f"), bytesOf("new"));
    await storage.write(at("g"), bytesOf("the old text, longer"));
    await storage.move(at("f"), at("g"));
    await isAbsent(storage, "f");
    await holds(storage, "g", "new");
  },

  async "moves a folder with everything in it"(storage) {
    await storage.write(at("d/x/f"), bytesOf("x"));
    await storage.makeFolder(at("d/empty"));
    await storage.write(at("d2/f"), bytesOf("stays"));
    await storage.move(at("d"), at("p/q"));
    await isAbsent(storage, "d");
    await holds(storage, "p/q/x/f", "x");
    assert.deepEqual(await storage.list(at("p/q/empty")), []);
    assert.deepEqual(await namesIn(storage, ""), ["d2", "p"]);
  },

  async "moves an empty folder"(storage) {
    await storage.makeFolder(at("d"));
    await storage.move(at("d"), at("e"));
    await isAbsent(storage, "d");
    assert.deepEqual(await storage.list(at("e")), []);
  },

  async "takes the place of no folder, and with a folder of nothing"(storage) {
    await storage.write(at("f"), bytesOf("f"));
    await storage.write(at("d/in"), bytesOf("in"));
    await storage.makeFolder(at("empty"));
    const cases = [
      ["f", "d"],
      ["f", "empty"],
      ["d", "empty"],
      ["d", "f"],
      ["empty", "f"],
      ["f", ""],
      ["d", ""],
    ] as const;
    for (const [from, to] of cases) {
      await refuses(`move ${from} to "${to}"`, "STORAGE_EXISTS", () => storage.move(at(from), at(to)));
    }
    await holds(storage, "f", "f");
    await holds(storage, "d/in", "in");
    assert.deepEqual(await storage.list(at("empty")), []);
  },

  async "moves no folder into itself"(storage) {
    await storage.write(at("d/in"), bytesOf("in"));
    await refuses("into itself", "STORAGE_PATH", () => storage.move(at("d"), at("d/e")));
    await refuses("deep into itself", "STORAGE_PATH", () => storage.move(at("d"), at("d/e/f")));
    await refuses("the root", "STORAGE_PATH", () => storage.move(ROOT, at("d/root")));
    await holds(storage, "d/in", "in");
    assert.deepEqual(await namesIn(storage, "d"), ["in"]);
  },

  async "a file moved onto itself stays"(storage) {
    await storage.write(at("f"), bytesOf("kept"));
    await storage.move(at("f"), at("f"));
    await holds(storage, "f", "kept");
  },

  async "moves nothing where nothing is"(storage) {
    await storage.write(at("f"), bytesOf("kept"));
    for (const from of ["nothing", "no/thing", "f/below"]) {
      await refuses(`move "${from}"`, ["STORAGE_NOT_FOUND"], () => storage.move(at(from), at("f")));
    }
    await holds(storage, "f", "kept");
  },

  async "a file replaced by moves is always whole"(storage) {
    await storage.write(at("target"), filled(0, 5_000));
    let done = false;
    const reader = async () => {
      while (!done) {
        const bytes = await storage.read(at("target"));
        await aTurn();
        assert.ok(bytes.length >= 5_000 && new Set(bytes).size === 1, "a reader saw half of a moved file");
      }
    };
    const mover = async () => {
      for (let index = 1; index <= 60; index += 1) {
        await storage.write(at("next"), filled(index, 5_000 + index));
        await storage.move(at("next"), at("target"));
        await aTurn();
      }
    };
    await Promise.all([reader(), mover().finally(() => (done = true))]);
    await holds(storage, "target", filled(60, 5_060));
  },
};
