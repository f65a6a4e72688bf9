import type { ErrorCode } from "../../../errors/codes.ts";

/** What went wrong, and what to do about it. */
export interface ErrorWords {
  readonly title: string;
  readonly advice: string;
}

export const errors: Readonly<Record<ErrorCode, ErrorWords>> = {
  UNAUTHENTICATED: {
    title: "Sign in first",
    advice: "Your sign-in has ended, or you have not signed in yet.",
  },
  INVALID_INPUT: { title: "Nothing was saved", advice: "Some fields need a change." },
  FORBIDDEN: {
    title: "You may not do this",
    advice: "Your role does not include it. Ask a master administrator.",
  },
  LOOKS_ONLY: {
    title: "You may look, and save nothing",
    advice: "Guests, and whoever looks at the panel as somebody else, cannot save. Nothing was changed.",
  },
  PROVE_AGAIN: {
    title: "Show again that it is you",
    advice: "This is a dangerous step, and you signed in a while ago. Type your password again.",
  },
  REASON_NEEDED: {
    title: "Say why you open this mail",
    advice: "It belongs to somebody else. Your reason is kept, and the owner can see it.",
  },
  LIMIT_REACHED: {
    title: "The limit set for you is reached",
    advice: "Remove something first, or ask whoever set the limit for more.",
  },
  NOT_FOUND: {
    title: "There is nothing here",
    advice: "The address is wrong, or what stood here was removed.",
  },
  METHOD_NOT_ALLOWED: {
    title: "This address works differently",
    advice: "It only takes a form that was sent from its page. Go back and use the button there.",
  },
  NOT_ACCEPTABLE: {
    title: "This cannot be answered in the form you ask for",
    advice: "Ask for JSON or for a web page.",
  },
  CONFLICT: {
    title: "Somebody else changed this first",
    advice: "Open the page again, look at the new state and repeat your change.",
  },
  BODY_TOO_LARGE: { title: "This is too large", advice: "Send less at once." },
  UNSUPPORTED_MEDIA_TYPE: {
    title: "The form was sent in a way the panel does not know",
    advice: "Open the page again and repeat.",
  },
  MALFORMED_BODY: {
    title: "The form arrived damaged",
    advice: "Open the page again and repeat.",
  },
  CROSS_ORIGIN: {
    title: "This form is too old or came from another site",
    advice: "Nothing was changed. Open the page again and repeat.",
  },
  TOO_MANY_TRIES: { title: "Too many tries", advice: "Wait, then try again. It may take an hour." },
  DOMAIN_EXISTS: {
    title: "This domain exists already",
    advice: "It is a domain or a domain alias of this server. Choose another name.",
  },
  DOMAIN_NOT_FOUND: {
    title: "There is no such domain",
    advice: "It is not a domain of this server. It may have been removed.",
  },
  ACCOUNT_EXISTS: {
    title: "This address is taken",
    advice: "An account or mailing list has this name already. Choose another one.",
  },
  ACCOUNT_NOT_FOUND: {
    title: "There is no such account",
    advice: "Check the spelling. It may have been removed.",
  },
  ALIAS_EXISTS: {
    title: "An alias has this name already",
    advice: "Choose another name, or remove the alias first.",
  },
  ALIAS_NOT_FOUND: { title: "There is no such alias", advice: "It may have been removed." },
  DOMAIN_ALIAS_EXISTS: {
    title: "This domain alias exists already",
    advice: "It leads to a domain already. Remove it first to let it lead elsewhere.",
  },
  DOMAIN_ALIAS_NOT_FOUND: { title: "There is no such domain alias", advice: "It may have been removed." },
  EXTERNAL_ALIAS_EXISTS: {
    title: "This external alias exists already",
    advice: "Choose another address, or remove the external alias first.",
  },
  EXTERNAL_ALIAS_NOT_FOUND: { title: "There is no such external alias", advice: "It may have been removed." },
  LIST_MEMBER_EXISTS: { title: "This address is on the list already", advice: "Nothing needs to be done." },
  LIST_MEMBER_NOT_FOUND: { title: "This address is not on the list", advice: "It may have been removed." },
  NOT_A_LIST: { title: "This account is not a mailing list", advice: "Only mailing lists have members." },
  POP_LINK_EXISTS: {
    title: "This POP3 link exists already",
    advice: "Remove it first, or change another one.",
  },
  POP_LINK_NOT_FOUND: { title: "There is no such POP3 link", advice: "It may have been removed." },
  ENTRY_EXISTS: {
    title: "There is such an entry already",
    advice: "Change that one, or give another value.",
  },
  WOULD_LOCK_OUT: {
    title: "This would lock the panel out",
    advice: "Nothing was changed. Leave the address that the panel itself comes from allowed.",
  },
  NOT_SUSPENDED: { title: "This account is not suspended", advice: "It works already." },
  ALREADY_SUSPENDED: { title: "This account is suspended already", advice: "Nothing needs to be done." },
  NOT_UNDOABLE: {
    title: "This change cannot be taken back",
    advice: "Look at the change in the history: it says what can be done about it.",
  },
  XMAIL_STOPPED: {
    title: "XMail is stopped",
    advice: "Work on its files goes on. What a running XMail is told has to wait until it is started.",
  },
  XMAIL_UNREACHABLE: {
    title: "XMail does not answer",
    advice: "The service may be stopped, or its control port is closed to this panel.",
  },
  XMAIL_LOGIN_REFUSED: {
    title: "XMail refused the control sign-in",
    advice:
      "Account or password of the control connection are wrong, or this address may not use it. See ctrlaccounts.tab and ctrl.ipmap.tab.",
  },
  XMAIL_TIMEOUT: {
    title: "XMail did not answer in time",
    advice: "Look whether the change was made before you repeat it.",
  },
  XMAIL_BUSY: { title: "XMail has too many control sessions", advice: "Try again in a moment." },
  XMAIL_REFUSED: {
    title: "XMail refused the command",
    advice: "The log of the panel holds XMail's reply.",
  },
  XMAIL_OUTCOME_UNKNOWN: {
    title: "It is not known whether the change was made",
    advice:
      "The connection broke before XMail answered. XMail may have made the change: look before you repeat it.",
  },
  XMAIL_HALF_DONE: {
    title: "XMail made only a part of the change",
    advice:
      "Its table has changed, but the folder could not be handled. Look at both on the mail server; the log of the panel holds XMail's reply.",
  },
  XMAIL_PROTOCOL: {
    title: "XMail's answer makes no sense",
    advice: "Something else may listen on the control port. The log of the panel has more.",
  },
  XMAIL_TLS: {
    title: "The secure connection to XMail failed",
    advice: "Check XMail's certificate and the panel's TLS settings. Nothing was sent.",
  },
  VALUE_NOT_SENDABLE: {
    title: "XMail's control protocol cannot carry this value",
    advice: "Use fewer or plainer characters.",
  },
  CELL_NOT_WRITABLE: {
    title: "XMail's tables cannot hold this value",
    advice: "Leave out tabs, line breaks and a backslash at the end.",
  },
  STORAGE_NOT_FOUND: {
    title: "A file of XMail is missing",
    advice: "Check that the panel looks at the right MailRoot. Its log names the file.",
  },
  STORAGE_EXISTS: { title: "The file exists already", advice: "Choose another name." },
  STORAGE_PATH: { title: "This is not a usable path", advice: "Use plain names without special characters." },
  STORAGE_DENIED: {
    title: "The panel may not open XMail's files",
    advice: "Give its user the rights to the MailRoot. The log names the file.",
  },
  STORAGE_UNSUPPORTED: {
    title: "This storage cannot do that",
    advice: "The panel's settings name a storage that lacks it.",
  },
  STORAGE_FAILED: {
    title: "The storage failed",
    advice: "Try again. If it stays, look at the disk and at the log of the panel.",
  },
  STORAGE_LOCKED: { title: "Another process is changing this", advice: "Try again in a moment." },
  FILE_CHANGED: {
    title: "The file changed while it was being edited",
    advice: "Nothing was overwritten. Try again.",
  },
  SERVICE_FAILED: {
    title: "The command for the service failed",
    advice: "The log says what it answered. Look whether XMail runs before you try again.",
  },
  BAD_CONFIG: {
    title: "The panel is not set up correctly",
    advice: "The log of the panel names the setting.",
  },
  ABORTED: { title: "The work was stopped", advice: "Look what was done before you repeat it." },
  INTERNAL: {
    title: "Something went wrong in the panel",
    advice: "This is our fault. The log of the panel has the details under the number below.",
  },
};
