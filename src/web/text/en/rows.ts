import { accessRows } from "./rows/access.ts";
import { ctrlAccountWords } from "./rows/ctrl-account.ts";
import { filterRows } from "./rows/filters.ts";
import type { RowWords } from "./rows/row-words.ts";
import { sendingRows } from "./rows/sending.ts";
import { spamAddressWords } from "./rows/spam-address.ts";
import { stepRows } from "./rows/steps.ts";

const tables = {
  ...accessRows,
  spamAddress: spamAddressWords,
  ctrlAccount: ctrlAccountWords,
  ...sendingRows,
  ...stepRows,
  ...filterRows,
} satisfies Record<string, RowWords>;

/** Values that can be chosen, by field, or by `noun field` where a table means something of its own by it. */
const values = {
  "delegation rights": {
    listProcessor: "Let lists obey mailed commands",
    webmail: "Give webmail",
    heldMail: "Release held mail",
    readMail: "Read messages",
    forwarding: "Forwarding and vacation answers",
    fetching: "Fetch mail from elsewhere",
    handOn: "Hand on to others",
  },
  secondFactorFor: {
    master: "Master administrators",
    auditor: "Auditors",
    guest: "Guests",
    delegate: "Delegated administrators",
    listAdministrator: "List administrators",
    owner: "Account owners",
  },
  "administrator role": {
    master: "Master: may do everything",
    auditor: "Auditor: sees everything but mail",
    guest: "Guest: tries everything, saves nothing",
  },
  whom: {
    current: "Members of today",
    over: "Members whose days are over",
    all: "All members",
  },
  language: { en: "English", ja: "日本語" },
  decision: { allow: "Allow", deny: "Deny" },
  "spammer mode": { replace: "End when the address is quiet", append: "Stay" },
  "spammer action": {
    cut: "Cut the connection",
    authenticated: "Take mail only after signing in",
    delay: "Answer late",
  },
  service: { smtp: "SMTP", pop3: "POP3", ctrl: "Control port", finger: "FINGER" },
  step: {
    mailbox: "Store in the mailbox",
    redirect: "Send on, the sender stays",
    lredirect: "Send on, this address becomes the sender",
    smtprelay: "Hand to servers",
    smtp: "Deliver as usual (DNS)",
    external: "Run a program",
    filter: "Filter by a program",
  },
  rights: { R: "Receives (R)", RW: "Receives and posts (RW)", RA: "Receives, posts when signed in (RA)" },
  signIn: { CLR: "In clear", APOP: "APOP where offered", FAPOP: "APOP only" },
  tls: {
    none: "None",
    STLS: "Where it is offered (STLS)",
    FSTLS: "Not without it (FSTLS)",
    POP3S: "From the start (POP3S)",
  },
  needTls: { off: "Never", offered: "Where it is offered", required: "No mail without it" },
  permissions: {
    M: "Send mail (M)",
    R: "Send to other servers: relay (R)",
    V: "VRFY (V)",
    T: "ETRN (T)",
    Z: "No size limit (Z)",
    S: "Only with TLS (S)",
  },
  action: {
    userauth: "A password is checked (userauth)",
    useradd: "An account is added (useradd)",
    useredit: "An account is changed (useredit)",
    userdel: "An account is removed (userdel)",
    domaindrop: "A domain is removed (domaindrop)",
  },
} satisfies Record<string, Record<string, string>>;

/** What the pages of all settings tables say; `{entry}` is `one` of the table. */
export const rowsWords = {
  rows: {
    add: "Add {entry}",
    changeTitle: "Change {entry}",
    removeTitle: "Remove this {entry}?",
    removeButton: "Remove",
    save: "Save",
    actions: "Actions",
    change: "Change",
    changeLabel: "Change {name}",
    remove: "Remove…",
    removeLabel: "Remove {name}",
    turnOff: "Switch off",
    turnOffLabel: "Switch off {name}",
    turnOn: "Switch on",
    turnOnLabel: "Switch on {name}",
    moveUpLabel: "Move {name} up",
    moveDownLabel: "Move {name} down",
    off: "Off",
    senseless: "XMail cannot read this",
    yes: "Yes",
    no: "No",
    notSet: "Not set",
    noMatch: "No entry contains “{text}”",
    tables,
  },
  values,
};
