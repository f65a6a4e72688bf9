import { createHmac } from "node:crypto";
import type { Secret } from "../../errors/secret.ts";
import { type Attempt, foldedName } from "../../kernel/tries.ts";
import { addressText, holdsIpv4, isIpv4, readAddress } from "../../settings/ip/address.ts";
import type { Counter, RuleName } from "./rules.ts";

/** Bytes of a digest: too few to tell two names apart for certain, enough that nobody finds two alike. */
const DIGEST_BYTES = 12;

export interface CountersOf {
  /** Of a browser that signed in before. */
  readonly known: readonly Counter[] | null;
  readonly strangers: readonly Counter[];
}

/**
 * What an attempt is counted by. People type passwords into the box for the name, so names are kept as digests only, made
 * with a key that does not stand where they are kept.
 */
export function countersOf({ name, address, device }: Attempt, key: Secret): CountersOf {
  const counter = (rule: RuleName, ...whose: readonly string[]): Counter => {
    const mac = createHmac("sha256", key.reveal()).update(JSON.stringify(["xmailcfg try", rule, ...whose]));
    return { rule, key: mac.digest().subarray(0, DIGEST_BYTES).toString("base64url") };
  };
  const who = foldedName(name);
  const networks = networksOf(address);
  return {
    known: device === null ? null : [counter("own", who, device), counter("owns", who)],
    strangers: [
      counter("name", who),
      counter("nameLong", who),
      ...(networks ? [counter("near", networks.near), counter("far", networks.far)] : []),
      counter("all"),
    ],
  };
}

/**
 * The line of an address and its surroundings. `null` for loopback: that is a proxy whose `X-Forwarded-For` is not
 * believed, behind which everybody would be one line; and for what is no address.
 */
function networksOf(text: string): { readonly near: string; readonly far: string } | null {
  const read = readAddress(text.replace(/%.*$/, ""));
  if (!read) return null;
  const address = holdsIpv4(read) && read[10] === 255 ? read.slice(12) : read;
  const [near, far] = isIpv4(address) ? [4, 3] : [8, 6];
  const isLoopback = isIpv4(address) ? address[0] === 127 : addressText(address) === "::1";
  if (isLoopback) return null;
  const part = (bytes: number) => `${address.length} ${address.slice(0, bytes).join(".")}`;
  return { near: part(near), far: part(far) };
}
