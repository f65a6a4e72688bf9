import { Type } from "../../kernel/schema.ts";
import { ExistingAccount, ExistingDomain } from "../fields.ts";

const StoredMessageId = Type.String({
  pattern: "^(?:new|cur|box)_[\\x21-\\x2d\\x30-\\x5b\\x5d-\\x7e][\\x21-\\x2e\\x30-\\x5b\\x5d-\\x7e]{0,229}$",
  description: "A message as the list of the mailbox names it",
  "x-rule": "mail-message",
});

export const messageKey = { domain: ExistingDomain, name: ExistingAccount, message: StoredMessageId };

export const GONE = "This message is not in the mailbox any more.";
