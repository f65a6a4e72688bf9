import type { Secret } from "../errors/secret.ts";
import type { CallOptions } from "./call-options.ts";

/** Which link: where its mail goes here, and from where it is fetched. */
export interface PopLinkKey {
  /** A domain (`name` is an account of it), `@domain`, `?masq,d1,d2` or `&.suffix,d1,d2`. */
  readonly domain: string;
  readonly name: string;
  /** `host` or `host:port`. */
  readonly host: string;
  readonly remoteName: string;
}

export interface PopLink extends PopLinkKey {
  /** `CLR`, `APOP`, `FAPOP`, `STLS`, `FSTLS`, `POP3S`, `Leave=1`, `OutBind=address`, or what an editor wrote. */
  readonly options: readonly string[];
  /** Also false when the local account does not exist: such a link is never fetched. */
  readonly enabled: boolean;
}

export interface NewPopLink extends PopLinkKey {
  readonly options: readonly string[];
  readonly password: Secret;
}

export interface PopLinkStore {
  /** Order of `pop3links.tab`. */
  list(options?: CallOptions): Promise<readonly PopLink[]>;
  /** XMail looks at nothing, not even whether the account exists. `POP_LINK_EXISTS`. */
  add(link: NewPopLink, options?: CallOptions): Promise<void>;
  /** Without a password the old one stays, and so does whether it is on. `POP_LINK_NOT_FOUND`. */
  change(
    key: PopLinkKey,
    change: { readonly options: readonly string[]; readonly password?: Secret },
    options?: CallOptions,
  ): Promise<void>;
  /** `POP_LINK_NOT_FOUND`. */
  remove(key: PopLinkKey, options?: CallOptions): Promise<void>;
  /** `POP_LINK_NOT_FOUND`, `ACCOUNT_NOT_FOUND` (no such link can be switched). */
  turn(key: PopLinkKey, on: boolean, options?: CallOptions): Promise<void>;
}

/** Whether mail of the link goes to one account here, and not to a rule about addresses. */
export function isAccountLink({ domain }: Pick<PopLinkKey, "domain">): boolean {
  return !/^[@?&]/.test(domain);
}
