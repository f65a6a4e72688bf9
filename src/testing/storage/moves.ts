import assert from "node:assert/strict";
import { ROOT } from "../../storage/path.ts";
import {
  aTurn,
  at,
  below,
  type Cases,
  filled,
  holds,
  isAbsent,
  line,
  namesIn,
  refuses,
  whichFilled,
} from "./expect.ts";

export const moveCases: Cases = {
  async "moves a file with its mode, making missing folders"(storage) {
    if (!storage.can.move) return;
    const { folders } = storage.can;
    const [f, h] = [below(storage, "d/f"), below(storage, "e/g/h")];
    await storage.write(at(f), line("moved"), { mode: 0o640 });
    const before = await storage.stat(at(f));
    await storage.move(at(f), at(h));
    await isAbsent(storage, f);
    await holds(storage, h, "moved");
    assert.equal((await storage.stat(at(h)))?.mode, before?.mode);
    if (folders) assert.deepEqual(await storage.list(at("d")), []);
    assert.deepEqual(await namesIn(storage, folders ? "e/g" : ""), ["h"]);
  },

  async "replaces a file"(storage) {
    if (!storage.can.move) return;
    await storage.write(at("f"), line("new"));
    await storage.write(at("g"), line("the old text, longer"));
    await storage.move(at("f"), at("g"));
    await isAbsent(storage, "f");
    await holds(storage, "g", "new");
  },

  async "moves a folder with everything in it"(storage) {
    if (!storage.can.move || !storage.can.folders) return;
    await storage.write(at("d/x/f"), line("x"));
    await storage.makeFolder(at("d/empty"));
    await storage.write(at("d2/f"), line("stays"));
    await storage.move(at("d"), at("p/q"));
    await isAbsent(storage, "d");
    await holds(storage, "p/q/x/f", "x");
    assert.deepEqual(await storage.list(at("p/q/empty")), []);
    assert.deepEqual(await namesIn(storage, ""), ["d2", "p"]);
  },

  async "moves an empty folder"(storage) {
    if (!storage.can.move || !storage.can.folders) return;
    await storage.makeFolder(at("d"));
    await storage.move(at("d"), at("e"));
    await isAbsent(storage, "d");
    assert.deepEqual(await storage.list(at("e")), []);
  },

  async "takes the place of no folder, and with a folder of nothing"(storage) {
    if (!storage.can.move || !storage.can.folders) return;
    await storage.write(at("f"), line("f"));
    await storage.write(at("d/in"), line("in"));
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
    if (!storage.can.move || !storage.can.folders) return;
    await storage.write(at("d/in"), line("in"));
    await refuses("into itself", "STORAGE_PATH", () => storage.move(at("d"), at("d/e")));
    await refuses("deep into itself", "STORAGE_PATH", () => storage.move(at("d"), at("d/e/f")));
    await refuses("the root", "STORAGE_PATH", () => storage.move(ROOT, at("d/root")));
    await holds(storage, "d/in", "in");
    assert.deepEqual(await namesIn(storage, "d"), ["in"]);
  },

  async "a file moved onto itself stays"(storage) {
    if (!storage.can.move) return;
    await storage.write(at("f"), line("kept"));
    await storage.move(at("f"), at("f"));
    await holds(storage, "f", "kept");
  },

  async "moves nothing where nothing is"(storage) {
    if (!storage.can.move) return;
    await storage.write(at("f"), line("kept"));
    for (const from of ["nothing", "no/thing", "f/below"]) {
      await refuses(`move "${from}"`, ["STORAGE_NOT_FOUND"], () => storage.move(at(from), at("f")));
    }
    await holds(storage, "f", "kept");
  },

  async "a file replaced by moves is always whole"(storage) {
    if (!storage.can.move) return;
    await storage.write(at("target"), filled(0, 5_000));
    let done = false;
    const reader = async () => {
      while (!done) {
        const bytes = await storage.read(at("target"));
        await aTurn();
        assert.ok(bytes.length >= 5_000 && whichFilled(bytes) !== null, "a reader saw half of a moved file");
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
