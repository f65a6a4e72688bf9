import { describe, expect, test } from "vitest";
import { secret } from "../../../src/errors/secret.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Backend } from "../../../src/xmail/backend.ts";
import { contentsOf, testRoot } from "./mail-root.ts";

const D = "example.com";
const BOB = { domain: D, name: "bob" };

const add = ({ accounts }: Backend) => accounts.add({ ...BOB, kind: "user", password: secret("pw") });

describe("a table without which XMail does not start", () => {
  test.each<[string, string, (backend: Backend) => Promise<unknown>]>([
    ["domains.tab", "reading", ({ domains }) => domains.list()],
    ["domains.tab", "adding", ({ domains }) => domains.add("example.jp")],
    ["mailusers.tab", "reading", ({ accounts }) => accounts.get(BOB)],
    ["mailusers.tab", "counting", ({ domains }) => domains.holdings(D)],
    ["mailusers.tab", "adding", add],
    ["mailusers.tab", "removing", ({ accounts }) => accounts.remove(BOB)],
    ["aliases.tab", "reading", ({ aliases }) => aliases.list()],
    ["aliases.tab", "adding an account", add],
    ["aliasdomain.tab", "reading", ({ domainAliases }) => domainAliases.list()],
    ["aliasdomain.tab", "adding", ({ domainAliases }) => domainAliases.add({ alias: "n", real: D })],
    ["extaliases.tab", "counting", ({ domains }) => domains.holdings(D)],
    ["extaliases.tab", "removing a domain", ({ domains }) => domains.remove(D)],
  ])("%s: %s is refused while it is missing, and nothing is written", async (table, _, use) => {
    const { backend, storage } = await testRoot();
    await storage.remove(storagePath(table));
    const before = await contentsOf(storage);
    await expect(use(backend)).rejects.toThrow(
      expect.objectContaining({ code: "BAD_CONFIG", message: expect.stringContaining(table) }),
    );
    expect(await contentsOf(storage)).toEqual(before);
  });

  test("others may be missing", async () => {
    const { backend, storage } = await testRoot();
    await storage.remove(storagePath("pop3links.tab"));
    expect(await backend.domains.holdings(D)).toMatchObject({ popLinks: 0 });
    await add(backend);
    await backend.accounts.remove(BOB);
    expect(await storage.stat(storagePath("pop3links.tab"))).toBeNull();
  });
});
