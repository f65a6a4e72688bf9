/**
 * Every error this project raises: the HTTP status it becomes, its fixed title, and whether the same call may
 * succeed later. Each code has a heading in `docs/errors.md` and a sentence in `web/text/`; tests compare all three.
 */
export const ERROR_CODES = {
  // the caller
  UNAUTHENTICATED: { status: 401, title: "Sign in first", retryable: false },
  INVALID_INPUT: { status: 422, title: "The input is not valid", retryable: false },
  FORBIDDEN: { status: 403, title: "You may not do this", retryable: false },
  NOT_FOUND: { status: 404, title: "There is nothing here", retryable: false },
  METHOD_NOT_ALLOWED: { status: 405, title: "This address does not take that method", retryable: false },
  NOT_ACCEPTABLE: { status: 406, title: "This cannot be answered in the form you ask for", retryable: false },
  CONFLICT: { status: 409, title: "Somebody else changed this first", retryable: false },
  BODY_TOO_LARGE: { status: 413, title: "The request is too large", retryable: false },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: "The request body has the wrong type", retryable: false },
  MALFORMED_BODY: { status: 400, title: "The request body cannot be read", retryable: false },
  CROSS_ORIGIN: { status: 403, title: "The request came from another site", retryable: false },
  TOO_MANY_TRIES: { status: 429, title: "Too many tries, wait a little", retryable: true },
  // XMail's things
  DOMAIN_EXISTS: { status: 409, title: "The domain exists already", retryable: false },
  DOMAIN_NOT_FOUND: { status: 404, title: "There is no such domain", retryable: false },
  ACCOUNT_EXISTS: { status: 409, title: "The account exists already", retryable: false },
  ACCOUNT_NOT_FOUND: { status: 404, title: "There is no such account", retryable: false },
  ALIAS_EXISTS: { status: 409, title: "The alias exists already", retryable: false },
  ALIAS_NOT_FOUND: { status: 404, title: "There is no such alias", retryable: false },
  DOMAIN_ALIAS_EXISTS: { status: 409, title: "The domain alias exists already", retryable: false },
  DOMAIN_ALIAS_NOT_FOUND: { status: 404, title: "There is no such domain alias", retryable: false },
  EXTERNAL_ALIAS_EXISTS: { status: 409, title: "The external alias exists already", retryable: false },
  EXTERNAL_ALIAS_NOT_FOUND: { status: 404, title: "There is no such external alias", retryable: false },
  LIST_MEMBER_EXISTS: { status: 409, title: "The address is on the mailing list already", retryable: false },
  LIST_MEMBER_NOT_FOUND: { status: 404, title: "The address is not on the mailing list", retryable: false },
  NOT_A_LIST: { status: 409, title: "The account is not a mailing list", retryable: false },
  POP_LINK_EXISTS: { status: 409, title: "The POP3 link exists already", retryable: false },
  POP_LINK_NOT_FOUND: { status: 404, title: "There is no such POP3 link", retryable: false },
  NOT_SUSPENDED: { status: 409, title: "The account is not suspended", retryable: false },
  ALREADY_SUSPENDED: { status: 409, title: "The account is suspended already", retryable: false },
  ENTRY_EXISTS: { status: 409, title: "There is such an entry already", retryable: false },
  WOULD_LOCK_OUT: { status: 409, title: "This would lock xmailcfg out", retryable: false },
  NOT_UNDOABLE: { status: 409, title: "This change cannot be taken back", retryable: false },
  // the line to XMail
  XMAIL_STOPPED: { status: 409, title: "XMail is stopped", retryable: false },
  XMAIL_UNREACHABLE: { status: 502, title: "XMail does not answer", retryable: true },
  XMAIL_LOGIN_REFUSED: { status: 502, title: "XMail refused the control sign-in", retryable: false },
  XMAIL_TIMEOUT: { status: 504, title: "XMail did not answer in time", retryable: true },
  XMAIL_BUSY: { status: 503, title: "XMail has too many control sessions", retryable: true },
  XMAIL_REFUSED: { status: 502, title: "XMail refused the command", retryable: false },
  XMAIL_OUTCOME_UNKNOWN: {
    status: 502,
    title: "Whether XMail made the change is not known",
    retryable: false,
  },
  XMAIL_HALF_DONE: { status: 502, title: "XMail made only a part of the change", retryable: false },
  XMAIL_PROTOCOL: { status: 502, title: "XMail's answer makes no sense", retryable: false },
  XMAIL_TLS: { status: 502, title: "The secure connection to XMail failed", retryable: false },
  VALUE_NOT_SENDABLE: {
    status: 422,
    title: "XMail's control protocol cannot carry this value",
    retryable: false,
  },
  // files
  CELL_NOT_WRITABLE: { status: 422, title: "A table of XMail cannot hold this value", retryable: false },
  STORAGE_NOT_FOUND: { status: 404, title: "The file does not exist", retryable: false },
  STORAGE_EXISTS: { status: 409, title: "The file exists already", retryable: false },
  STORAGE_PATH: { status: 422, title: "This is not a usable path", retryable: false },
  STORAGE_DENIED: { status: 500, title: "The storage denies access", retryable: false },
  STORAGE_UNSUPPORTED: { status: 501, title: "This storage cannot do that", retryable: false },
  STORAGE_FAILED: { status: 500, title: "The storage failed", retryable: true },
  STORAGE_LOCKED: { status: 503, title: "Another process is changing this", retryable: true },
  FILE_CHANGED: { status: 409, title: "The file changed while it was being edited", retryable: true },
  // ourselves
  SERVICE_FAILED: { status: 502, title: "The command for the service failed", retryable: false },
  BAD_CONFIG: { status: 500, title: "The configuration is not valid", retryable: false },
  ABORTED: { status: 499, title: "The work was stopped", retryable: true },
  INTERNAL: { status: 500, title: "Something went wrong in xmailcfg", retryable: false },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

export type ErrorCode = keyof typeof ERROR_CODES;
