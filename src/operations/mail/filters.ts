import { bitsOf, rangeMatches, readRange } from "../../settings/ip/range.ts";
import { FILES } from "../../tab/files.ts";
import type { AccountRef } from "../../xmail/names.ts";
import { addressOf } from "../../xmail/names.ts";
import { patternMatcher } from "../../xmail/pattern.ts";
import { found, partsOf } from "./finding-accounts.ts";
import { entriesAt, type Journey, say } from "./journey.ts";

/** Entries of `filters.in.tab` or `filters.out.tab` that are for this mail; their programs are not run. */
export async function sayFilters(
  journey: Journey,
  way: "in" | "out",
  to: AccountRef | null = null,
): Promise<void> {
  const { ctx, peer } = journey;
  const format = way === "in" ? FILES.filtersIn : FILES.filtersOut;
  const file = format.path;
  const entries = (await entriesAt(ctx, file, format)) ?? [];
  const sender = entries.length === 0 ? "" : await realSender(journey);
  const recipient = addressOf(to ?? journey.recipient);
  let any = false;
  for (const { line, cells } of entries) {
    const [from = "", rcpt = "", remote = "", local = "", filter] = cells;
    const range = readRange(remote, null);
    const own = readRange(local, null);
    if (filter === undefined || !range || !own || !rangeMatches(range, peer)) continue;
    if (!patternMatcher(from)(sender) || !patternMatcher(rcpt)(recipient)) continue;
    any = true;
    // Which of its addresses the server will be reached by is not known.
    say(journey, bitsOf(own.mask) === 0 ? "filterRuns" : "filterMaybe", { file, line }, { filter, local });
  }
  if (!any) say(journey, "filtersNone", { file });
}

/** XMail looks with the address of the account when the sender is one of its own. */
async function realSender({ ctx, sender }: Journey): Promise<string> {
  const ref = partsOf(sender);
  const account = ref && (await found(ctx, ref));
  return account ? addressOf(account) : sender;
}
