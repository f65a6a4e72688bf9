import { describe, test } from "vitest";
import { memory } from "../../src/storage/memory.ts";
import { storagePath } from "../../src/storage/path.ts";
import { prefixed } from "../../src/storage/wrap.ts";
import { storageSuite } from "../../src/testing/storage-suite.ts";

describe("memory", () => {
  for (const { name, run } of storageSuite(async () => ({ storage: memory() }))) test(name, run);
});

describe("a part of a storage", () => {
  const open = async () => {
    const whole = memory();
    await whole.makeFolder(storagePath("part/of it"));
    await whole.write(storagePath("part/beside"), new Uint8Array());
    return { storage: prefixed(whole, storagePath("part/of it")) };
  };
  for (const { name, run } of storageSuite(open)) test(name, run);
});
