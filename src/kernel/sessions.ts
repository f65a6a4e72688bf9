import type { AccountRef } from "../xmail/names.ts";

/** Sign-ins that are over before their time. A session is a cookie that the server does not keep; what is kept is its end. */
export interface Sessions {
  /** Whether it was signed out: a copy of its cookie opens nothing. */
  isOver(id: string): Promise<boolean>;
  /** `until`: when it would have ended by itself, and need not be remembered any longer. */
  end(id: string, until: Date): Promise<void>;
  /** What sessions of an account's owner carry; others than the current one are over. */
  generationOf(owner: AccountRef): Promise<number>;
  /** Ends all sessions of an account's owner, or of the owners of all accounts of a domain. */
  endOwners(of: { readonly domain: string; readonly name?: string }): Promise<void>;
}
