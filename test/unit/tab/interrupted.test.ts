import { describe, expect, test } from "vitest";
import { hasCode } from "../../../src/errors/error.ts";
import { secret } from "../../../src/errors/secret.ts";
import { memory } from "../../../src/storage/memory.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { openTabBackend } from "../../../src/tab/backend.ts";
import { parseTable } from "../../../src/tab/codec.ts";
import { FILES } from "../../../src/tab/files.ts";
import type { Backend } from "../../../src/xmail/backend.ts";
import { contentsOf, rootOver, type TestRoot, testRoot } from "./mail-root.ts";

class Killed extends Error {}

/** A storage whose process dies before its n-th change: from then on nothing works. */
function dyingAt(storage: Storage, n: number): Storage {
  let changes = 0;
  let dead = false;
  function alive(changing: boolean): void {
    if (changing) changes += 1;
    if (dead || changes > n) {
      dead = true;
      throw new Killed();
    }
  }
  return new Proxy(storage, {
    get(target, verb: keyof Storage) {
      const value = target[verb];
      if (typeof value !== "function") return value;
      const changing = ["write", "move", "remove", "makeFolder"].includes(verb);
      return async (...args: unknown[]) => {
        const isLock = String(args[0]).includes("lock");
        if (!isLock) alive(changing);
        return Reflect.apply(value, target, args);
      };
    },
  });
}

const OTHER = { domain: "example.com", name: "carol" };
const BOB = { domain: "example.com", name: "bob" };

/** Two accounts with mail, and all that can hang on one. */
async function busyRoot(storage: Storage): Promise<TestRoot> {
  const root = await testRoot({}, { storage });
  for (const ref of [OTHER, BOB]) {
    await root.backend.accounts.add({ ...ref, kind: "user", password: secret("pw") });
    await root.put(`domains/example.com/${ref.name}/Maildir/new/1`, `mail of ${ref.name}`);
    await root.backend.aliases.add({
      domain: "example.com",
      alias: `a-${ref.name}`,
      target: `${ref.name}@example.com`,
    });
  }
  await root.backend.domainAliases.add({ alias: "example.net", real: "example.com" });
  await root.put(
    "extaliases.tab",
    `"r.test"\t"b"\t"example.com"\t"bob"\n"r.test"\t"c"\t"example.com"\t"carol"\n`,
  );
  await root.put("pop3links.tab", `# links\n"example.com"\t"bob"\t"h"\t"u"\t"15"\t"CLR"\n`);
  return root;
}

/** What must hold at any moment: no row without its folder, nothing of others touched, every line complete. */
async function expectSound(storage: Storage): Promise<void> {
  const { file, names } = rootOver(storage);
  for (const { path } of [FILES.accounts, FILES.aliases, FILES.domains, FILES.externalAliases]) {
    const text = (await file(path)) ?? "";
    expect(text === "" || text.endsWith("\n"), path).toBe(true);
  }
  for (const { cells } of parseTable(Buffer.from((await file("mailusers.tab")) ?? ""), FILES.accounts).rows) {
    const folder = `domains/${cells[0]}/${cells[4]}`;
    expect(await names(folder), folder).not.toBeNull();
    expect(await names(folder)).toContain("user.tab");
    if (cells[1] === "bob" || cells[1] === "carol") {
      expect(await file(`${folder}/Maildir/new/1`)).toBe(`mail of ${cells[1]}`);
    }
  }
  for (const { cells } of parseTable(Buffer.from((await file("domains.tab")) ?? ""), FILES.domains).rows) {
    expect(await names(`domains/${cells[0]}`)).not.toBeNull();
  }
}

interface Change {
  readonly name: string;
  readonly make: (backend: Backend) => Promise<void>;
  /** Carol and her mail must survive the change. */
  readonly sparesCarol: boolean;
}

const changes: readonly Change[] = [
  {
    name: "account.add",
    make: ({ accounts }) =>
      accounts.add({ domain: "example.com", name: "dan", kind: "user", password: secret("pw") }),
    sparesCarol: true,
  },
  {
    name: "list.add",
    make: ({ accounts }) =>
      accounts.add({ domain: "example.com", name: "li", kind: "list", password: secret("pw") }),
    sparesCarol: true,
  },
  { name: "account.remove", make: ({ accounts }) => accounts.remove(BOB), sparesCarol: true },
  { name: "password", make: ({ accounts }) => accounts.setPassword(BOB, secret("new")), sparesCarol: true },
  {
    name: "variables",
    make: ({ accounts }) =>
      accounts.setVariables(
        BOB,
        new Map([
          ["A", "1"],
          ["PopEnable", null],
        ]),
      ),
    sparesCarol: true,
  },
  {
    name: "alias.add",
    make: ({ aliases }) => aliases.add({ domain: "example.com", alias: "x", target: "bob@example.com" }),
    sparesCarol: true,
  },
  { name: "domain.add", make: ({ domains }) => domains.add("example.jp"), sparesCarol: true },
  { name: "domain.remove", make: ({ domains }) => domains.remove("example.com"), sparesCarol: false },
];

const DONE = [
  "ACCOUNT_EXISTS",
  "ACCOUNT_NOT_FOUND",
  "ALIAS_EXISTS",
  "DOMAIN_EXISTS",
  "DOMAIN_NOT_FOUND",
] as const;

describe("a change killed between any two steps", () => {
  for (const { name, make, sparesCarol } of changes) {
    test(`${name} leaves a sound MailRoot, and making it again ends it`, async () => {
      const whole = await busyRoot(memory());
      await make(whole.backend);
      await whole.backend.aliases.remove("example.com", "a-carol").catch(() => {});
      const wanted = await contentsOf(whole.storage);
      let steps = 0;
      for (let n = 0; ; n += 1) {
        const { storage } = await busyRoot(memory());
        const killed = await make(await openTabBackend({ storage: dyingAt(storage, n) })).then(
          () => false,
          (error) => error instanceof Killed,
        );
        await expectSound(storage);
        if (sparesCarol) {
          expect(await rootOver(storage).file("domains/example.com/carol/Maildir/new/1")).toBe(
            "mail of carol",
          );
        }
        const again = await openTabBackend({ storage });
        await again.aliases.remove("example.com", "a-carol").catch((error: unknown) => {
          // Gone already when the domain is.
          if (!hasCode(error, "ALIAS_NOT_FOUND")) throw error;
        });
        await expectSound(storage);
        await make(again).catch((error: unknown) => {
          if (!hasCode(error, ...DONE)) throw error;
        });
        expect(await contentsOf(storage), `killed before change ${n + 1}`).toEqual(wanted);
        expect(await rootOver(storage).file(".xmailcfg/removal.json")).toBeNull();
        if (!killed) break;
        steps = n + 1;
      }
      expect(steps).toBeGreaterThan(0);
    });
  }
});
