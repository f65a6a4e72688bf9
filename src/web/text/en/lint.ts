import type { LintCode, Severity } from "../../../operations/lint/codes.ts";
import { count } from "../format.ts";

export interface LintWords {
  readonly title: string;
  /** What it means, and how to mend it. */
  readonly text: string;
}

const severities: Readonly<Record<Severity, string>> = {
  danger: "Dangerous",
  warning: "Should be mended",
  note: "Worth knowing",
  skipped: "Not looked at",
};

const found: Readonly<Record<LintCode, LintWords>> = {
  openRelay: {
    title: "Everybody in {range} may send mail to anybody",
    text: "Spammers find such a server within hours, and other servers then refuse its mail. Name only your own networks, or let people sign in.",
  },
  openCtrl: {
    title: "Everybody may connect to the control port",
    text: "Whoever guesses a control account may do anything. Let in this machine and the one xmailcfg runs on, then keep out all others; if XMail listens on IPv6, keep out ::/0 as well.",
  },
  clearLine: {
    title: "The line to XMail's control port is not encrypted",
    text: "Whoever listens on the network reads the passwords you set. Add xmail.ctrl.tls to the configuration, or run xmailcfg on the mail server.",
  },
  noRootDomain: {
    title: "RootDomain is not set",
    text: "XMail answers all mail with 421 until it is.",
  },
  spammersMissing: {
    title: "spammers.tab is missing",
    text: "Without this file XMail takes no mail from anybody. Adding a banned address makes it anew.",
  },
  passwordsLogged: {
    title: "Passwords of all POP3 logins are written to the log",
    text: "Whoever can read the log can read everybody's mail.",
  },
  failedPasswordsLogged: {
    title: "Passwords of failed POP3 logins are written to the log",
    text: "A mistyped password is nearly the right one.",
  },
  domainStepsLose: {
    title: "Accounts of {domain} without steps of their own lose their mail",
    text: "The steps of the domain replace the delivery to the mailbox, and none of them stores the mail.",
  },
  stepsEmpty: {
    title: "All mail to {account} is lost",
    text: "Its mail steps are an empty file: XMail does nothing with the mail, not even store it.",
  },
  stepsLose: {
    title: "All mail to {account} is lost unless a program keeps it",
    text: "No step stores it or sends it on.",
  },
  forwardLoop: {
    title: "Mail goes round in a circle",
    text: "{chain}. XMail stops it after MaxMTAOps rounds. Take one of these forwardings away.",
  },
  aliasLoop: {
    title: "The alias {alias} leads in a circle",
    text: "It leads to {target}, from where aliases lead back. XMail refuses such mail.",
  },
  aliasDangling: {
    title: "The alias {alias} leads nowhere",
    text: "There is no account {target}. XMail refuses such mail.",
  },
  aliasOfAlias: {
    title: "The alias {alias} leads to another alias",
    text: "XMail follows one alias only, so mail never gets beyond {target} and is refused. Make it lead to the account.",
  },
  aliasNoDomain: {
    title: "The alias {alias} is in no domain of this server",
    text: "No mail ever comes to it.",
  },
  aliasShadowed: {
    title: "The alias {alias} is never used",
    text: "An account has the same address, and XMail asks accounts first. {target} gets none of its mail.",
  },
  domainAliasDangling: {
    title: "The domain alias {alias} leads nowhere",
    text: "{domain} is no domain of this server.",
  },
  domainAliasShadowed: {
    title: "The domain alias {alias} is also a domain",
    text: "Accounts of the domain get the mail first, those of {domain} the rest.",
  },
  domainAliasOverlap: {
    title: "Two patterns fit the domains of {alias}",
    text: "{other} fits them, too, and leads elsewhere than {domain}. No file shows which of the two XMail takes.",
  },
  commandAliasTakes: {
    title: "A command alias takes the mail of {address}",
    text: "XMail 1.27 asks command aliases before accounts and aliases, so the mailbox gets nothing. Remove the command alias, or the account.",
  },
  listNobody: {
    title: "The list {list} reaches nobody",
    text: "It has no member who receives. What is posted there is lost without a trace.",
  },
  listNoSender: {
    title: "Failures of the list {list} go to whoever posts",
    text: "Without ListSender each copy goes out with the poster's address, so he gets the bounces of all members, and strict servers refuse the copies.",
  },
  orphanFolder: {
    title: "{folder} belongs to no account",
    text: "Perhaps an account was removed by hand. Look whether there is mail to keep, then remove the folder.",
  },
  orphanDomainFolder: {
    title: "{folder} belongs to no domain",
    text: "Perhaps a domain was removed by hand. Look whether there is mail to keep, then remove the folder.",
  },
  folderMissing: {
    title: "{account} has no folder",
    text: "XMail cannot store its mail. Restore {folder} from a backup, or remove the account and add it again.",
  },
  noPostmaster: {
    title: "postmaster@{domain} does not exist",
    text: "Every domain must answer at this address (RFC 5321); other servers report problems there.",
  },
  noAbuse: {
    title: "abuse@{domain} does not exist",
    text: "Complaints about spam are sent there (RFC 2142). Who answers them stays off the block lists.",
  },
  weakPassword: {
    title: "The sending account {account} has a short password",
    text: "Its password has fewer than 8 characters. Spammers try such accounts all day.",
  },
  misspelt: {
    title: "XMail does not read {name}",
    text: "Names of variables are case-sensitive; XMail's name is {right}. The fix writes it so, and the value then counts.",
  },
  unreadable: {
    title: "XMail cannot read a line of {path}",
    text: "Columns are missing, or a value makes no sense. XMail passes over the line or reads it differently than meant.",
  },
  lineTooLong: {
    title: "A line of {path} is too long",
    text: "XMail reads its end as a line of its own. Make it shorter, or two lines of it.",
  },
  patternShadowed: {
    title: "The rule for {pattern} is never used",
    text: "{by} in line {at} comes before it and fits all of its domains. The fix moves it before that line.",
  },
  ruleShadowed: {
    title: "The rule for {range} never decides",
    text: "{by} in line {at} comes first and is about all of its addresses.",
  },
  signInRelays: {
    title: "Who signs in may send to anybody",
    text: "Accounts without permissions of their own have {permissions}; R lets them send to other servers. That is usual; then passwords are all that keeps spammers out.",
  },
  popBeforeSmtp: {
    title: "Fetching mail counts as signing in",
    text: "For some minutes after a POP3 login everybody at that address may send as that account. Hardly any mail program needs this today.",
  },
  foldersUnseen: {
    title: "Folders were not compared with accounts",
    text: "The control port does not show folders. With the MailRoot as a storage in the configuration this is looked at, too.",
  },
  tooManyAccounts: {
    title: "Not all mail steps were read",
    text: "Those of {looked} of {count} accounts were looked at.",
  },
  fileTooLarge: {
    title: "A table is too large to be read line by line",
    text: "Its lines were not looked at one by one.",
  },
};

/** What is dangerous, broken or never used. */
export const lintWords = {
  lint: {
    title: "Findings",
    lead: "What is dangerous, broken or never used in the settings, and what mends it. Nothing is changed by looking.",
    none: "Nothing to mend",
    noneText: "No setting is dangerous, broken or useless, as far as xmailcfg looks.",
    dangers: (n: number) => (n === 1 ? "1 danger" : `${count(n)} dangers`),
    warnings: (n: number) => (n === 1 ? "1 thing to mend" : `${count(n)} things to mend`),
    notes: (n: number) => (n === 1 ? "1 note" : `${count(n)} notes`),
    fix: "Mend…",
    fixLabel: "Mend: {title}",
    more: "And {count} more of this kind.",
    unknown: "Another version of xmailcfg found {key}.",
    severities,
    found,
  },
};
