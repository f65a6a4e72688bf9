import { describe, test } from "vitest";
import { memory } from "../../src/storage/memory.ts";
import type { Capabilities } from "../../src/storage/storage.ts";
import { storageSuite } from "../../src/testing/storage-suite.ts";
import { lacking } from "./storage-lacking.ts";

const CAPABILITIES = Object.keys(memory().can) as (keyof Capabilities)[];
for (const capability of CAPABILITIES) {
  describe(`a storage without ${capability}`, () => {
    for (const { name, run } of storageSuite(async () => ({ storage: lacking(memory(), capability) }))) {
      test(name, run);
    }
  });
}
