import type { RowWords } from "./row-words.ts";

const one = "step";

export const stepRows = {
  mailStep: {
    title: "Steps of this account's mail",
    lead: "XMail goes through them from top to bottom for each message. Without any, mail goes to the mailbox.",
    one,
    none: "Mail goes to the mailbox",
    noneText:
      "A step sends it on, or stores it and does more. When the last step is removed, it is like this again.",
  },
  domainMailStep: {
    title: "Steps of all mail to this domain",
    lead: "They run for every account of the domain, before the account's own steps. With any step here, nothing is stored unless a step says so.",
    one,
    none: "Nothing runs for the whole domain",
    noneText:
      "With a first step here, accounts without steps of their own keep mail only if “Store in the mailbox” is among them.",
  },
  commandAliasStep: {
    title: "Steps of this address",
    lead: "XMail goes through them from top to bottom for each message to the address. With the last one the address goes.",
    one,
    none: "This address does not exist yet",
    noneText: "Its first step makes it.",
  },
  customDomainStep: {
    title: "Steps of this custom domain",
    lead: "XMail goes through them from top to bottom for each message. With the last one the custom domain goes.",
    one,
    none: "This custom domain does not exist yet",
    noneText: "Its first step makes it.",
  },
} satisfies Record<string, RowWords>;
