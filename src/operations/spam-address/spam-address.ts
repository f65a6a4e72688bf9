import { problemsOf, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { foldName } from "../../xmail/names.ts";
import { rowOperations } from "../rows/row-operations.ts";

const SenderPattern = Type.String({
  minLength: 1,
  maxLength: 320,
  pattern: "^[!#-\\[\\]-~]+$",
  description: "A sender's address, or a pattern: * stands for any letters, ? for one, as in *@example.com",
  "x-rule": "sender-pattern",
});

/** `spam-address.tab`: XMail refuses `MAIL FROM` these; the `From:` of a message is not looked at. */
export const spamAddress = rowOperations({
  noun: "spamAddress",
  one: "banned sender",
  many: "banned senders",
  http: "/banned-senders",
  format: FILES.spamAddresses,
  key: {},
  fields: { pattern: SenderPattern },
  secrets: [],
  switchable: true,
  target: () => SERVER,
  place: () => FILES.spamAddresses.path,
  read: ([pattern]) =>
    pattern === undefined || problemsOf(SenderPattern, pattern).length > 0 ? null : { pattern },
  write: ({ pattern }, was) => [pattern, ...(was ?? []).slice(1)],
  keyOf: ({ pattern }) => foldName(pattern),
});
