import type { Storage } from "../storage/storage.ts";
import type { AccountFacts } from "../xmail/accounts.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { AccountRef } from "../xmail/names.ts";
import { locateIndexed } from "./account-index.ts";
import { usageIn } from "./usage.ts";
import { variablesIn } from "./variables.ts";

/** In the order asked, from one reading of `mailusers.tab`. `ACCOUNT_NOT_FOUND`. */
export async function readFacts(
  storage: Storage,
  refs: readonly AccountRef[],
  options?: CallOptions,
): Promise<AccountFacts[]> {
  const lines = await locateIndexed(storage, refs, options);
  const [variables, usage] = await Promise.all([
    variablesIn(storage, lines, options),
    usageIn(storage, lines, options),
  ]);
  return variables.flatMap((of, i) => {
    const used = usage[i];
    return used ? [{ variables: of, usage: used }] : [];
  });
}
