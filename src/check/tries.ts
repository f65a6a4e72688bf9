import { type Finding, finding } from "../xmail/check.ts";

/** Redis's own words for who may not come in, or may not do it. */
const REFUSED = /\b(?:WRONGPASS|NOAUTH|NOPERM)\b|invalid (?:username|password)|called without any password/i;
const SILENT =
  /\b(?:ECONN\w+|EHOST\w+|ENET\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)\b|timeout|No answer|closed unexpectedly/i;

/** Whether tries to sign in can be counted where the configuration says. Never rejects. */
export async function checkTries(
  host: string,
  roundTrip: () => Promise<void>,
  now: () => number,
): Promise<readonly Finding[]> {
  const begun = now();
  try {
    await roundTrip();
    return [finding("tries", "redisCounts", { host, ms: String(Math.max(1, Math.round(now() - begun))) })];
  } catch (error) {
    const said = sayings(error);
    if (REFUSED.test(said)) return [finding("tries", "redisRefuses", { host })];
    return [finding("tries", SILENT.test(said) ? "redisSilent" : "redisFails", { host })];
  }
}

/** Words of an error and of what caused it; several addresses of one name fail together. */
function sayings(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code = "", errors = [] } = error as { code?: unknown; errors?: readonly unknown[] };
  const inner = [...errors, ...(error.cause === undefined ? [] : [error.cause])].map(sayings);
  return [String(code), error.message, ...inner].join(" ");
}
