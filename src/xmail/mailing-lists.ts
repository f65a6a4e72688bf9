import type { CallOptions } from "./call-options.ts";
import type { AccountRef } from "./names.ts";

export interface ListMember {
  readonly address: string;
  /** Letters `R` receives, `W` may post by its address, `A` may post when signed in. */
  readonly permissions: string;
}

/** Whatever fails, no member was changed: all of a call, or nothing. A file with blank lines comes out without. */
export interface MailingListStore {
  /** Order of `mlusers.tab`. `ACCOUNT_NOT_FOUND`, `NOT_A_LIST`. */
  members(list: AccountRef, options?: CallOptions): Promise<readonly ListMember[]>;
  /** `LIST_MEMBER_EXISTS` when one of them does; `ACCOUNT_NOT_FOUND`, `NOT_A_LIST`. */
  add(list: AccountRef, members: readonly ListMember[], options?: CallOptions): Promise<void>;
  /** `LIST_MEMBER_NOT_FOUND` when one of them is not there; `ACCOUNT_NOT_FOUND`, `NOT_A_LIST`. */
  remove(list: AccountRef, addresses: readonly string[], options?: CallOptions): Promise<void>;
  /** `LIST_MEMBER_NOT_FOUND`, `ACCOUNT_NOT_FOUND`, `NOT_A_LIST`. */
  setPermissions(list: AccountRef, member: ListMember, options?: CallOptions): Promise<void>;
}
