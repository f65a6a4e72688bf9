import assert from "node:assert/strict";
import { ROOT } from "../../storage/path.ts";
import { at, below, type Cases, holds, inGroups, isAbsent, line, namesIn, refuses } from "./expect.ts";

const DEEP = Array.from({ length: 60 }, (_, index) => `level-${index}`).join("/");

export const folderCases: Cases = {
  async "makes folders, with their parents, as often as asked"(storage) {
    if (!storage.can.folders) return;
    await storage.makeFolder(at("a/b/c"));
    await storage.makeFolder(at("a/b/c"));
    await storage.makeFolder(at("a"));
    await storage.makeFolder(ROOT);
    assert.deepEqual(await namesIn(storage, ""), ["a"]);
    assert.deepEqual(await namesIn(storage, "a/b"), ["c"]);
    assert.equal((await storage.stat(at("a/b/c")))?.kind, "folder");
    assert.deepEqual(await storage.list(at("a/b/c")), []);
  },

  async "makes no folder where a file stands"(storage) {
    if (!storage.can.folders) return;
    await storage.write(at("f"), line("kept"));
    await refuses("a folder on a file", "STORAGE_EXISTS", () => storage.makeFolder(at("f")));
    await refuses("a folder below a file", "STORAGE_EXISTS", () => storage.makeFolder(at("f/g/h")));
    await holds(storage, "f", "kept");
  },

  async "ten make the same folders at once"(storage) {
    if (!storage.can.folders) return;
    await Promise.all(Array.from({ length: 10 }, () => storage.makeFolder(at("x/y/z"))));
    assert.deepEqual(await namesIn(storage, "x/y"), ["z"]);
  },

  async "lists direct children with kind and size"(storage) {
    if (!storage.can.folders) return;
    await storage.write(at("d/file"), line("1234"));
    await storage.makeFolder(at("d/empty"));
    await storage.write(at("d/full/deeper/f"), line("x"));
    await storage.write(at("dd/other"), line("x"));
    const entries = (await storage.list(at("d"))).map(({ name, kind, size }) => [name, kind, size]);
    assert.deepEqual(
      entries.sort(([one], [two]) => (String(one) < String(two) ? -1 : 1)),
      [
        ["empty", "folder", 0],
        ["file", "file", 5],
        ["full", "folder", 0],
      ],
    );
    const listed = (await storage.list(at("d"))).find(({ name }) => name === "file");
    assert.equal(listed?.mtimeMs, (await storage.stat(at("d/file")))?.mtimeMs, "list and stat tell one time");
  },

  async "lists only folders"(storage) {
    await storage.write(at("f"), line("x"));
    for (const path of ["nothing", "no/thing", "f", "f/below"]) {
      await refuses(`list "${path}"`, "STORAGE_NOT_FOUND", () => storage.list(at(path)));
    }
  },

  async "lists 2,000 children, each once"(storage) {
    const { folders } = storage.can;
    await inGroups(2_000, (index) =>
      index % 4 === 0 || !folders
        ? storage.write(at(below(storage, `many/n${index}`)), line(`${index}`))
        : storage.makeFolder(at(`many/n${index}`)),
    );
    const expected = Array.from({ length: 2_000 }, (_, index) => `n${index}`).sort();
    assert.deepEqual(await namesIn(storage, folders ? "many" : ""), expected);
  },

  async "goes deep"(storage) {
    if (!storage.can.folders) return;
    await storage.write(at(`${DEEP}/f`), line("deep"));
    await holds(storage, `${DEEP}/f`, "deep");
    if (storage.can.move) {
      await storage.move(at("level-0"), at("other"));
      await holds(storage, `other/${DEEP.slice("level-0/".length)}/f`, "deep");
    }
    await storage.remove(at(storage.can.move ? "other" : "level-0"));
    assert.deepEqual(await storage.list(ROOT), []);
  },

  async "removes a file and nothing else"(storage) {
    const { folders } = storage.can;
    const [folder, a, ab] = [folders ? "d" : "", below(storage, "d/a"), below(storage, "d/ab")];
    await storage.write(at(a), line("a"));
    await storage.write(at(ab), line("ab"));
    await storage.remove(at(a));
    await isAbsent(storage, a);
    assert.deepEqual(await namesIn(storage, folder), ["ab"]);
    await storage.remove(at(ab));
    assert.equal(
      (await storage.stat(at(folder)))?.kind,
      "folder",
      "the folder stays when its last file goes",
    );
  },

  async "removes a folder with everything in it"(storage) {
    if (!storage.can.folders) return;
    await storage.write(at("d/x/f"), line("x"));
    await storage.makeFolder(at("d/empty/emptier"));
    await storage.write(at("d2/f"), line("stays"));
    await storage.remove(at("d"));
    await isAbsent(storage, "d");
    await isAbsent(storage, "d/x/f");
    assert.deepEqual(await namesIn(storage, ""), ["d2"]);
    await storage.write(at("d"), line("a file now"));
    await holds(storage, "d", "a file now");
  },

  async "removes what is empty"(storage) {
    if (!storage.can.folders) return;
    await storage.makeFolder(at("d/empty"));
    await storage.remove(at("d/empty"));
    assert.deepEqual(await storage.list(at("d")), []);
  },

  async "removes neither what is not there nor the root"(storage) {
    await storage.write(at("f"), line("kept"));
    for (const path of ["nothing", "no/thing", "f/below"]) {
      await refuses(`remove "${path}"`, "STORAGE_NOT_FOUND", () => storage.remove(at(path)));
    }
    await refuses("remove the root", "STORAGE_DENIED", () => storage.remove(ROOT));
    await holds(storage, "f", "kept");
  },
};
