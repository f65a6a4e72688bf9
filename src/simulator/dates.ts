const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function clock(date: Date): string {
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `Tue, 24 Nov 2026 08:13:11 -0000` in local time; a day below 10 has one digit. */
export function mailDate(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const zone = `${minutes > 0 ? "+" : "-"}${two(Math.floor(Math.abs(minutes) / 60))}${two(Math.abs(minutes) % 60)}`;
  const day = `${DAYS[date.getDay()]}, ${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`;
  return `${day} ${clock(date)} ${zone}`;
}

/** `2026-11-24 08:13:11` in local time. */
export function numericDate(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock(date)}`;
}

/** `202611240000`, the day a log file begins. */
export function dayStamp(date: Date): string {
  return `${numericDate(date).slice(0, 10).replaceAll("-", "")}0000`;
}

/** `24 Nov 2026 08:13:11 UTC` in local time: what stands in the file that switches a POP3 link off. */
export function offDate(date: Date): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZoneName: "short" }).formatToParts(date);
  const zone = parts.find(({ type }) => type === "timeZoneName")?.value ?? "UTC";
  return `${two(date.getDate())} ${MONTHS[date.getMonth()]} ${date.getFullYear()} ${clock(date)} ${zone}`;
}
