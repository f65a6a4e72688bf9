/** Whom XMail asks, in its own words for the headings of steps. */
export type Asks =
  | "exceptions"
  | "connection"
  | "spammers"
  | "dnsLists"
  | "reverseDns"
  | "signIn"
  | "tls"
  | "sender"
  | "bannedSender"
  | "commandAlias"
  | "domain"
  | "account"
  | "alias"
  | "accountState"
  | "posting"
  | "relay"
  | "sourceRoute"
  | "smtpFilters"
  | "filters"
  | "mailSteps"
  | "customDomain"
  | "mailbox"
  | "members"
  | "leaving";

/**
 * passes: it goes on; refused: the client is told no; continues: something else happens to it from here on; delivers: it
 * arrives; lost: it ends without a trace; unknown: DNS, a program or a time decides, which nobody can know beforehand.
 */
export type Verdict = "passes" | "refused" | "continues" | "delivers" | "lost" | "unknown";

/** All that can be said of one step. `web/text/` has the sentences; source: the code of XMail 1.27. */
export const SAID = {
  exceptionNone: ["exceptions", "passes"],
  exceptionFound: ["exceptions", "passes"],
  exceptionWhite: ["exceptions", "passes"],
  exceptionByName: ["exceptions", "unknown"],
  connectFree: ["connection", "passes"],
  connectAllowed: ["connection", "passes"],
  connectDenied: ["connection", "refused"],
  connectNoted: ["connection", "passes"],
  connectSlow: ["connection", "passes"],
  spammerNone: ["spammers", "passes"],
  spammerRefused: ["spammers", "refused"],
  spammerSignIn: ["spammers", "continues"],
  spammerSlow: ["spammers", "passes"],
  spammerNoFile: ["spammers", "refused"],
  dnsListsNone: ["dnsLists", "passes"],
  dnsListsAsked: ["dnsLists", "unknown"],
  reverseDnsAsked: ["reverseDns", "unknown"],
  signInNone: ["signIn", "passes"],
  signInAccount: ["signIn", "passes"],
  signInSending: ["signIn", "passes"],
  signInUnknown: ["signIn", "refused"],
  signInProgram: ["signIn", "unknown"],
  signInByPop: ["signIn", "unknown"],
  signInNeeded: ["signIn", "refused"],
  signInNeededByAddress: ["signIn", "refused"],
  tlsNeeded: ["tls", "continues"],
  senderNull: ["sender", "passes"],
  senderNullRefused: ["sender", "refused"],
  senderDomainAsked: ["sender", "unknown"],
  senderFree: ["bannedSender", "passes"],
  senderBanned: ["bannedSender", "refused"],
  commandAliasFound: ["commandAlias", "continues"],
  domainLocal: ["domain", "passes"],
  domainAliased: ["domain", "continues"],
  domainElsewhere: ["domain", "continues"],
  accountFound: ["account", "passes"],
  accountNone: ["account", "passes"],
  aliasFound: ["alias", "continues"],
  aliasDangling: ["alias", "passes"],
  aliasNone: ["alias", "passes"],
  recipientUnknown: ["account", "refused"],
  receives: ["accountState", "passes"],
  receivesNot: ["accountState", "refused"],
  suspended: ["accountState", "refused"],
  mailboxRoom: ["accountState", "passes"],
  mailboxFull: ["accountState", "refused"],
  listOpen: ["posting", "passes"],
  listMember: ["posting", "passes"],
  listClosed: ["posting", "refused"],
  relaySignedIn: ["relay", "passes"],
  relayCustom: ["relay", "continues"],
  relayAddress: ["relay", "passes"],
  relayDenied: ["relay", "refused"],
  routed: ["sourceRoute", "continues"],
  smtpFiltersNone: ["smtpFilters", "passes"],
  smtpFilterRuns: ["smtpFilters", "unknown"],
  filtersNone: ["filters", "passes"],
  filterRuns: ["filters", "unknown"],
  filterMaybe: ["filters", "unknown"],
  customFound: ["customDomain", "continues"],
  stepMailbox: ["mailSteps", "delivers"],
  stepRedirect: ["mailSteps", "continues"],
  stepLocalRedirect: ["mailSteps", "continues"],
  stepRelay: ["mailSteps", "continues"],
  stepOnward: ["mailSteps", "continues"],
  stepProgram: ["mailSteps", "unknown"],
  stepFilter: ["mailSteps", "unknown"],
  stepSenseless: ["mailSteps", "passes"],
  stepsLose: ["mailSteps", "lost"],
  stored: ["mailbox", "delivers"],
  copies: ["members", "delivers"],
  copiesNobody: ["members", "lost"],
  leavesForward: ["leaving", "delivers"],
  leavesNowhere: ["leaving", "lost"],
  leavesGateways: ["leaving", "delivers"],
  leavesByMx: ["leaving", "unknown"],
} as const satisfies Record<string, readonly [Asks, Verdict]>;
export type Said = keyof typeof SAID;
