import { because, by, type Cover } from "./cover.ts";

const TEXT: Cover = { ...by("file.*"), tests: ["test/unit/operations/server-settings.test.ts#file"] };

/** What lies in a MailRoot and is no table. */
export const PLAIN_FILES = {
  dnsroots: TEXT,
  "message.id": { ...by("file.get"), because: "books" },
  ".shutdown": by("service.stop"),
  ".psync-trigger": by("service.fetchNow"),
  "XMail.pid": { ...by("service.status"), because: "books" },
  "server.cert and server.key": because("certificates"),
  "certs.pem and certs/": because("certificates"),
  "tabindex/": {
    ...because("books"),
    tests: [
      "test/unit/tab/files.test.ts#tabindex",
      "test/conformance/simulator-recordings.test.ts#simulator",
    ],
  },
  "domains/, cmdaliases/ (folders of domains)": by("domain.add", "domain.remove"),
  "mailbox/ and Maildir/": { ...by("account.get"), because: "logs" },
  ".ipconn (last POP3 sign-in)": by("account.get"),
  "*.disabled (POP3 links that are off)": by("popLink.turn"),
  "spool/": by("spool.*", "spoolJob.*", "removedMessage.*"),
  "logs/": by("log.*"),
  "dnscache/": because("books"),
  "msgsync/": because("books"),
  "pop3locks/ and pop3linklocks/": because("books"),
  "tmp/ and .tmp": because("books"),
} satisfies Record<string, Cover>;
