import { cp, mkdir, mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { secret } from "../../../src/errors/secret.ts";
import { local } from "../../../src/storage/local.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import { accountsOf } from "../../../src/testing/backend/stage.ts";
import type { Backend } from "../../../src/xmail/backend.ts";
import { addressOf } from "../../../src/xmail/names.ts";

const SAMPLES = fileURLToPath(new URL("../../fixtures/xmail/samples/", import.meta.url));
const LOGIN = new Date("2026-11-24T08:40:00Z");
const ALICE = { domain: "example.com", name: "alice" };

describe("the MailRoot of a working XMail", () => {
  let root: string;
  let backend: Backend;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "xmailcfg-real-"));
    await cp(join(SAMPLES, "tabs"), root, { recursive: true });
    await cp(join(SAMPLES, "tabindex"), join(root, "tabindex"), { recursive: true });
    await mkdir(join(root, "domains"));
    await cp(join(SAMPLES, "mailboxes/maildir"), join(root, "domains"), { recursive: true });
    await utimes(join(root, "domains/example.com/alice/.ipconn"), LOGIN, LOGIN);
    backend = await openTabBackend({ storage: local(root) });
  });
  afterAll(() => rm(root, { recursive: true }));

  test("its accounts, aliases and domains are read", async () => {
    expect(await backend.domains.list()).toEqual(["example.com", "example.jp"]);
    const accounts = await accountsOf(backend);
    expect(accounts).toHaveLength(14);
    expect(accounts.filter(({ kind }) => kind === "list").map(addressOf)).toEqual(["announce@example.com"]);
    expect(await backend.aliases.list()).toEqual([
      { domain: "example.com", alias: "postmaster", target: "admin@example.com" },
      { domain: "example.com", alias: "sales*", target: "alice@example.com" },
      { domain: "*", alias: "abuse", target: "admin@example.com" },
      { domain: "example.jp", alias: "postmaster", target: "admin@example.com" },
    ]);
    expect(await backend.domainAliases.list()).toEqual([{ alias: "www.example.com", real: "example.com" }]);
  });

  test("its variables, passwords, mailboxes and logins are read", async () => {
    const [variables] = await backend.accounts.variables([ALICE]);
    expect(variables?.get("RealName")).toBe("Alice Arai");
    expect(await backend.accounts.checkPassword(ALICE, secret("alice-Pw1"))).toBe(true);
    expect(await backend.accounts.usage([{ domain: "example.com", name: "announce" }, ALICE])).toEqual([
      { bytes: 0, messages: 0, lastLogin: null },
      { bytes: 24535, messages: 20, lastLogin: { at: LOGIN, address: "192.0.2.1" } },
    ]);
  });

  test("what goes with a domain is counted and goes", async () => {
    expect(await backend.domains.holdings("example.com")).toMatchObject({
      accounts: 11,
      lists: 1,
      aliases: 2,
      domainAliases: 1,
      externalAliases: 1,
      popLinks: 4,
    });
    await backend.domains.remove("example.com");
    expect(await backend.domains.list()).toEqual(["example.jp"]);
    expect((await accountsOf(backend)).map(addressOf)).toEqual(["hana@example.jp", "taro@example.jp"]);
    expect(await backend.domainAliases.list()).toEqual([]);
  });
});
