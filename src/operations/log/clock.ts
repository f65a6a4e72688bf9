const DAY_MS = 24 * 3_600_000;

/** As XMail writes it: `2026-11-24 08:33:24`, on the clock of this machine, which is that of the logs as a rule. */
export function logTime(at: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** Where so many days begin, of which that of `now` is the last: 1 is midnight of today. */
export function beginOfDays(now: Date, days: number): string {
  return `${logTime(new Date(now.getTime() - (days - 1) * DAY_MS)).slice(0, 10)} 00:00:00`;
}
