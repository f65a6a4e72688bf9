import assert from "node:assert/strict";
import { hasCode } from "../../errors/error.ts";
import type { Storage } from "../../storage/storage.ts";
import { at, below, type Cases, holds, isAbsent, line, namesIn } from "./expect.ts";

/** Every storage takes these; one that is not `binary` may refuse some. */
const PLAIN = [
  "with blank inside",
  ".hidden",
  "..two-dots-first",
  "-rf",
  "--help",
  "~",
  "~root",
  "$HOME",
  "%2e%2e",
  "%00",
  "a&b",
  "a;b",
  "#comment",
  "quote's",
  "(brackets)[and]{braces}",
  "100%",
  "a=b,c",
  "user@example.com",
  "café",
  "日本語",
  "📬",
  "__proto__",
  "constructor",
  "toString",
  "0",
  "x".repeat(255),
];
/** A storage on Windows may refuse these; nobody may change them into something else. */
const ODD = [
  "1700000000.M1P2.host:2,S",
  "ab:c",
  "a*b",
  "what?",
  "<tag>",
  "a|b",
  'say "hi"',
  "\u{feff}mark",
  "\u{202e}gnp",
];

export const nameCases: Cases = {
  async "names mean themselves and nothing else"(storage) {
    const { folders, binary } = storage.can;
    const path = (name: string) => below(storage, `d/${name}`);
    const taken: string[] = [];
    for (const [index, name] of PLAIN.entries()) {
      if (await takes(storage, path(name), `${index}`)) taken.push(name);
    }
    if (binary) assert.deepEqual(taken, PLAIN);
    assert.ok(taken.includes(".hidden") && taken.includes("0"), "the plainest names are taken");
    for (const name of taken) await holds(storage, path(name), `${PLAIN.indexOf(name)}`);
    assert.deepEqual(await namesIn(storage, folders ? "d" : ""), [...taken].sort());
    if (folders) assert.deepEqual(await namesIn(storage, ""), ["d"]);
    for (const name of taken) await storage.remove(at(path(name)));
    assert.deepEqual(await storage.list(at(folders ? "d" : "")), []);
  },

  async "odd names are kept as they are or refused"(storage) {
    const { folders } = storage.can;
    const path = (name: string) => below(storage, `d/${name}`);
    const taken: string[] = [];
    for (const name of ODD) if (await takes(storage, path(name), `${name.length}`)) taken.push(name);
    for (const name of taken) await holds(storage, path(name), `${name.length}`);
    if (folders) await storage.makeFolder(at("d"));
    assert.deepEqual(await namesIn(storage, folders ? "d" : ""), taken.sort());
  },

  async "no name of JavaScript's objects is there of itself"(storage) {
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"])
      await isAbsent(storage, name);
  },

  async "a listed name can be opened"(storage) {
    // Two ways to write é: some storages make them one, but what they list they must find.
    const path = (name: string) => below(storage, `d/${name}`);
    await storage.write(at(path("plain")), line("plain"));
    await takes(storage, path("e\u0301"), "apart");
    const taken = await takes(storage, path("\u00e9"), "in one");
    for (const name of await namesIn(storage, storage.can.folders ? "d" : "")) {
      assert.equal((await storage.stat(at(path(name))))?.kind, "file");
    }
    if (taken) await holds(storage, path("\u00e9"), "in one");
  },
};

async function takes(storage: Storage, path: string, text: string): Promise<boolean> {
  try {
    await storage.write(at(path), line(text));
    return true;
  } catch (error) {
    if (!hasCode(error, "STORAGE_PATH", "STORAGE_UNSUPPORTED")) throw error;
    return false;
  }
}
