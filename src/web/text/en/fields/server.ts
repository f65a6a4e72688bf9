export const serverFields = {
  revision: { label: "Revision", help: "Of the file, as the page that was opened showed it." },
  "serverSetting.list search": { label: "Contains", help: "Part of a variable's name or value." },
  "serverSetting.set set": { label: "Variables to set", help: "Names and values for server.tab." },
  "serverSetting.set unset": { label: "Variables to take away", help: "XMail's default counts afterwards." },
  "accountDefault.set set": { label: "Variables to set", help: "Names and values for userdef.tab." },
  "accountDefault.set unset": { label: "Variables to take away", help: "New accounts begin without them." },
  "domainDefault.set set": {
    label: "Variables to set",
    help: "Names and values for the domain's userdef.tab.",
  },
  "domainDefault.set unset": {
    label: "Variables to take away",
    help: "New accounts of the domain begin without them.",
  },
  line: { label: "Start parameters", help: "As they stand behind the program: -Pl -Sl -Ql. Without quotes." },
  recipients: {
    label: "Recipients",
    help: "A domain or an address. * stands for any letters; a single * is all mail that waits.",
  },
  "ctrlAccount.add name": {
    label: "Name",
    help: "Needs not be a mail account. Letters, digits, dot, hyphen, underscore and @.",
  },
  "ctrlAccount.change name": {
    label: "Name",
    help: "Needs not be a mail account. Letters, digits, dot, hyphen, underscore and @.",
  },
  "ctrlAccount.add password": {
    label: "Password",
    help: 'At least 12 characters; nobody has to remember it. Not " * < > \\ |, and no # in front.',
  },
  "ctrlAccount.change password": {
    label: "New password",
    help: 'Leave it empty to keep the old one. At least 12 characters. Not " * < > \\ |, and no # in front.',
  },
  "ctrlAccount.list search": { label: "Contains", help: "Part of the name." },
  "file.list domain": { label: "Domain", help: "Files of this domain in place of those of the server." },
  "file.list name": { label: "Account", help: "Files of this account of the domain." },
  path: { label: "File", help: "Its path below MailRoot, like server.tab." },
  from: { label: "First line", help: "Where the page of the file begins." },
  "file.set text": {
    label: "Text",
    help: "The whole file. Lines with *** keep their secrets when they are left as they are.",
  },
};
