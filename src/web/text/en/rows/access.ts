import type { RowWords } from "./row-words.ts";

const order =
  "The first rule that matches decides, from the top; without one everybody may connect. A change counts for the next connection.";

export const accessRows = {
  smtpAccess: {
    title: "Access to SMTP",
    lead: `Who may connect to deliver or send mail. ${order}`,
    one: "rule",
    none: "Everybody may connect to SMTP",
    noneText: "That is right for most servers. A rule that denies also keeps out who would sign in or relay.",
  },
  pop3Access: {
    title: "Access to POP3",
    lead: `Who may connect to fetch mail. ${order}`,
    one: "rule",
    none: "Everybody may connect to POP3",
    noneText: "Add a rule to keep addresses out, or to let only some in.",
  },
  ctrlAccess: {
    title: "Access to the control port",
    lead: `Who may connect to administer XMail, xmailcfg too: nothing that would lock it out is saved. ${order}`,
    one: "rule",
    none: "Everybody may connect to the control port",
    noneText: "Allow your own addresses, then deny 0.0.0.0/0.",
  },
  fingerAccess: {
    title: "Access to FINGER",
    lead: `Who may ask for the names of account owners. ${order}`,
    one: "rule",
    none: "Everybody may ask FINGER",
    noneText: "Few servers need FINGER. Deny ::/0 to close it.",
  },
  accountAccess: {
    title: "POP3 access to the account",
    lead: `Who may sign in to this account by POP3, after the rules of the server. ${order}`,
    one: "rule",
    none: "The account may be used from everywhere",
    noneText: "Allow the addresses it is used from, then deny 0.0.0.0/0.",
  },
  relay: {
    title: "Relay without sign-in",
    lead: "Who may send mail to other servers through this one without signing in. Keep it short: who signs in needs no entry. A change counts at once.",
    one: "relay rule",
    none: "Nobody may relay without signing in",
    noneText:
      "That is safe. Add machines that cannot sign in, such as 127.0.0.1 for programs on this server.",
  },
  spammer: {
    title: "Banned addresses",
    lead: "Clients whose mail is not wanted. The first entry that matches decides. A change counts at once.",
    one: "banned address",
    none: "No address is banned",
    noneText: "Ban an address to refuse all mail that comes from it.",
  },
  ipProperty: {
    title: "Exceptions by address",
    lead: "What is different for SMTP clients from some addresses. The first entry that matches says all of it.",
    one: "exception",
    none: "All addresses are treated alike",
    noneText: "Add a trusted network, such as your own mail gateway.",
  },
  hostProperty: {
    title: "Exceptions by name",
    lead: "What is different for SMTP clients by their name. With any entry XMail looks up the name of every client, which takes time, and refuses who has none.",
    one: "exception",
    none: "All names are treated alike",
    noneText: "Prefer exceptions by address: they need no look-up.",
  },
} satisfies Record<string, RowWords>;
