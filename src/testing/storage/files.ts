import assert from "node:assert/strict";
import { ROOT } from "../../storage/path.ts";
import { at, bytesOf, type Cases, filled, holds, inGroups, isAbsent, namesIn, refuses } from "./expect.ts";

const A_WHILE_BACK_MS = 10 * 365 * 24 * 3600 * 1000;

export const fileCases: Cases = {
  async "begins empty"(storage) {
    assert.deepEqual(await storage.list(ROOT), []);
    assert.equal((await storage.stat(ROOT))?.kind, "folder");
  },

  async "gives back what was written"(storage) {
    await storage.write(at("empty"), new Uint8Array());
    await holds(storage, "empty", "");
    await storage.write(at("lines"), bytesOf("one\r\ntwo\nthree"));
    await holds(storage, "lines", "one\r\ntwo\nthree");
    await storage.write(at("long"), filled(1, 1_300_000));
    await holds(storage, "long", filled(1, 1_300_000));
    assert.equal((await storage.read(at("long"))).constructor, Uint8Array, "read gives a plain Uint8Array");
  },

  async "replaces longer with shorter, and makes missing folders"(storage) {
    await storage.write(at("a/b/c"), bytesOf("a longer text"));
    await storage.write(at("a/b/c"), bytesOf("short"));
    await holds(storage, "a/b/c", "short");
    assert.deepEqual(await namesIn(storage, "a/b"), ["c"]);
  },

  async "shares no memory with the caller"(storage) {
    const mine = bytesOf("mine");
    await storage.write(at("f"), mine);
    mine.fill(0);
    (await storage.read(at("f"))).fill(0);
    await holds(storage, "f", "mine");
  },

  async "stat tells kind, size and time, and null for nothing"(storage) {
    await storage.write(at("folder/f"), bytesOf("12345"));
    const file = await storage.stat(at("folder/f"));
    assert.equal(file?.kind, "file");
    assert.equal(file.size, 5);
    assert.ok(Number.isFinite(file.mtimeMs), "mtimeMs is a number");
    const folder = await storage.stat(at("folder"));
    assert.equal(folder?.kind, "folder");
    assert.equal(folder.size, 0);
    for (const nothing of ["nothing", "folder/nothing", "no/thing", "folder/f/below"]) {
      await isAbsent(storage, nothing);
    }
  },

  async "times go on"(storage) {
    await storage.write(at("f"), bytesOf("1"));
    const before = await storage.stat(at("f"));
    await storage.write(at("f"), bytesOf("2"));
    const after = await storage.stat(at("f"));
    assert.ok(before && after && after.mtimeMs >= before.mtimeMs, "a later write has no earlier time");
    assert.ok(after.mtimeMs > Date.now() - A_WHILE_BACK_MS, "times are milliseconds");
  },

  async "reads only files"(storage) {
    await storage.write(at("folder/f"), bytesOf("x"));
    for (const path of ["nothing", "no/thing", "folder", "folder/f/below", ""]) {
      await refuses(`read "${path}"`, "STORAGE_NOT_FOUND", () => storage.read(at(path)));
    }
  },

  async "never writes over a folder or below a file"(storage) {
    await storage.write(at("folder/f"), bytesOf("kept"));
    for (const path of ["folder", "", "folder/f/below", "folder/f/further/below"]) {
      await refuses(`write "${path}"`, "STORAGE_EXISTS", () => storage.write(at(path), bytesOf("no")));
    }
    await holds(storage, "folder/f", "kept");
    assert.deepEqual(await namesIn(storage, ""), ["folder"]);
    assert.deepEqual(await namesIn(storage, "folder"), ["f"]);
  },

  async "new files are private, replaced ones keep their mode"(storage) {
    await storage.write(at("private"), bytesOf("x"));
    await storage.write(at("open"), bytesOf("x"), { mode: 0o644 });
    const { mode } = (await storage.stat(at("private"))) ?? {};
    if (mode === undefined) return;
    assert.equal(mode, 0o600);
    await storage.write(at("open"), bytesOf("y"), { mode: 0o600 });
    await storage.write(at("open"), bytesOf("z"));
    assert.equal((await storage.stat(at("open")))?.mode, 0o644, "mode after replacing");
    assert.equal(
      (await storage.list(ROOT)).find(({ name }) => name === "open")?.mode,
      0o644,
      "mode in the list",
    );
  },

  async "refuses to make anew and add at once"(storage) {
    await refuses("ifAbsent and append", ["INVALID_INPUT", "STORAGE_UNSUPPORTED"], () =>
      storage.write(at("f"), bytesOf("x"), { ifAbsent: true, append: true }),
    );
    await isAbsent(storage, "f");
  },

  async "many files at once stay apart"(storage) {
    await inGroups(80, (index) => storage.write(at(`d${index % 7}/f${index}`), filled(index, 2_000 + index)));
    await inGroups(80, (index) => holds(storage, `d${index % 7}/f${index}`, filled(index, 2_000 + index)));
    for (let folder = 0; folder < 7; folder += 1) {
      const names = await namesIn(storage, `d${folder}`);
      assert.ok(
        names.every((name) => /^f\d+$/.test(name)),
        `d${folder} lists ${names.join(" ")}`,
      );
    }
  },

  async "lists nothing of its own after writes, refused ones too"(storage) {
    await storage.write(at("d/f"), bytesOf("1"));
    await storage.write(at("d/f"), bytesOf("2"));
    await storage.write(at("d/f"), bytesOf("3"), { ifAbsent: true }).catch(() => undefined);
    await storage.write(at("d/f"), bytesOf("4"), { append: true }).catch(() => undefined);
    await storage.write(at("d"), bytesOf("5")).catch(() => undefined);
    await storage.write(at("d/f"), bytesOf("6"), { signal: AbortSignal.abort() }).catch(() => undefined);
    assert.deepEqual(await namesIn(storage, "d"), ["f"]);
    assert.deepEqual(await namesIn(storage, ""), ["d"]);
  },
};
