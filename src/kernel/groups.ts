import type { AccountRef } from "../xmail/names.ts";

/** An account in a group. Days, `2026-11-30`, on the clock of this machine; both belong to it, empty for no end. */
export interface GroupMember extends AccountRef {
  readonly validFrom: string;
  readonly validUntil: string;
}

/** Accounts of any domains that belong together. XMail knows nothing of it. Absent texts are empty. */
export interface Group {
  /** `grp_…`: goes to the audit log and never changes. */
  readonly id: string;
  /** In any letters. */
  readonly name: string;
  /** Days between which the group is in use, as those of its members. */
  readonly validFrom: string;
  readonly validUntil: string;
  /** Address of its own mailing list on this server. */
  readonly list: string;
  readonly memo: string;
  /** Who answers for it; need not have an account here. */
  readonly responsible: string;
  readonly responsibleEmail: string;
  readonly responsiblePhone: string;
  readonly members: readonly GroupMember[];
  /** ISO 8601. */
  readonly createdAt: string;
}

export type NewGroup = Omit<Group, "id" | "createdAt">;

/** Where groups are kept, as `state/` does over Storage. */
export interface Groups {
  list(): Promise<readonly Group[]>;
  /** `CONFLICT` when a group has the name already, whatever its case. */
  add(group: NewGroup): Promise<Group>;
  /** Read, changed and written under one lock, so that what `change` checks still holds. `NOT_FOUND`, `CONFLICT`. */
  change(id: string, change: (group: Group) => Group): Promise<Group>;
  /** `NOT_FOUND`. */
  remove(id: string): Promise<void>;
  /** Nobody of the domain is a member any more, and no list in it a group's: one of its name is another. */
  forgetDomain(domain: string): Promise<void>;
  /** The same for one account or list. */
  forgetAccount(account: AccountRef): Promise<void>;
  /** The same groups on a copy that nobody keeps, for dry runs. */
  rehearsing(): Groups;
}
