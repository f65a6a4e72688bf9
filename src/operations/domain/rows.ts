import { Bytes, Count, fields } from "../fields.ts";

/** What goes when a domain goes; `DomainHoldings` of the port. */
export const Holdings = fields({
  accounts: Count,
  lists: Count,
  aliases: Count,
  domainAliases: Count,
  externalAliases: Count,
  popLinks: Count,
  messages: Count,
  bytes: Bytes,
});
