import { count } from "../format.ts";

const people = (n: number) => (n === 1 ? "1 address" : `${count(n)} addresses`);

/** Steps, forwarding, members of lists, fetching from elsewhere, and the rarer kinds of aliases. */
export const mailWords = {
  steps: {
    addProgram: "Add a program",
    hiddenProgram: "A program of the administrator",
    anyOrder: "{servers} (in any order)",
    deadEnd: "{address} is of a domain here, but reaches nobody.",
    warnings: {
      "nothing-delivers": "No step stores mail or sends it on: all of it is lost without a trace.",
      "no-mailbox":
        "There is no step “Store in the mailbox”: accounts without steps of their own keep no mail. What no step sends on is lost without a trace.",
      "filter-before-mailbox":
        "A filter stands before “Store in the mailbox”. When it stops the list (code 16, or killed), the mail vanishes.",
    },
  },
  forwarding: {
    lead: "Mail to this account goes to these addresses as well, or to them alone. The sender stays as it is.",
    save: "Save",
    allSteps: "All steps of this account's mail",
    notSimple:
      "This account's mail goes through more than forwarding. The list of its steps shows and changes all of it.",
  },
  vacation: {
    lead: "While its owner is away, this account answers mail that people write to it. The mail itself is delivered as before.",
    rules:
      "Lists, newsletters and other programs get no answer, and nobody gets it again before the days are over.",
    when: "When",
    answer: "Answer",
    save: "Save",
    unavailable:
      "Nothing answers mail here: the configuration names no program for it. The administrator of the server gives xmail.answerProgram.",
    stillOn:
      "The configuration names no program that answers mail any more, but this account still starts the earlier one. You can turn it off.",
  },
  members: {
    title: "Members",
    lead: "They get what is sent to the list. Who may post is a setting of the list.",
    none: "This list has no members",
    noneText: "Mail to it reaches nobody.",
    noSender:
      "No sender of copies (ListSender) is set: bounces go to whoever posted. Set it on the page of variables.",
    address: "Address",
    rights: "Rights",
    add: "Add a member",
    addMany: "Add many",
    addManyLead:
      "One member a line, as an address or as CSV with the rights behind it. Lines that cannot be added are named; the others are added all at once.",
    changeTitle: "Rights of {name}",
    removeTitle: "Take {name} off the list?",
    removeText: "It gets no more mail of the list.",
    tryFirst: "Try, change nothing",
    addNow: "Add them",
    wouldAdd: (n: number) => `${people(n)} would be added.`,
    wereAdded: (n: number) => (n === 1 ? "1 address was added." : `${count(n)} addresses were added.`),
    others: (already: number, wrong: number) =>
      `On the list already or twice: ${count(already)}. Not understood: ${count(wrong)}.`,
    report: "Lines that add nobody",
    line: "Line",
    text: "Text",
    outcome: "Why",
    outcomes: {
      already: "On the list already",
      twice: "Twice in these lines",
      "no-address": "No mail address",
      "no-rights": "Rights must be R, RW or RA",
    },
  },
  popLinks: {
    title: "Fetch from elsewhere",
    lead: "XMail fetches mail from these mailboxes at its interval, 120 seconds unless it was started otherwise.",
    none: "Nothing is fetched",
    noneText: "A link lets XMail fetch the mail of a mailbox at a provider.",
    add: "Add a link",
    from: "Mailbox there",
    to: "Goes to",
    how: "How",
    ways: "encryption: {tls}, sign-in: {method}",
    left: "mail stays there",
    changeTitle: "How mail of {name} is fetched",
    changeLead: "An empty password leaves it as it is.",
    removeTitle: "No longer fetch mail of {name}?",
    removeText:
      "What was fetched stays here, and what is there stays there. XMail forgets which mail it has seen.",
  },
  externalAliases: {
    title: "External aliases",
    lead: "When an account here writes to accounts here, XMail takes its address elsewhere for the one here, so that answers stay inside.",
    none: "No address elsewhere stands for an account",
    noneText: "Useful where people keep an address at a provider, and mail among them stays on this server.",
    add: "Add an external alias",
    remote: "Address elsewhere",
    local: "Account here",
    removeTitle: "No longer take {name} for an account here?",
    removeText: "Answers to it leave this server again.",
  },
  commandAliases: {
    title: "Command aliases",
    lead: "Addresses whose mail goes through steps. They come first: an account or alias of the same name gets no mail.",
    none: "This domain has no command aliases",
    noneText: "One sends the mail of an address on to several others, to another server, or to a program.",
    add: "Add a command alias",
    addLead: "The first step makes it. It would take the mail of an account or alias of the same name.",
    toSteps: "To its steps",
    alias: "Address",
    steps: "Steps",
    takes: "Takes the mail of an account or alias",
    removeTitle: "Remove {name}?",
    removeText: "Its steps go, and mail to it is refused.",
  },
  customDomains: {
    title: "Custom domains",
    lead: "Mail to these domains, which are not of this server, goes through steps instead of to the server that the DNS names.",
    none: "There are no custom domains",
    noneText:
      "One sends the mail of a domain to a server of your choice, as for a backup of another mail server.",
    add: "Add a custom domain",
    addLead:
      "The first step makes it. A name like .example.com covers what is below example.com; * is all that has no steps of its own.",
    domain: "Domain",
    covers: "Covers",
    one: "this domain alone",
    below: "all domains below it",
    all: "all that has none of its own",
    which: "Which steps does mail to this domain take?",
    isLocal: "{domain} is a domain of this server: no custom domain counts.",
    noneApplies: "No custom domain counts for {domain}: its mail goes the ordinary way.",
    applies: "Mail to {domain} goes through the steps of {file}.",
    removeTitle: "Remove the steps of {name}?",
    removeText: "Mail to it goes through the steps of a domain above it, or the ordinary way.",
  },
};
