import type { propertyFields } from "../../../src/operations/access/properties.ts";
import type { HARMLESS_STEPS, PROGRAM_STEPS } from "../../../src/settings/mail-steps.ts";
import { by, type Cover } from "./cover.ts";

type Step = (typeof HARMLESS_STEPS)[number] | (typeof PROGRAM_STEPS)[number];

const ACCESS = "test/unit/operations/access.test.ts";
const STEPS = "test/unit/operations/mail-steps.test.ts";
const FILTERS = "test/unit/operations/filters.test.ts";
const SENDING = "test/unit/operations/sending.test.ts";
const LINKS = "test/unit/operations/addresses.test.ts";

const property = by("ipProperty.*", "hostProperty.*");

/** `smtp.ipprop.tab` and `smtp.hnprop.tab`. */
export const PROPERTIES: Readonly<Record<keyof typeof propertyFields, Cover>> = {
  whiteList: { ...property, tests: [`${ACCESS}#whiteList`] },
  noAuth: { ...property, tests: [`${ACCESS}#noAuth`] },
  easeTls: { ...property, tests: [`${ACCESS}#easeTls`] },
  enableVrfy: { ...property, tests: [`${ACCESS}#enableVrfy`] },
  enableEtrn: { ...property, tests: [`${ACCESS}#enableEtrn`] },
  skipSenderCheck: { ...property, tests: [`${ACCESS}#skipSenderCheck`] },
};

const anyStep = by("mailStep.*", "domainMailStep.*", "commandAliasStep.*", "customDomainStep.*");
const mailOnly = by("mailStep.*", "domainMailStep.*");

/** Commands of `mailproc.tab`, `cmdaliases/` and `custdomains/`. */
export const STEP_COMMANDS: Readonly<Record<Step, Cover>> = {
  mailbox: { ...mailOnly, tests: [`${STEPS}#mailbox`] },
  redirect: { ...anyStep, tests: [`${STEPS}#redirect`] },
  lredirect: { ...anyStep, tests: [`${STEPS}#lredirect`] },
  smtprelay: { ...anyStep, tests: [`${STEPS}#smtprelay`] },
  smtp: { ...by("commandAliasStep.*", "customDomainStep.*"), tests: [`${STEPS}#"smtp"`] },
  external: { ...anyStep, tests: [`${STEPS}#external`] },
  filter: { ...anyStep, tests: [`${STEPS}#filter`] },
};

const smtpFilter = by("filterPostRcpt.*", "filterPreData.*", "filterPostData.*", "filterStep.*");
const program: Cover = {
  by: ["filterStep.*", "filterPostRcpt.*", "filterPreData.*", "filterPostData.*", ...anyStep.by],
};

/** What stands before and in a filter's program line. Macros are arguments: any text, kept as it is typed. */
export const FILTER_PARTS = {
  "flag aex": { ...smtpFilter, tests: [`${FILTERS}#aex`] },
  "flag wlex": { ...smtpFilter, tests: [`${FILTERS}#wlex`] },
  "flag timeo=": { ...smtpFilter, tests: [`${FILTERS}#timeo=`] },
  "macros as @@NAME": { ...program, tests: [`${FILTERS}#@@FILE`] },
  "macros as $(NAME)": { ...program, tests: [`${FILTERS}#@@FILE`] },
  "network of the client and of the server": {
    ...by("filterIn.*", "filterOut.*"),
    tests: [`${FILTERS}#2001:db8`],
  },
} satisfies Record<string, Cover>;

/** `pop3links.tab`: the first column, and the options. */
export const LINK_PARTS = {
  "account of this server": { ...by("popLink.*"), tests: [`${LINKS}#popLink`] },
  "@domain": { ...by("popLink.*"), tests: [`${LINKS}#@example.com`] },
  "?domain,domains": { ...by("popLink.*"), tests: [`${LINKS}#?example.com`] },
  "&.suffix,domain": { ...by("popLink.*"), tests: [`${LINKS}#&.fetched`] },
  CLR: { ...by("popLink.*"), tests: [`${LINKS}#CLR`] },
  APOP: { ...by("popLink.*"), tests: [`${LINKS}#"APOP"`] },
  FAPOP: { ...by("popLink.*"), tests: [`${LINKS}#FAPOP`] },
  STLS: { ...by("popLink.*"), tests: [`${LINKS}#"STLS"`] },
  FSTLS: { ...by("popLink.*"), tests: [`${LINKS}#FSTLS`] },
  POP3S: { ...by("popLink.*"), tests: [`${LINKS}#POP3S`] },
  "Leave=1": { ...by("popLink.*"), tests: [`${LINKS}#Leave=1`] },
  "OutBind=": { ...by("popLink.*"), tests: [`${LINKS}#OutBind=`] },
  "on and off (.disabled)": { ...by("popLink.turn"), tests: [`${LINKS}#turn`] },
} satisfies Record<string, Cover>;

const right: Cover = {
  by: ["smtpAccount.*", "account.setVariables", "serverSetting.set"],
  on: ["/sending-accounts", "/accounts/:domain/:name", "/server-settings/smtp"],
  tests: [`${SENDING}#permissions`],
};

/** Of `smtpauth.tab`, `SmtpPerms` and `DefaultSmtpPerms`. */
export const SMTP_RIGHTS: Readonly<Record<"M" | "R" | "V" | "T" | "Z" | "S", Cover>> = {
  M: right,
  R: right,
  V: right,
  T: right,
  Z: right,
  S: right,
};

const gateway: Cover = by("forward.*", "mailStep.*", "serverSetting.set");

/** Of `smtpfwd.tab`, `smtprelay` steps, `DefaultSMTPGateways` and `SmtpGwConfig`. */
export const GATEWAY_PARTS = {
  port: { ...gateway, tests: [`${SENDING}#port`] },
  "NeedTLS=": { ...gateway, tests: [`${SENDING}#NeedTLS=`] },
  "OutBind=": { ...gateway, tests: [`${SENDING}#OutBind=`] },
  "# (any order)": { ...by("forward.*", "mailStep.*"), tests: [`${SENDING}#random`] },
} satisfies Record<string, Cover>;

const member = {
  ...by("member.*"),
  tests: ["test/unit/operations/addresses.test.ts#rights"],
} satisfies Cover;

/** Of `mlusers.tab`. */
export const MEMBER_RIGHTS: Readonly<Record<"R" | "RW" | "RA", Cover>> = {
  R: member,
  RW: member,
  RA: member,
};

const check = { ...by("popCheck.*"), tests: [`${SENDING}#userauth`] } satisfies Cover;

/** Of `userauth/pop3/`. */
export const CHECK_ACTIONS = {
  userauth: check,
  useradd: check,
  useredit: check,
  userdel: check,
  domaindrop: check,
} satisfies Record<string, Cover>;
