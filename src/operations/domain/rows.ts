import { Type } from "../../kernel/schema.ts";
import { Bytes, Count, fields } from "../fields.ts";

/** What goes when a domain goes; `DomainHoldings` of the port. */
export const Holdings = fields({
  accounts: Count,
  lists: Count,
  aliases: Count,
  domainAliases: Count,
  externalAliases: Count,
  popLinks: Count,
  commandAliases: Count,
  ownSteps: Type.Boolean({ description: "Whether the domain has a mailproc.tab" }),
  foreignAliases: Type.Integer({
    minimum: 0,
    description: "Aliases of other domains that lead here: they stay, and lead nowhere",
  }),
  messages: Count,
  bytes: Bytes,
});
