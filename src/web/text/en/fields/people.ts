export interface FieldWords {
  readonly label: string;
  readonly help: string;
}

const signInName: FieldWords = {
  label: "Signs in as",
  help: "Letters, digits, dot, hyphen, underscore and @. It may be a mail address.",
};
const newPassword: FieldWords = {
  label: "Password",
  help: "At least 12 characters; a few words in a row are the best.",
};

/** Of people, delegations and API keys. */
export const peopleFields = {
  person: { label: "Person", help: "The id, or the name he or she signs in with." },
  role: { label: "Role", help: "What somebody may do here." },
  "person.list role": { label: "Role", help: "Only people of this role." },
  parent: { label: "Handed on by", help: "Only people to whom this person handed on." },
  "person.list search": { label: "Contains", help: "Part of a name, mail address or domain." },
  "delegation.list search": { label: "Contains", help: "Part of a name, mail address or domain." },
  "apiKey.list search": { label: "Contains", help: "Part of the key's or its owner's name." },
  "administrator.add name": signInName,
  "administrator.set name": signInName,
  "delegation.add name": signInName,
  "delegation.set name": signInName,
  "listAdministrator.add name": signInName,
  "listAdministrator.set name": signInName,
  "apiKey.add name": { label: "Name of the key", help: "What it is for, in your words." },
  "administrator.add password": {
    label: "Password",
    help: "At least 12 characters; a few words in a row are the best.",
  },
  "person.setPassword password": {
    label: "New password",
    help: "At least 12 characters; a few words in a row are the best. Who is signed in is signed out.",
  },
  "delegation.add password": newPassword,
  "listAdministrator.add password": newPassword,
  "delegation.notify subject": { label: "Subject", help: "One line." },
  "delegation.notify text": { label: "Text", help: "As it is to be read; nothing is added." },
  signInAlias: {
    label: "Also signs in as",
    help: "A second name: 5 letters, digits, hyphens and underscores or more. Empty for none.",
  },
  validFrom: { label: "First day", help: "Like 2026-11-24; empty for at once." },
  validUntil: { label: "Last day", help: "Like 2026-11-24, that day included; empty for no end." },
  networks: {
    label: "Comes from",
    help: "One address or network a line, like 192.0.2.7 or 2001:db8::/32. Empty: from anywhere.",
  },
  sessionSeconds: {
    label: "Sign-in lasts, in seconds",
    help: "So long without a request ends it: 60 to 86400, usually 3600.",
  },
  fullName: { label: "Full name", help: "As people know the person." },
  email: { label: "E-mail", help: "Where the person gets mail." },
  phone: { label: "Telephone", help: "Any form." },
  postalAddress: { label: "Postal address", help: "In one line." },
  memo: { label: "Memo", help: "Not shown to the person." },
  domains: { label: "Domains", help: "Domains of this server, one a line. No patterns." },
  "apiKey.add domains": { label: "Domains", help: "The key is for these alone, one a line. Empty: for all." },
  mostDomains: { label: "Domains at most", help: "Empty for no limit." },
  mostAccounts: { label: "Accounts at most", help: "In all domains together; empty for no limit." },
  mostLists: { label: "Mailing lists at most", help: "Empty for no limit." },
  mostListMembers: { label: "List members at most", help: "Of all lists together; empty for no limit." },
  mostAliases: { label: "Aliases at most", help: "Empty for no limit." },
  mostMailboxKilobytes: { label: "Mailbox size at most", help: "kB for each mailbox; empty for no limit." },
  rights: { label: "May also", help: "Besides accounts, lists and aliases." },
  postmaster: { label: "Postmaster", help: "Sender of the mails that this site sends." },
  masterEmail: { label: "E-mail for support", help: "Whom the delegated administrator asks." },
  masterPhone: { label: "Telephone for support", help: "Whom the delegated administrator calls." },
  popServer: { label: "POP3 server", help: "What users are told, like pop.example.com:110." },
  smtpServer: { label: "SMTP server", help: "What users are told, like smtp.example.com:587." },
  doorSlug: {
    label: "Address of the sign-in page",
    help: "Its last part, like sato-office. It should tell nothing of what stands there.",
  },
  doorHost: { label: "Host name of the sign-in page", help: "Like post.example.com; empty for the panel's." },
  doorTitle: { label: "Title of the sign-in page", help: "Empty for the panel's." },
  doorText: { label: "Text of the sign-in page", help: "Plain text; empty for none." },
  doorLogo: { label: "Picture", help: "A file in PNG, JPEG, WebP or GIF, 100 kB at most." },
  doorColour: { label: "Colour", help: "Like #336699; empty for the panel's." },
  subdomain: { label: "Name before the domain", help: "shop makes shop.example.com of example.com." },
  "delegation.addDomain domain": { label: "Below the domain", help: "One that is held already." },
  "delegation.addDomain person": {
    label: "For",
    help: "Whose delegation it is added to; your own if empty.",
  },
  "delegation.get person": { label: "Person", help: "Whose delegation; your own if empty." },
  lists: { label: "Mailing lists", help: "Addresses of lists of this server, one a line." },
  mostMembers: { label: "Members at most", help: "Of all these lists together; empty for no limit." },
  "apiKey.add person": { label: "Speaks for", help: "Whose key it is; your own if empty." },
  "apiKey.list person": { label: "Owner", help: "Only keys of this person." },
  "apiKey.add networks": { label: "Used from", help: "One address or network a line. Empty: from anywhere." },
  allow: {
    label: "Operations",
    help: "One a line, like account.add, or account.* for all of them. Empty: all that the owner may.",
  },
  accounts: { label: "Accounts", help: "The key is for these addresses alone, one a line." },
  dryRunOnly: { label: "Dry runs only", help: "The key tries changes, and saves none." },
  "apiKey.remove id": { label: "Key", help: "The id of the key as the list shows it." },
  secondFactorFor: {
    label: "Second factor needed by",
    help: "These sign in with a second factor, or not at all.",
  },
  "delegation.import kind": { label: "File", help: "What the administrators in it look after." },
  content: { label: "Contents of the file", help: "As it is, with TABs between the cells." },
  language: { label: "Language", help: "Of the panel; the browser's, if none is chosen." },
} as const satisfies Record<string, FieldWords>;
