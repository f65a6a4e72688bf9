import fc from "fast-check";
import { expect, test } from "vitest";
import { storagePath } from "../../../src/storage/path.ts";
import { foldersInUse, isFolderInUse } from "../../../src/tab/folder-use.ts";
import { testRoot } from "./mail-root.ts";

const part = fc.constantFrom("bob", "Bob", "sub", "bobby");
const directory = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const domain = fc.constantFrom("example.com", "Example.com", "other.test");

test("many folders are judged as each by itself", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(domain, directory), { maxLength: 6 }),
      fc.constantFrom("domains", "cmdaliases", "spool"),
      domain,
      fc.option(directory, { nil: "" }),
      async (accounts, parent, of, below) => {
        const rows = accounts.map(
          ([at, folder], n) => `"${at}"\t"u${n}"\t"00"\t${n + 1}\t"${folder}"\t"U"\n`,
        );
        const { storage } = await testRoot({
          "domains.tab": '"example.com"\n',
          "mailusers.tab": rows.join(""),
        });
        const path = storagePath(parent, of, ...below.split("/").filter((name) => name !== ""));
        expect((await foldersInUse(storage))(path)).toBe(await isFolderInUse(storage, path));
      },
    ),
    { numRuns: 60 },
  );
});
