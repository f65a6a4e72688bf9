/**
 * The logs that XMail writes, and the columns of a line of each, in their order (`samples/README.md` of the server's
 * own files). Columns that mean the same have the same name in all of them.
 */
export const LOG_COLUMNS = {
  smtp: [
    "host",
    "serverDomain",
    "ip",
    "time",
    "helo",
    "destination",
    "sender",
    "recipient",
    "id",
    "status",
    "user",
    "size",
    "clientHost",
  ],
  pop3: ["host", "domain", "ip", "time", "user", "password", "status", "messages", "size"],
  smail: [
    "serverDomain",
    "spoolFile",
    "id",
    "sender",
    "recipient",
    "medium",
    "parameter",
    "time",
    "remoteId",
  ],
  lmail: ["serverDomain", "spoolFile", "id", "time"],
  finger: ["host", "serverDomain", "ip", "time", "query"],
  psync: [
    "time",
    "domain",
    "user",
    "remoteHost",
    "remoteUser",
    "options",
    "status",
    "messages",
    "size",
    "failedMessages",
    "failedSize",
  ],
  ctrl: ["ip", "user", "password", "time", "status"],
  filters: [
    "sender",
    "recipient",
    "localIp",
    "ip",
    "time",
    "stage",
    "info",
    "started",
    "exitCode",
    "command",
  ],
} as const;

export type LogKind = keyof typeof LOG_COLUMNS;
export type LogColumn = (typeof LOG_COLUMNS)[LogKind][number];

export const LOG_KINDS = Object.keys(LOG_COLUMNS) as readonly LogKind[];

/** What is never told, in no output: XMail writes what people typed when they signed in. */
export const SECRET_COLUMNS: ReadonlySet<LogColumn> = new Set<LogColumn>(["password"]);
