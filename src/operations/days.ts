import { failField } from "../errors/error.ts";
import { Type } from "../kernel/schema.ts";

export const Day = Type.String({
  pattern: "^\\d{4}-\\d\\d-\\d\\d$",
  description: "A day, like 2026-11-24, on the clock of this machine",
  "x-rule": "day",
});

export const OperationName = Type.String({
  maxLength: 100,
  pattern: "^[A-Za-z][A-Za-z0-9]*\\.(?:[A-Za-z0-9]+|\\*)$",
  description: "Like account.add, or account.* for all of them",
  "x-rule": "operation-name",
});

const LAST_MS = 24 * 3_600_000 - 1;

/** First and last moment of the days given. `INVALID_INPUT` for what is no day of the calendar. */
export function momentsOf({
  since,
  until,
}: {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}): { readonly since?: Date; readonly until?: Date } {
  return {
    ...(since === undefined ? {} : { since: momentOf("since", since) }),
    ...(until === undefined ? {} : { until: momentOf("until", until, LAST_MS) }),
  };
}

function momentOf(field: "since" | "until", day: string, more = 0): Date {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const begin = new Date(year, month - 1, date);
  if (begin.getMonth() !== month - 1) failField(field, "day", `${field} is no day of the calendar.`);
  return new Date(begin.getTime() + more);
}
