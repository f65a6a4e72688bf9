import { callCases } from "./storage/calls.ts";
import { capabilityCases } from "./storage/capabilities.ts";
import type { StorageUnderTest } from "./storage/expect.ts";
import { fileCases } from "./storage/files.ts";
import { folderCases } from "./storage/folders.ts";
import { moveCases } from "./storage/moves.ts";
import { nameCases } from "./storage/names.ts";

export type { StorageUnderTest } from "./storage/expect.ts";

/** One thing that is proved of a storage; `run` rejects when it is not so. */
export interface StorageCase {
  readonly name: string;
  run(): Promise<void>;
}

/**
 * What every storage driver must do, for any test runner: `for (const { name, run } of storageSuite(open)) test(name,
 * run)`. `open` is called for each case and gives an empty storage. Capabilities are tested both ways: what is claimed
 * works, what is not is refused.
 */
export function storageSuite(open: () => Promise<StorageUnderTest>): StorageCase[] {
  const cases = {
    ...fileCases,
    ...folderCases,
    ...moveCases,
    ...capabilityCases,
    ...nameCases,
    ...callCases,
  };
  return Object.entries(cases).map(([name, prove]) => ({
    name,
    async run() {
      const opened = await open();
      try {
        await prove(opened.storage, opened);
      } finally {
        await opened.storage.close();
        await opened.close?.();
      }
    },
  }));
}
