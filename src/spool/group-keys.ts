import type { SpooledMessage, SpoolGroup } from "../xmail/spool.ts";
import { fingerprintOf, reasonFingerprint } from "../xmail/spool-alike.ts";
import { domainOf, filterPart } from "../xmail/spool-filter.ts";

const HOUR_MS = 3_600_000;
/** Upper bounds of ages, and the filters between them. */
const AGES: readonly (readonly [below: number, key: string, filter: string])[] = [
  [HOUR_MS, "1h", "age:<1h"],
  [4 * HOUR_MS, "4h", "age:>1h age:<4h"],
  [24 * HOUR_MS, "1d", "age:>4h age:<1d"],
  [72 * HOUR_MS, "3d", "age:>1d age:<3d"],
  [Number.POSITIVE_INFINITY, "old", "age:>3d"],
];

/** What messages of one group have in common; `now` in milliseconds since 1970. */
export function groupKeys(by: SpoolGroup, now: number): (message: SpooledMessage) => string {
  switch (by) {
    case "auth":
      return ({ auth }) => auth.toLowerCase();
    case "from":
      return ({ from }) => from.toLowerCase();
    case "ip":
      return ({ ip }) => ip;
    case "subject":
      return ({ subject }) => fingerprintOf(subject);
    case "domain":
      return ({ to }) => domainOf(to);
    case "reason":
      return ({ reason }) => reasonFingerprint(reason);
    case "status":
      return ({ state }) => state;
    case "age":
      return ({ since }) => AGES.find(([below]) => now - since < below)?.[1] ?? "old";
  }
}

/** A filter that catches the group of a key. */
export function groupFilter(by: SpoolGroup, key: string): string {
  if (by === "age") return AGES.find(([, name]) => name === key)?.[2] ?? "";
  if (by === "status") return `status:${key}`;
  return filterPart(by, by === "subject" || by === "reason" ? "alike" : "exact", key);
}
