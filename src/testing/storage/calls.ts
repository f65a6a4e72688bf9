import assert from "node:assert/strict";
import type { ErrorCode } from "../../errors/codes.ts";
import { hasCode } from "../../errors/error.ts";
import { ROOT } from "../../storage/path.ts";
import type { Scanned, Storage } from "../../storage/storage.ts";
import {
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

export const callCases: Cases = {
  async "abort: a call that was given up before does nothing"(storage) {
    const signal = AbortSignal.abort(new Error("given up"));
    await storage.write(at("f"), line("kept"));
    const calls = {
      stat: () => storage.stat(at("f"), { signal }),
      read: () => storage.read(at("f"), { signal }),
      list: () => storage.list(ROOT, { signal }),
      write: () => storage.write(at("f"), line("no"), { signal }),
      "write new": () => storage.write(at("g"), line("no"), { signal }),
      move: () => storage.move(at("f"), at("g"), { signal }),
      remove: () => storage.remove(at("f"), { signal }),
      makeFolder: () => storage.makeFolder(at("g"), { signal }),
    };
    const { folders, move } = storage.can;
    const codes = (verb: string): readonly ErrorCode[] =>
      (verb === "move" && !move) || (verb === "makeFolder" && !folders)
        ? ["ABORTED", "STORAGE_UNSUPPORTED"]
        : ["ABORTED"];
    for (const [verb, call] of Object.entries(calls)) await refuses(verb, codes(verb), call);
    await holds(storage, "f", "kept");
    await isAbsent(storage, "g");
    assert.deepEqual(await namesIn(storage, ""), ["f"]);
  },

  async "abort: a write given up on the way leaves the old file or the new one"(storage) {
    const sizes = [200_000, 300_000];
    await storage.write(at("f"), filled(0, 200_000));
    for (let round = 0; round < 12; round += 1) {
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), round / 2);
      await storage
        .write(at("f"), filled(round, sizes[round % 2] ?? 0), { signal: stop.signal })
        .catch((error: unknown) => {
          if (!hasCode(error, "ABORTED")) throw error;
        })
        .finally(() => clearTimeout(timer));
      const bytes = await storage.read(at("f"));
      if (storage.can.atomicReplace)
        assert.ok(sizes.includes(bytes.length) && whichFilled(bytes) !== null, "half of a file");
      assert.deepEqual(await namesIn(storage, ""), ["f"]);
    }
  },

  async "scan: gives all files below folders with their beginnings"(storage) {
    if (!storage.scan || !storage.can.folders) return;
    await storage.makeFolder(at("spool/empty/emptier"));
    for (let index = 0; index < 30; index += 1) {
      await storage.write(at(`spool/${index % 3}/${index % 2}/m${index}`), line(`message ${index}`));
    }
    await storage.write(at("beside/f"), line("not asked for"));
    await storage.write(at("top"), line("also not"));
    const found = await scanned(storage, ["spool", "missing", "top"], 9);
    assert.equal(found.length, 30);
    for (const { path, kind, size, mtimeMs, head } of found) {
      const index = Number(/m(\d+)$/.exec(path)?.[1]);
      assert.equal(path, `spool/${index % 3}/${index % 2}/m${index}`);
      assert.deepEqual([kind, size], ["file", `message ${index}\n`.length]);
      assert.equal(mtimeMs, (await storage.stat(path))?.mtimeMs);
      assert.equal(Buffer.from(head).toString(), `message ${index}\n`.slice(0, 9));
    }
    assert.equal(new Set(found.map(({ path }) => path)).size, 30);
    assert.equal((await scanned(storage, [""], 0)).length, 32);
    assert.ok((await scanned(storage, [""], 0)).every(({ head }) => head.length === 0));
  },

  async "scan: stops when it is given up or enough"(storage) {
    if (!storage.scan) return;
    const folder = storage.can.folders ? "d" : "";
    for (let index = 0; index < 20; index += 1)
      await storage.write(at(below(storage, `d/${index}`)), line("x"));
    const stop = new AbortController();
    const scan = storage.scan([at(folder)], { signal: stop.signal });
    let seen = 0;
    await refuses("a scan given up", "ABORTED", async () => {
      for await (const _ of scan) {
        seen += 1;
        if (seen === 3) stop.abort();
      }
    });
    assert.ok(seen >= 3 && seen < 20, `saw ${seen} of 20 files`);
    for await (const { path } of storage.scan([at(folder)])) {
      assert.match(path, storage.can.folders ? /^d\/\d+$/ : /^\d+$/);
      break;
    }
  },
};

async function scanned(storage: Storage, folders: readonly string[], head: number): Promise<Scanned[]> {
  const all: Scanned[] = [];
  if (storage.scan) for await (const found of storage.scan(folders.map(at), { head })) all.push(found);
  return all;
}
