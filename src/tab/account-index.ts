import { fail } from "../errors/error.ts";
import type { Storage } from "../storage/storage.ts";
import { ACCOUNT_ROWS } from "../xmail/account-rows.ts";
import type { AccountSort } from "../xmail/accounts.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { AccountRef } from "../xmail/names.ts";
import { ACCOUNTS, type AccountLine, accountLine } from "./account-lines.ts";
import { FILES } from "./files.ts";
import { keptIndex } from "./kept-index.ts";
import { indexRows } from "./row-index.ts";

const indexOf = keptIndex<AccountLine, AccountSort>(ACCOUNTS, (bytes) =>
  indexRows<AccountLine, AccountSort>(bytes, {
    ...ACCOUNT_ROWS,
    format: FILES.accounts,
    read: accountLine,
    sort: "name",
    ahead: { domain: "domain", kind: ({ kind }) => ACCOUNT_ROWS.groups.indexOf(kind) },
  }),
);

export function accountIndex(storage: Storage, options?: CallOptions) {
  return indexOf(storage, options);
}

/** Without regard to case; of two rows of one name the first counts. */
export async function findAccount(
  storage: Storage,
  ref: AccountRef,
  options?: CallOptions,
): Promise<AccountLine | null> {
  return (await indexOf(storage, options)).find(keyOf(ref));
}

/** The accounts meant, in the order asked; a domain alias is not followed. `ACCOUNT_NOT_FOUND`. */
export async function locateIndexed(
  storage: Storage,
  refs: readonly AccountRef[],
  options?: CallOptions,
): Promise<AccountLine[]> {
  if (refs.length === 0) return [];
  const index = await indexOf(storage, options);
  return refs.map((ref) => index.find(keyOf(ref)) ?? fail("ACCOUNT_NOT_FOUND"));
}

function keyOf(ref: AccountRef): string {
  return ACCOUNT_ROWS.key({ ...ref, kind: "user" }, "name");
}
