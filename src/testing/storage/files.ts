import assert from "node:assert/strict";
import { ROOT } from "../../storage/path.ts";
import {
  at,
  below,
  bytesOf,
  type Cases,
  filled,
  holds,
  inGroups,
  isAbsent,
  line,
  namesIn,
  refuses,
} from "./expect.ts";

export const fileCases: Cases = {
  async "begins empty"(storage) {
    assert.deepEqual(await storage.list(ROOT), []);
    assert.equal((await storage.stat(ROOT))?.kind, "folder");
  },

  async "gives back what was written"(storage) {
    const lines = bytesOf(storage.can.binary ? "one\r\ntwo\nthree" : "one\n\n# two\n.three\n");
    await storage.write(at("lines"), lines);
    await holds(storage, "lines", lines);
    if (storage.can.binary) {
      await storage.write(at("empty"), new Uint8Array());
      await holds(storage, "empty", new Uint8Array());
    }
    await storage.write(at("long"), filled(1, 1_300_000));
    await holds(storage, "long", filled(1, 1_300_000));
    assert.equal((await storage.read(at("long"))).constructor, Uint8Array, "read gives a plain Uint8Array");
  },

  async "replaces longer with shorter, and makes missing folders"(storage) {
    const c = below(storage, "a/b/c");
    await storage.write(at(c), line("a longer text"));
    await storage.write(at(c), line("short"));
    await holds(storage, c, "short");
    assert.deepEqual(await namesIn(storage, storage.can.folders ? "a/b" : ""), ["c"]);
  },

  async "shares no memory with the caller"(storage) {
    const mine = line("mine");
    await storage.write(at("f"), mine);
    mine.fill(0);
    (await storage.read(at("f"))).fill(0);
    await holds(storage, "f", "mine");
  },

  async "stat tells kind, size and time, and null for nothing"(storage) {
    const f = below(storage, "folder/f");
    await storage.write(at(f), line("12345"));
    const file = await storage.stat(at(f));
    assert.equal(file?.kind, "file");
    assert.equal(file.size, 6);
    assert.ok(Number.isFinite(file.mtimeMs), "mtimeMs is a number");
    const folder = await storage.stat(at(storage.can.folders ? "folder" : ""));
    assert.equal(folder?.kind, "folder");
    assert.equal(folder.size, 0);
    for (const nothing of ["nothing", "folder/nothing", "no/thing", `${f}/below`]) {
      await isAbsent(storage, nothing);
    }
  },

  async "reads only files"(storage) {
    const f = below(storage, "folder/f");
    await storage.write(at(f), line("x"));
    for (const path of ["nothing", "no/thing", "folder", `${f}/below`, ""]) {
      await refuses(`read "${path}"`, "STORAGE_NOT_FOUND", () => storage.read(at(path)));
    }
  },

  async "never writes over a folder or below a file"(storage) {
    const { folders } = storage.can;
    const f = below(storage, "folder/f");
    await storage.write(at(f), line("kept"));
    for (const path of ["", `${f}/below`, `${f}/further/below`, ...(folders ? ["folder"] : [])]) {
      await refuses(`write "${path}"`, "STORAGE_EXISTS", () => storage.write(at(path), line("no")));
    }
    await holds(storage, f, "kept");
    assert.deepEqual(await namesIn(storage, ""), [folders ? "folder" : "f"]);
    if (folders) assert.deepEqual(await namesIn(storage, "folder"), ["f"]);
  },

  async "new files are private, replaced ones keep their mode"(storage) {
    await storage.write(at("private"), line("x"));
    await storage.write(at("open"), line("x"), { mode: 0o644 });
    const { mode } = (await storage.stat(at("private"))) ?? {};
    if (mode === undefined) return;
    assert.equal(mode, 0o600);
    await storage.write(at("open"), line("y"), { mode: 0o600 });
    await storage.write(at("open"), line("z"));
    assert.equal((await storage.stat(at("open")))?.mode, 0o644, "mode after replacing");
    assert.equal(
      (await storage.list(ROOT)).find(({ name }) => name === "open")?.mode,
      0o644,
      "mode in the list",
    );
  },

  async "refuses to make anew and add at once"(storage) {
    await refuses("ifAbsent and append", ["INVALID_INPUT", "STORAGE_UNSUPPORTED"], () =>
      storage.write(at("f"), line("x"), { ifAbsent: true, append: true }),
    );
    await isAbsent(storage, "f");
  },

  async "many files at once stay apart"(storage) {
    const { folders } = storage.can;
    const path = (index: number) => below(storage, `d${index % 7}/f${index}`);
    await inGroups(80, (index) => storage.write(at(path(index)), filled(index, 2_000 + index)));
    await inGroups(80, (index) => holds(storage, path(index), filled(index, 2_000 + index)));
    for (const folder of folders ? ["d0", "d1", "d2", "d3", "d4", "d5", "d6"] : [""]) {
      const names = await namesIn(storage, folder);
      assert.ok(
        names.every((name) => /^f\d+$/.test(name)),
        `"${folder}" lists ${names.join(" ")}`,
      );
    }
  },

  async "lists nothing of its own after writes, refused ones too"(storage) {
    const { folders } = storage.can;
    const f = at(below(storage, "d/f"));
    await storage.write(f, line("1"));
    await storage.write(f, line("2"));
    await storage.write(f, line("3"), { ifAbsent: true }).catch(() => undefined);
    await storage.write(f, line("4"), { append: true }).catch(() => undefined);
    if (folders) await storage.write(at("d"), line("5")).catch(() => undefined);
    await storage.write(f, line("6"), { signal: AbortSignal.abort() }).catch(() => undefined);
    assert.deepEqual(await namesIn(storage, folders ? "d" : ""), ["f"]);
    if (folders) assert.deepEqual(await namesIn(storage, ""), ["d"]);
  },
};
