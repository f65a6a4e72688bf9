import { expect, test } from "vitest";
import { cacheOf, codeOf } from "../../../../adapters/node/code-cache.ts";

const source = Buffer.from("module.exports = 1;");
const code = Buffer.from("compiled code");
const cache = cacheOf(source, code);

test("the code comes back for the very source", () => {
  expect(codeOf(source, cache)?.equals(code)).toBe(true);
  expect(codeOf(source, null)).toBeNull();
});

test("another source of the same length, and one of another length, have no code", () => {
  expect(codeOf(Buffer.from("module.exports = 2;"), cache)).toBeNull();
  expect(codeOf(Buffer.from("module.exports = 10;"), cache)).toBeNull();
});

test("one wrong byte anywhere, or a file cut short, is refused", () => {
  for (let at = 0; at < cache.length; at += 1) {
    const damaged = Buffer.from(cache);
    damaged[at] = (damaged[at] ?? 0) ^ 0x20;
    expect(codeOf(source, damaged), `byte ${at}`).toBeNull();
    expect(codeOf(source, cache.subarray(0, at)), `${at} bytes`).toBeNull();
  }
});
