import { fail } from "../errors/error.ts";
import { parseStatus } from "./reply-parser.ts";

export interface Greeting {
  /** `<…>` with its brackets, a byte string; the digest is made of it. */
  readonly challenge: string;
  /** Like `XMail 1.27`; free text of the server. */
  readonly version: string;
  /** Address of our end of the connection. */
  readonly from?: string;
}

/**
 * The first line after connecting. It may be a refusal instead: `XMAIL_BUSY` (too many sessions),
 * `XMAIL_LOGIN_REFUSED` (this address is not welcome); `XMAIL_PROTOCOL` when it is not XMail at all.
 */
export function parseGreeting(line: string): Greeting {
  const status = parseStatus(line);
  if (!status.ok) return refuseConnection(status.code, status.text);
  const open = status.text.indexOf("<");
  const close = status.text.indexOf(">", open + 1);
  if (open < 0 || close < 0) return fail("XMAIL_PROTOCOL", "XMail's greeting has no challenge.");
  const rest = status.text.slice(close + 1).trim();
  return {
    challenge: status.text.slice(open, close + 1),
    version: (/^(.*?) CTRL Server/.exec(rest)?.[1] ?? rest).trim(),
  };
}

function refuseConnection(xmailCode: number, xmailText: string): never {
  const internal = { xmailCode, xmailText };
  if (xmailCode === 129) return fail("XMAIL_BUSY", undefined, { internal });
  if (xmailCode === 130) {
    const message = "XMail does not take control connections from this address; see ctrl.ipmap.tab.";
    return fail("XMAIL_LOGIN_REFUSED", message, { internal });
  }
  return fail("XMAIL_REFUSED", `XMail refused the connection with number ${xmailCode}.`, { internal });
}
