import type { Secret } from "../errors/secret.ts";
import type { AccountRef } from "../xmail/names.ts";
import type { ApiKeys } from "./api-key.ts";
import type { Limits } from "./limits.ts";
import type { SecondFactors } from "./second-factor.ts";
import type { Sessions } from "./sessions.ts";

/** Account owners are not among them: XMail keeps them and their passwords. */
export const ROLES = ["master", "auditor", "guest", "delegate", "listAdministrator"] as const;
export type Role = (typeof ROLES)[number];

/** What a delegated administrator may do besides accounts, lists and aliases. */
export const RIGHTS = [
  "listProcessor",
  "webmail",
  "heldMail",
  "readMail",
  "forwarding",
  "fetching",
  "handOn",
] as const;
export type Right = (typeof RIGHTS)[number];

/** What users of a delegation are told, and whom its administrator asks. */
export interface Support {
  /** Sender of the mails that his site sends. */
  readonly postmaster: string;
  readonly masterEmail: string;
  readonly masterPhone: string;
  /** `host:port`, shown to users. */
  readonly popServer: string;
  readonly smtpServer: string;
}

/** How the sign-in page of a delegation looks, and where it stands. */
export interface Door {
  /** Last part of the address, `sato-office`; empty for the one that all delegates share. */
  readonly slug: string;
  /** Host name of its own, as in `post.example.com`; empty for the panel's. */
  readonly host: string;
  readonly title: string;
  readonly text: string;
  /** `data:` URL of a PNG, JPEG or WebP picture; empty for none. */
  readonly logo: string;
  /** `#rrggbb`, or empty. */
  readonly colour: string;
}

export interface Delegation {
  readonly domains: readonly string[];
  readonly most: Limits;
  readonly rights: readonly Right[];
  readonly support: Support;
  readonly door: Door;
}

/** Somebody who may sign in, without anything secret. Absent texts are empty. */
export interface Person {
  /** `adm_…`, `del_…`: goes to the audit log and never changes. */
  readonly id: string;
  readonly role: Role;
  /** What he signs in with. */
  readonly name: string;
  /** The same, of his own choice; five characters or more. */
  readonly alias: string;
  readonly disabled: boolean;
  /** Days, `2026-11-30`, on the clock of this machine; both belong to it. Empty for no end. */
  readonly validFrom: string;
  readonly validUntil: string;
  /** Addresses and networks in CIDR form he may come from; any, when there is none. */
  readonly networks: readonly string[];
  /** How long one sign-in lasts without a request. */
  readonly sessionSeconds: number;
  readonly language: "" | "en" | "ja";
  readonly fullName: string;
  readonly email: string;
  readonly phone: string;
  readonly address: string;
  readonly memo: string;
  /** Id of who handed on to him; empty for what a master gave. */
  readonly parent: string;
  /** Of delegates. */
  readonly delegation: Delegation | null;
  /** Of list administrators. */
  readonly lists: readonly AccountRef[];
  /** Members of all his lists together; no limit if `null`. */
  readonly mostMembers: number | null;
  readonly createdAt: string;
  /** ISO 8601; empty for never. */
  readonly lastSignInAt: string;
  /** Grows with every "sign out everywhere" and change of password: sessions of an older one are over. */
  readonly generation: number;
}

/** What a person has of whom nothing is said: a master. */
export const NOBODY_YET = {
  role: "master",
  alias: "",
  disabled: false,
  validFrom: "",
  validUntil: "",
  networks: [],
  sessionSeconds: 3600,
  language: "",
  fullName: "",
  email: "",
  phone: "",
  address: "",
  memo: "",
  parent: "",
  delegation: null,
  lists: [],
  mostMembers: null,
  lastSignInAt: "",
} as const satisfies Partial<Person>;

/** Nothing handed on yet. */
export const NO_DELEGATION: Delegation = {
  domains: [],
  most: {},
  rights: [],
  support: { postmaster: "", masterEmail: "", masterPhone: "", popServer: "", smtpServer: "" },
  door: { slug: "", host: "", title: "", text: "", logo: "", colour: "" },
};

export type NewPerson = Omit<Person, "id" | "createdAt" | "lastSignInAt" | "generation">;

/** Roles whose people must have a second factor. */
export interface SignInPolicy {
  readonly secondFactorFor: readonly (Role | "owner")[];
}

/** Where people are kept, as `state/` does over Storage. */
export interface People {
  list(): Promise<readonly Person[]>;
  get(id: string): Promise<Person | null>;
  /** A password that nobody chose, easily typed. */
  generatedPassword(): Promise<Secret>;
  /** `CONFLICT` when name, alias or door are taken, whatever their case; `INVALID_INPUT` for `password`. */
  add(person: NewPerson, password: Secret): Promise<Person>;
  /**
   * A domain below one of his becomes his, and that of everybody who handed on to him: they hold what lies in their
   * domains. `FORBIDDEN` where one of them holds no domain above it, `LIMIT_REACHED`. `trying` changes nothing.
   */
  takeSubdomain(id: string, domain: string, how: "trying" | "taking"): Promise<void>;
  /**
   * Nobody holds the domain any more, nor lists in it: whoever adds one of its name later gives it anew. Owners of its
   * accounts are forgotten as by `forgetOwner`.
   */
  forgetDomain(domain: string): Promise<void>;
  /**
   * The owner of a mailbox is signed out and has no second factors any more: those of one that is gone would ask whoever
   * gets another of its name.
   */
  forgetOwner(account: { readonly domain: string; readonly name: string }): Promise<void>;
  /** Read, changed and written under one lock, so that what `change` checks still holds. `NOT_FOUND`, `CONFLICT`. */
  change(id: string, change: (person: Person) => Person): Promise<Person>;
  /** Ends his sessions; his API keys stay. `NOT_FOUND`, `INVALID_INPUT` for `password`. */
  setPassword(id: string, password: Secret): Promise<void>;
  /** With his API keys and all to whom he handed on. `NOT_FOUND`; `CONFLICT` for the last master. */
  remove(id: string): Promise<void>;
  /** Whether it is his. Takes the same time whether there is such a person or not. */
  isPassword(id: string | null, password: Secret): Promise<boolean>;
  /** By name or alias, whatever their case. */
  named(name: string): Promise<Person | null>;
  /** Written at most once a minute. */
  noteSignIn(id: string, at: Date): Promise<void>;
  readonly keys: ApiKeys;
  readonly factors: SecondFactors;
  readonly sessions: Sessions;
  policy(): Promise<SignInPolicy>;
  setPolicy(policy: SignInPolicy): Promise<void>;
  /** Work that counts against the limits of `id`, one after the other over all processes. */
  alone<T>(id: string, work: () => Promise<T>): Promise<T>;
  /** The same people on a copy that nobody keeps, for dry runs. */
  rehearsing(): People;
}
