export interface Words {
  readonly label: string;
  readonly help: string;
}

const NOUNS = ["mailStep", "domainMailStep", "commandAliasStep", "customDomainStep"] as const;
type Noun = (typeof NOUNS)[number];
type Program = "program" | "arguments" | "timeout" | "priority";

const programs: Readonly<Record<Program, Words>> = {
  program: {
    label: "Program",
    help: "Full path on XMail's machine, like /usr/local/bin/scan. XMail knows no PATH and no shell.",
  },
  arguments: {
    label: "Arguments",
    help: "One a line. XMail fills in @@FILE (the message), @@FROM, @@RCPT, @@RRCPT, @@MSGID, @@MSGREF, @@TMPFILE and @@USERAUTH; inside a text write $(FILE).",
  },
  timeout: { label: "Time limit in seconds", help: "0: an external program is not waited for." },
  priority: { label: "Priority", help: "0 runs it as XMail itself runs." },
};

type StepKey = `${Noun}.${"addProgram" | "changeProgram"} ${Program}` | `${Noun}.list search`;
const steps = Object.fromEntries(
  NOUNS.flatMap((noun) => [
    [`${noun}.list search`, { label: "Contains", help: "Part of an address, server or program." }],
    ...["addProgram", "changeProgram"].flatMap((verb) =>
      Object.entries(programs).map(([name, words]) => [`${noun}.${verb} ${name}`, words]),
    ),
  ]),
) as Readonly<Record<StepKey, Words>>;

export const mailFields = {
  ...steps,
  step: { label: "Step", help: "What XMail does with the message." },
  addresses: {
    label: "To",
    help: "For the steps that send on: one address a line, or a domain in which the name before the @ stays.",
  },
  "forwarding.set addresses": {
    label: "Forward to",
    help: "One address a line. Without any, mail is not forwarded.",
  },
  "vacation.set on": { label: "Answer mail", help: "Off keeps the text for the next time." },
  "vacation.set subject": {
    label: "Subject",
    help: "Without one: “Auto:” and the subject of the mail that is answered.",
  },
  "vacation.set text": { label: "Text", help: "Plain text, in any language." },
  "vacation.set from": { label: "First day", help: "Without one: from now on." },
  "vacation.set until": { label: "Last day", help: "Without one: until it is turned off." },
  "vacation.set days": {
    label: "Days between answers",
    help: "So many days pass before the same sender is answered again; 7 are usual.",
  },
  random: {
    label: "In any order",
    help: "For several servers: try them in any order, so that they share the load.",
  },
  keepCopy: { label: "Keep a copy", help: "Store the mail in this account's mailbox, too." },
  servers: {
    label: "Servers",
    help: "For “Hand to servers”: one a line, like mx.example.com or mx.example.com:587,NeedTLS=2.",
  },
  "mailStep.addProgram step": {
    label: "Kind",
    help: "A filter's exit code decides what becomes of the message.",
  },
  priority: programs.priority,
  "commandAliasStep.add alias": {
    label: "Name",
    help: "The part before the @: letters, digits, hyphen, underscore, and single dots inside.",
  },
  "customDomainStep.add domain": {
    label: "Domain",
    help: "Like example.com, .example.com for all below it, or * for all others.",
  },
  "customDomain.explain domain": { label: "Domain", help: "A domain as it stands behind the @." },
  "customDomain.list search": { label: "Contains", help: "Part of the domain's name." },
  "commandAlias.list search": { label: "Contains", help: "Part of the name before the @." },
  "member.list search": { label: "Contains", help: "Part of the address." },
  "member.add address": { label: "Address", help: "A mail address, here or elsewhere." },
  rights: {
    label: "Rights",
    help: "Receives, and whether the member may post to a list that only members may post to.",
  },
  lines: {
    label: "Members",
    help: "One a line: hana@example.com, or Hana <hana@example.com>, or as CSV hana@example.com;RA.",
  },
  "member.addMany rights": { label: "Rights", help: "For lines that name none." },
  "popLink.list search": { label: "Contains", help: "Part of an address or server." },
  "popLink.list domain": { label: "Domain", help: "Only links to accounts of this domain." },
  "popLink.add domain": {
    label: "Goes to domain",
    help: "A domain here. Or a rule: @example.com delivers to each address there, ?new,old puts new in place of old, &.suffix,domain puts a suffix to addresses.",
  },
  "popLink.add name": { label: "Account", help: "The account that gets the mail; for a rule any name." },
  remoteName: { label: "Name there", help: "As the provider gave it; often the whole address." },
  "popLink.add host": {
    label: "Server",
    help: "Name of the POP3 server, with :995 or another port where needed.",
  },
  "popLink.add password": { label: "Password there", help: "XMail stores it so that it can be read back." },
  "popLink.change password": { label: "Password there", help: "Empty: it stays as it is." },
  signIn: { label: "Sign-in", help: "How the password is sent." },
  tls: { label: "Encryption", help: "Without it the password and the mail can be read on the way." },
  leave: { label: "Leave the mail there", help: "Otherwise XMail deletes what it fetched." },
  "popLink.add outBind": {
    label: "Fetch from address",
    help: "Address of this server, when it has several.",
  },
  "popLink.change outBind": {
    label: "Fetch from address",
    help: "Address of this server, when it has several.",
  },
  "externalAlias.list search": { label: "Contains", help: "Part of either address." },
  "externalAlias.list domain": { label: "Domain", help: "Only accounts of this domain." },
  local: { label: "Account here", help: "Full address of an existing account." },
  remote: { label: "Address elsewhere", help: "The address that the account writes with." },
};
