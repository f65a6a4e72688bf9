import type { Static } from "../../kernel/schema.ts";
import { decodeWords } from "../../settings/encoded-words.ts";
import type { AccountRow, MailboxUsage, Variables } from "../../xmail/accounts.ts";
import { addressOf } from "../../xmail/names.ts";
import type { AccountSummary } from "./rows.ts";
import { isSuspended, servicesOf } from "./services.ts";

const BYTES_PER_KB = 1024;

/** What XMail knows of one account, in the words of the list and the detail page. */
export function summaryOf(
  row: AccountRow,
  variables: Variables,
  usage: MailboxUsage,
): Static<typeof AccountSummary> {
  return {
    address: addressOf(row),
    domain: row.domain,
    name: row.name,
    kind: row.kind,
    realName: decodeWords(variables.get("RealName") ?? ""),
    suspended: isSuspended(variables),
    services: servicesOf(variables),
    mailbox: { bytes: usage.bytes, messages: usage.messages, limitBytes: limitOf(variables) },
    lastLogin: usage.lastLogin && {
      at: usage.lastLogin.at.toISOString(),
      address: usage.lastLogin.address,
    },
  };
}

/** `MaxMBSize` is in kB; absent or 0 is no limit. */
function limitOf(variables: Variables): number | null {
  const limit = Number.parseInt(variables.get("MaxMBSize") ?? "0", 10);
  return limit > 0 ? limit * BYTES_PER_KB : null;
}
