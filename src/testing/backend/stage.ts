import assert from "node:assert/strict";
import type { ErrorCode } from "../../errors/codes.ts";
import { isAppError } from "../../errors/error.ts";
import { secret } from "../../errors/secret.ts";
import type { AccountRow } from "../../xmail/accounts.ts";
import type { Backend } from "../../xmail/backend.ts";
import { type AccountRef, addressOf } from "../../xmail/names.ts";

/** A backend over a fresh MailRoot of its own, with the one domain `example.com`. */
export interface OpenedBackend {
  readonly backend: Backend;
  close(): Promise<void>;
  /** A file of the MailRoot as it lies on disk, bytes as Latin-1; `null` when there is none. */
  readFile(path: string): Promise<string | null>;
}

/** What a case works with. */
export interface Stage extends Omit<OpenedBackend, "close"> {
  /** Adds an account `name@domain` with the password `pw-` and its name. */
  account(name: string, domain?: string, kind?: AccountRow["kind"]): Promise<AccountRef>;
  /** Fails unless `work` is refused with one of the codes (any, if none is named) and no table changed by it. */
  refused(work: () => Promise<unknown>, ...codes: readonly ErrorCode[]): Promise<void>;
}

export interface BackendCase {
  readonly name: string;
  play(stage: Stage): Promise<void>;
}

export const DOMAIN = "example.com";
export const POSTMASTER: AccountRef = { domain: DOMAIN, name: "postmaster" };

const TABLES = [
  "domains.tab",
  "aliasdomain.tab",
  "mailusers.tab",
  "aliases.tab",
  "extaliases.tab",
  "pop3links.tab",
  `domains/${DOMAIN}/postmaster/user.tab`,
] as const;

export async function stageOver({ backend, readFile }: OpenedBackend): Promise<Stage> {
  const stage: Stage = {
    backend,
    readFile,
    async account(name, domain = DOMAIN, kind = "user") {
      await backend.accounts.add({ domain, name, kind, password: secret(`pw-${name}`) });
      return { domain, name };
    },
    async refused(work, ...codes) {
      const before = await tables(readFile);
      await assert.rejects(work, (error) => {
        assert.ok(isAppError(error), `not one of our errors: ${error}`);
        if (codes.length > 0)
          assert.ok(codes.includes(error.code), `${error.code}, not ${codes.join(" or ")}`);
        return true;
      });
      assert.deepEqual(await tables(readFile), before, "a refusal changed a table");
    },
  };
  if ((await backend.accounts.get(POSTMASTER)) === null) await stage.account(POSTMASTER.name);
  return stage;
}

async function tables(readFile: OpenedBackend["readFile"]): Promise<Record<string, string | null>> {
  const entries = await Promise.all(TABLES.map(async (path) => [path, await readFile(path)] as const));
  return Object.fromEntries(entries);
}

export async function accountsOf(backend: Backend, domain?: string): Promise<AccountRow[]> {
  const rows: AccountRow[] = [];
  for await (const row of backend.accounts.list(domain)) rows.push(row);
  return rows;
}

/** `name@domain` of each account, in the order of the list. */
export async function addressesOf(backend: Backend, domain?: string): Promise<string[]> {
  return (await accountsOf(backend, domain)).map(addressOf);
}
