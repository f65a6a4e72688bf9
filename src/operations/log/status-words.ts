import type { LogStatus } from "../../xmail/log-status.ts";

/** What a status means, and what to do next. */
export interface StatusWords {
  readonly words: string;
  /** `null` where nothing needs doing. */
  readonly next: string | null;
}

const ok = (words: string): StatusWords => ({ words, next: null });
const told = (words: string, next: string): StatusWords => ({ words, next });

/** In English, for API and command line; the panel has them in each of its languages. */
export const STATUS_WORDS: Readonly<Record<LogStatus, StatusWords>> = {
  "RECV=OK": ok("The message was taken in."),
  "RCPT=OK": ok("The recipient was accepted."),
  "RCPT=EAVAIL": told(
    "There is no such mailbox.",
    "Look for a typing error; add the account or an alias if mail should arrive.",
  ),
  "RCPT=ERELAY": told(
    "The recipient is elsewhere, and the sender had not signed in.",
    "Switch on SMTP sign-in in the mail program; for a device without it add its address under Relay without sign-in.",
  ),
  "RCPT=EDSBL": told("The account takes no mail: it is suspended.", "Resume the account if it should."),
  "RCPT=EACCESS": told("Only members may write to this list.", "Add the sender to the list, or open it."),
  "RCPT=EFULL": told("The mailbox is full.", "Raise its limit, or have its owner fetch or delete mail."),
  "RCPT=ENBR": told(
    "More recipients at once than allowed.",
    "Send in smaller groups, use a mailing list, or raise the limit.",
  ),
  "RCPT=ESYNTAX": told("The recipient is no mail address.", "Correct the address in the mail program."),
  "RCPT=EFILTER": told("A filter refused this recipient.", "See the filters log for the program that did."),
  "DATA=EFILTER": told("A filter refused the message.", "See the filters log for the program that did."),
  "PREDATA=EFILTER": told(
    "A filter refused the message before it was sent.",
    "See the filters log for the program that did.",
  ),
  "POSTDATA=EFILTER": told(
    "A filter refused the message after reading it.",
    "See the filters log for the program that did.",
  ),
  "SNDR=ESPAM": told(
    "The sender is a banned sender.",
    "If the mail was wanted, remove the pattern under Banned senders.",
  ),
  "SNDR=EEMPTY": told(
    "No sender was given, which this server refuses.",
    "Bounces come without a sender: allow them, if they are missed.",
  ),
  "SNDR=ESYNTAX": told("The sender is no mail address.", "Correct the sender in the program that sends."),
  "SNDR=ENODNS": told(
    "The sender's domain takes no mail.",
    "Its administrator must correct the MX record; until then allow its client under Exceptions.",
  ),
  "SNDRIP=EIPBAN": told("The client may not connect.", "If it should, change the access rules of SMTP."),
  "SNDRIP=EIPSPAM": told(
    "The client is a banned address.",
    "If the mail was wanted, remove it under Banned addresses.",
  ),
  "SNDRIP=EIPMAP": told(
    "The client is on a public block list.",
    "Its administrator must have it taken off; until then allow it under Exceptions.",
  ),
  "SNDRIP=ERDNS": told(
    "The client's address has no name.",
    "Its administrator must add a PTR record; until then allow it under Exceptions.",
  ),
  "AUTH=EFAIL": told(
    "A sign-in to send mail failed.",
    "Once is a typing error; many of one address are guessing: ban the address.",
  ),
  "SIZE=EBIG": told(
    "The message is larger than allowed.",
    "Send the file in another way, or raise the limit of the server or account.",
  ),
  "SMTP=EERRS": told(
    "The client was cut off after too many errors.",
    "Mostly somebody who tries out addresses: ban the address if it goes on.",
  ),
  "SMTP=ESSL": told(
    "No secure connection came about.",
    "Check certificate and TLS settings, and that the client speaks TLS 1.2 or later.",
  ),
  "VRFY=EACCESS": ok("Somebody asked whether a mailbox exists, and was not told."),
  "ETRN=EACCESS": ok("Somebody asked to have the queue sent, and was refused."),
  LOGIN: ok("Signed in to fetch mail."),
  ELOGIN: told(
    "A sign-in to fetch mail failed.",
    "Once is a typing error; many of one address are guessing: ban the address.",
  ),
  LOCAL: ok("Put into the mailbox."),
  REDIR: ok("Passed on to another address."),
  LREDIR: ok("Passed on to another address, with this server as sender."),
  EXTRN: ok("Given to a program."),
  FILTER: ok("Given to a filter of the account."),
  SMTP: ok("Sent to the server of the recipient."),
  FWD: ok("Sent by a forwarding rule."),
  RLYS: ok("Sent by the server that the account's steps name."),
  TAKEN: ok("A message of a program on this machine was taken in."),
  ASKED: ok("Somebody asked the Finger service."),
  "SYNC=OK": ok("Mail was fetched from elsewhere."),
  "SYNC=EFAIL": told(
    "Mail could not be fetched from elsewhere.",
    "Check server, name and password of the link.",
  ),
  REQ: ok("Somebody began a control sign-in."),
  AUTH: ok("Signed in to the control port."),
  FAIL: told(
    "A control sign-in failed.",
    "If nobody of yours did it, close the control port to the outside.",
  ),
  PASSED: ok("A filter let it pass."),
  CHANGED: ok("A filter changed the message."),
  REFUSED: told("A filter refused it.", "If it was wanted, look at the program of the filter."),
  EXCL: ok("The filter was left out for who had signed in."),
  WLISTED: ok("The filter was left out for an address on its white list."),
  FAILED: told(
    "A filter could not be run, or ended badly.",
    "Check that its program exists, may be run, and ends in time.",
  ),
};
