import type { Secret } from "../errors/secret.ts";
import type { Target } from "./target.ts";

/** An API key as it may be shown. It never may more than its owner may at that moment. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** Id of whoever it speaks for. */
  readonly person: string;
  /** Operations by name pattern; all that the owner may, if `null`. */
  readonly allow: readonly string[] | null;
  /** On these alone; on all that is the owner's, if `null`. */
  readonly on: readonly Target[] | null;
  /** Addresses and networks in CIDR form it may be used from; any, when there is none. */
  readonly networks: readonly string[];
  /** A day, `2026-11-30`, after which it is over; empty for no end. */
  readonly validUntil: string;
  /** Whether it may only try what a change would do. */
  readonly dryRunOnly: boolean;
  readonly createdAt: string;
  /** ISO 8601, right to the minute; empty for never. */
  readonly lastUsedAt: string;
  readonly lastUsedFrom: string;
}

export type NewApiKey = Omit<ApiKey, "id" | "createdAt" | "lastUsedAt" | "lastUsedFrom">;

export interface ApiKeys {
  list(): Promise<readonly ApiKey[]>;
  /** The key itself, `xmc_<id>_<secret>`, to be shown once: only its SHA-256 is kept. */
  add(key: NewApiKey): Promise<{ readonly key: ApiKey; readonly secret: Secret }>;
  /** `NOT_FOUND`. */
  remove(id: string): Promise<void>;
  /** Whose it is; `null` for what is none. Whether it is still valid is for the caller to see. */
  bySecret(secret: Secret): Promise<ApiKey | null>;
  /** Written at most once a minute. */
  noteUse(id: string, at: Date, from: string): Promise<void>;
}
