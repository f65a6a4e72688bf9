import type { RowWords } from "./row-words.ts";

export const sendingRows = {
  smtpAccount: {
    title: "Sending accounts",
    lead: "Names that may sign in to SMTP without being mail accounts: printers, programs, other servers. A change counts at the next sign-in.",
    one: "sending account",
    none: "Only mail accounts sign in to SMTP",
    noneText: "Add a name and password for a machine or program that sends mail but gets none.",
  },
  smtpCheck: {
    title: "SMTP sign-in programs",
    lead: "Programs that check who signs in to SMTP, one for each method. With any entry, XMail's own methods are gone.",
    one: "sign-in program",
    none: "XMail checks SMTP passwords itself",
    noneText: "Add a program only if passwords are kept somewhere else.",
  },
  sourceRoute: {
    title: "Source routes",
    lead: "Mail to these domains is addressed through other servers. The first line that fits decides. Forwarding rules are what you want nearly always.",
    one: "source route",
    none: "There are no source routes",
    noneText: "Mail is addressed to its recipients directly.",
  },
  forward: {
    title: "Forwarding rules",
    lead: "Mail to these domains goes to the servers named here, instead of those that the DNS names. The first line that fits decides.",
    one: "forwarding rule",
    none: "Mail goes where the DNS says",
    noneText: "Add a rule to send the mail of a domain, or with * all mail, through a server of your choice.",
  },
  clientLoginHost: {
    title: "Sign-ins to other servers",
    lead: "Servers that XMail signs in to before it hands mail over. A server without an entry uses that of its parent domain.",
    one: "server to sign in to",
    none: "XMail signs in to no server",
    noneText: "Add one if your provider's server takes mail only after signing in.",
  },
  clientLogin: {
    title: "Sign-in to a server",
    lead: "The first line decides; the others are spare.",
    one: "sign-in",
    none: "XMail does not sign in to this server",
    noneText: "Add the name and password that the server gave you.",
  },
  popCheckDomain: {
    title: "Account programs",
    lead: "Programs that check passwords for POP3 and are told when accounts change, for each domain, or for all that have none.",
    one: "domain with programs",
    none: "XMail checks POP3 passwords itself",
    noneText: "Add programs only if accounts are kept somewhere else.",
  },
  popCheck: {
    title: "Account programs of a domain",
    lead: "One program for each action. A change counts at the next sign-in.",
    one: "account program",
    none: "No program runs for this domain",
    noneText: "Add a program for an action.",
  },
} satisfies Record<string, RowWords>;
