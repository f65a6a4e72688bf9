import type { Secret } from "../errors/secret.ts";
import type { CallOptions, ManyOptions } from "./call-options.ts";
import type { AccountRef } from "./names.ts";
import type { RowsPage, RowsRequest } from "./rows-page.ts";

export interface AccountRow extends AccountRef {
  readonly kind: "user" | "list";
}

/** From the type column of `mailusers.tab` and `userlist`: XMail looks at the first letter only, in either case. */
export function kindOfType(type = ""): AccountRow["kind"] {
  return /^m/i.test(type) ? "list" : "user";
}

export interface NewAccount extends AccountRow {
  readonly password: Secret;
}

/** One of many new accounts. */
export interface NewAccountWithVariables extends NewAccount {
  /** Beside those that every new account has. */
  readonly variables?: Variables;
}

/** `user.tab` in file order; a name may hold any text, values too. */
export type Variables = ReadonlyMap<string, string>;

export interface MailboxUsage {
  /** Bytes and messages in `Maildir/new` (and `cur`, as XMail counts) or `mailbox`. */
  readonly bytes: number;
  readonly messages: number;
  /** `null` when nobody ever signed in. */
  readonly lastLogin: { readonly at: Date; readonly address: string } | null;
}

/** What a list shows of an account beside its row. */
export interface AccountFacts {
  readonly variables: Variables;
  readonly usage: MailboxUsage;
}

/** By name, then domain; by domain, then name; people, then lists. */
export type AccountSort = "name" | "domain" | "kind";

/** How many of each kind there are. */
export type AccountCounts = Readonly<Record<AccountRow["kind"], number>>;

export interface AccountStore {
  /** Rows in the order of `mailusers.tab`, of one domain or of all; an unknown domain has none. */
  list(domain?: string, options?: CallOptions): AsyncIterable<AccountRow>;
  /** One page of them in order, for lists: with 500,000 accounts nobody looks at all of them. */
  page(request: RowsRequest<AccountRow, AccountSort>, options?: CallOptions): Promise<RowsPage<AccountRow>>;
  /** By domain, in lower case; domains without accounts are left out. */
  counts(options?: CallOptions): Promise<ReadonlyMap<string, AccountCounts>>;
  /** `null` when there is none; the names come back as XMail has them written. */
  get(ref: AccountRef, options?: CallOptions): Promise<AccountRow | null>;
  /** Its folder below MailRoot, as `domains/example.com/hana`. `ACCOUNT_NOT_FOUND`. */
  folder(ref: AccountRef, options?: CallOptions): Promise<string>;
  /** `DOMAIN_NOT_FOUND`, `ACCOUNT_EXISTS`, `ALIAS_EXISTS` (an exact alias has the name). */
  add(account: NewAccount, options?: CallOptions): Promise<void>;
  /** All of them or none, for imports; refuses as `add` does. */
  addAll(accounts: readonly NewAccountWithVariables[], options?: ManyOptions): Promise<void>;
  /** With its folder, its aliases, external aliases and POP3 links. `ACCOUNT_NOT_FOUND`. */
  remove(ref: AccountRef, options?: CallOptions): Promise<void>;
  /** `ACCOUNT_NOT_FOUND`. */
  setPassword(ref: AccountRef, password: Secret, options?: CallOptions): Promise<void>;
  /** True when XMail would let this password in. `ACCOUNT_NOT_FOUND`. */
  checkPassword(ref: AccountRef, password: Secret, options?: CallOptions): Promise<boolean>;
  /** In the order asked; many at once, so that lists cost one round trip. `ACCOUNT_NOT_FOUND`. */
  variables(refs: readonly AccountRef[], options?: CallOptions): Promise<readonly Variables[]>;
  /** `null` deletes a variable. All of them or none. `ACCOUNT_NOT_FOUND`. */
  setVariables(
    ref: AccountRef,
    changes: ReadonlyMap<string, string | null>,
    options?: CallOptions,
  ): Promise<void>;
  /** In the order asked. Mailing lists have no mailbox and count 0. `ACCOUNT_NOT_FOUND`. */
  usage(refs: readonly AccountRef[], options?: CallOptions): Promise<readonly MailboxUsage[]>;
  /** Both at once, for lists: from one reading of `mailusers.tab` where the files are read. `ACCOUNT_NOT_FOUND`. */
  facts(refs: readonly AccountRef[], options?: CallOptions): Promise<readonly AccountFacts[]>;
}
