const first = {
  look: {
    title: "See who sends",
    text: "Look at the queue by signed-in account. A stolen account stands at the top, with thousands of messages to strangers.",
  },
  suspend: {
    title: "Suspend the account",
    text: "Nobody signs in with it any more, and its mail and settings stay. The rescue leads through this and the steps below, and remembers how far you are.",
  },
  hold: {
    title: "Hold what waits",
    text: "In the queue, filter for the account and hold its messages. Nothing is lost, and innocent mail can be released later.",
  },
  stop: {
    title: "If you cannot tell who it is, stop XMail",
    text: "Other servers keep their mail and try again for days. An hour without mail does less harm than an hour of spam.",
  },
};

const next = {
  password: {
    title: "Set a new password",
    text: "A long one that was used nowhere else. End the sessions of the owner, too: a new password alone does not.",
  },
  traces: {
    title: "Find out from where",
    text: "The signs of abuse name addresses that guess passwords, and accounts that are used from many networks. Look for further accounts that were guessed.",
  },
  ban: {
    title: "Ban these addresses",
    text: "It helps for a while. Whoever guesses has many addresses, so the password is what counts.",
  },
  clean: {
    title: "Sort the queue",
    text: "Delete the spam by its subject or sender; look at samples of both sides first. Deleted messages can be put back for 30 days. Release the others.",
  },
  left: {
    title: "Look for what was left behind",
    text: "Forwarding, answers and steps of the account, and whatever was changed lately: intruders like to keep a copy of the mail.",
  },
  resume: {
    title: "Let the account work again",
    text: "When its owner has the new password, and the computer it was typed on was checked for malware.",
  },
};

const after = {
  watch: {
    title: "Watch for a week",
    text: "Compare messages a day with the days before. Look at the queue every morning.",
  },
  lists: {
    title: "Look whether you are on blocklists",
    text: "Answers in the queue name the list and the page where one asks to be taken off. Ask only once the cause is gone: a second listing lasts longer.",
  },
  tell: {
    title: "Tell those concerned",
    text: "The owner of the account, people who got spam in his name, and whoever your rules demand. Say what happened, when, and what was done.",
  },
  report: {
    title: "Keep the report",
    text: "The rescue writes one, with times, counts and addresses.",
  },
  prevent: {
    title: "Make it harder next time",
    text: "Long passwords are the best prevention. Remove accounts that nobody uses, and limit what one account may send.",
  },
};

const signs = [
  {
    title: "It is about something you might expect",
    text: "A parcel, an invoice, a scan, a notice from your own company, photographs. The language may be faultless.",
  },
  {
    title: "It hurries you",
    text: "An account is closed today, a payment failed, the chief asks for a favour. Who hurries looks less closely.",
  },
  {
    title: "The sender is not who it seems",
    text: "The name is well known and the address is not, or the answer would go elsewhere. Both can be written freely: neither proves anything.",
  },
  {
    title: "The attachment is a program",
    text: "Windows hides the last part of a name, so that invoice.pdf.exe looks like invoice.pdf. Beware of .exe .scr .js .vbs .wsf .lnk .iso .img .hta .bat .cmd, documents with macros (.docm .xlsm), and archives with a password in the text.",
  },
  {
    title: "A link leads elsewhere",
    text: "The text shows one address, the link is another. Here links of a message are listed beside it, so that both can be compared.",
  },
  {
    title: "Many get it at the same time",
    text: "Malware comes in floods from thousands of computers. The same subject from many senders within minutes is a sign.",
  },
];

const opened = {
  unplug: {
    title: "Take the computer off the network",
    text: "Pull the cable, switch off wireless. Leave it on: what it remembers may be needed.",
  },
  password: {
    title: "Change passwords from another computer",
    text: "That of the mailbox first, then all that were typed or kept on the computer.",
  },
  others: {
    title: "Find the others who got it",
    text: "Search for its sender or subject. Warn them before they open it.",
  },
  sent: {
    title: "Look whether it sends from here",
    text: "Malware sends itself on with the stolen account. If it does, go on with the emergency steps.",
  },
};

const keep = {
  sender: {
    title: "Refuse a sender",
    text: "Helps against one campaign. Senders are forged, so do not refuse whole domains of partners.",
  },
  filter: {
    title: "Let a filter look at what comes in",
    text: "A virus scanner, or a filter that refuses attachments which are programs, also inside archives.",
  },
  spread: {
    title: "See who sends what",
    text: "Addresses and accounts that send much more than usual.",
  },
  accounts: {
    title: "Leave no door open",
    text: "Suspend accounts that nobody uses: they are guessed first, and nobody notices.",
  },
};

/** What to do when an account was stolen, and how malware looks. */
export const emergencyWords = {
  emergency: {
    title: "In an emergency",
    lead: "Spam goes out in your name, or an account was stolen. Do the first steps at once, in this order; think afterwards.",
    firstTitle: "The first ten minutes",
    thenTitle: "Then",
    afterTitle: "When it is quiet again",
    first,
    next,
    after,
    calm: "Nothing of this deletes mail for good. What you delete from the queue can be put back for 30 days, and changes can be undone.",
    toRescue: "To the rescue",
  },
  malware: {
    title: "Malware by mail",
    lead: "How such mail looks, what to do when somebody opened it, and how to keep it away.",
    signsTitle: "How it looks",
    signs,
    openedTitle: "Somebody opened it",
    opened,
    keepTitle: "Keep it away",
    keep,
    motto: "One rule for everybody: whoever is not sure asks by telephone, and not by answering the mail.",
  },
};
