import { failField } from "../../errors/error.ts";
import type { Group, GroupMember } from "../../kernel/groups.ts";
import { dayOf, requireDay } from "../people/person-in.ts";

interface Days {
  readonly validFrom: string;
  readonly validUntil: string;
}

type DayState = "active" | "notYet" | "over";

/** Where a day lies: both ends belong to what they bound. */
export function stateOn(today: string, { validFrom, validUntil }: Days): DayState {
  if (validUntil !== "" && today > validUntil) return "over";
  return validFrom !== "" && today < validFrom ? "notYet" : "active";
}

/** A membership counts while the group does. */
export function memberState(now: Date, group: Group, member: GroupMember): DayState {
  const today = dayOf(now);
  const states = [stateOn(today, group), stateOn(today, member)];
  if (states.includes("over")) return "over";
  return states.includes("notYet") ? "notYet" : "active";
}

/** `INVALID_INPUT` for what is no day, and for an end before the beginning. */
export function requireDays({ validFrom, validUntil }: Days): void {
  requireDay("validFrom", validFrom);
  requireDay("validUntil", validUntil);
  if (validFrom !== "" && validUntil !== "" && validUntil < validFrom) {
    failField("validUntil", "days-turned", "validUntil is before validFrom.");
  }
}
