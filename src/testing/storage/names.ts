import assert from "node:assert/strict";
import { hasCode } from "../../errors/error.ts";
import { at, bytesOf, type Cases, holds, isAbsent, namesIn } from "./expect.ts";

/** Every storage takes these. */
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
    for (const [index, name] of PLAIN.entries()) await storage.write(at(`d/${name}`), bytesOf(`${index}`));
    for (const [index, name] of PLAIN.entries()) await holds(storage, `d/${name}`, `${index}`);
    assert.deepEqual(await namesIn(storage, "d"), [...PLAIN].sort());
    assert.deepEqual(await namesIn(storage, ""), ["d"]);
    for (const name of PLAIN) await storage.remove(at(`d/${name}`));
    assert.deepEqual(await storage.list(at("d")), []);
  },

  async "odd names are kept as they are or refused"(storage) {
    const taken: string[] = [];
    for (const name of ODD) {
      try {
        await storage.write(at(`d/${name}`), bytesOf(`${name.length}`));
        taken.push(name);
      } catch (error) {
        if (!hasCode(error, "STORAGE_PATH", "STORAGE_UNSUPPORTED")) throw error;
      }
    }
    for (const name of taken) await holds(storage, `d/${name}`, `${name.length}`);
    await storage.makeFolder(at("d"));
    assert.deepEqual(await namesIn(storage, "d"), taken.sort());
  },

  async "no name of JavaScript's objects is there of itself"(storage) {
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"])
      await isAbsent(storage, name);
  },

  async "a listed name can be opened"(storage) {
    // Two ways to write é: some storages make them one, but what they list they must find.
    await storage.write(at("d/e\u0301"), bytesOf("apart"));
    await storage.write(at("d/\u00e9"), bytesOf("in one"));
    for (const name of await namesIn(storage, "d")) {
      assert.equal((await storage.stat(at(`d/${name}`)))?.kind, "file");
    }
    await holds(storage, "d/\u00e9", "in one");
  },
};
