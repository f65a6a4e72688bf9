import { failField } from "../../errors/error.ts";
import { isDay } from "../../settings/vacation-text.ts";

/** XMail's machine may be further west than any other. */
const FURTHEST_WEST_MS = 12 * 3_600_000;

/** `now: null` while nothing is answered: an earlier absence may stay in the form. */
export function refuseDays(from: string | null, until: string | null, now: Date | null): void {
  for (const [field, day] of Object.entries({ from, until })) {
    if (day !== null && !isDay(day)) failField(field, "day", `${field}: ${day} is no day.`);
  }
  if (from !== null && until !== null && until < from) {
    failField("until", "day-before", "until: the last day is before the first.");
  }
  if (until === null || now === null) return;
  const earliest = new Date(now.getTime() - FURTHEST_WEST_MS).toISOString().slice(0, 10);
  if (until < earliest)
    failField("until", "answers-over", "until: that day is over, so nothing would be answered.");
}
