import { count } from "../format.ts";

/** Pages about aliases, and where mail goes. */
export const aliasesWords = {
  aliases: {
    title: "Aliases",
    lead: (n: number) => (n === 1 ? "1 alias" : `${count(n)} aliases`),
    found: (n: number) => (n === 1 ? "1 alias matches" : `${count(n)} aliases match`),
    order:
      "XMail asks in this order: an account of that name, an exact alias, then the pattern with the longest text. Within its domain a single * comes last.",
    add: "Add alias",
    caption: "Aliases, in the order XMail tries them within a domain",
    alias: "Alias",
    matches: "Matches",
    target: "Delivers to",
    kinds: { exact: "One address", pattern: "Pattern", "catch-all": "All other mail" },
    remove: "Remove…",
    removeLabel: "Remove alias {name}",
    none: "No aliases yet",
    noneText: "An alias is a second address of an account, such as info for hana.",
    noMatch: "No alias contains “{text}”",
    noMatchFilter: "No alias matches these filters",
    route: "Where does mail to an address go?",
  },
  aliasAdd: { title: "Add alias", button: "Add alias" },
  aliasRemove: {
    title: "Remove the alias {name}?",
    text: "Mail to it no longer reaches {target}. The account stays, and you can add the alias again.",
    textUnknown: "The account it leads to stays, and you can add the alias again.",
    button: "Remove alias",
  },
  mailRoute: {
    title: "Where mail goes",
    lead: "Type an address and see which account gets its mail, and why.",
    button: "Follow it",
    reaches: "Mail to {address} reaches {target}",
    nobody: "Mail to {address} reaches no account",
    notHere: "{address} is in no domain of this server",
    notHereText:
      "XMail would pass such mail on to the server of that domain, if the sender may relay. Custom domains are not looked at here.",
    nobodyText:
      "No account or alias takes it; command aliases and custom domains are not looked at here. Add an account or an alias of that name to change this.",
    steps: "How XMail decides",
    domainFound: "{found} is a domain of this server",
    domainNot: "It is not a domain of this server",
    domainAliasFound: "The domain alias {alias} leads to {domain}",
    domainAliasNot: "No domain alias matches",
    accountFound: "There is an account {found}",
    accountNot: "There is no account of that name",
    aliasFound: "The alias {found} matches",
    aliasNot: "No alias matches",
    asks: {
      domain: "Domains",
      "domain-alias": "Domain aliases",
      account: "Accounts",
      alias: "Aliases",
    },
  },
};
