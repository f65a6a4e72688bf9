import type { ErrorCode } from "../errors/codes.ts";
import { fail } from "../errors/error.ts";
import type { CommandWord } from "./commands.ts";
import type { Status } from "./reply-parser.ts";
import type { Command } from "./wire.ts";

/** What a refusal means: an error code, and the argument at fault or a sentence where the code does not say enough. */
interface Meaning {
  readonly code: ErrorCode;
  readonly field?: string;
  readonly message?: string;
}

type Meanings = Readonly<Record<number, Meaning>>;

const NO_DOMAIN: Meanings = { 59: { code: "DOMAIN_NOT_FOUND" } };
/** XMail says 12 when the domain is an alias domain, 157 when it is a real one. */
const NO_ACCOUNT: Meanings = {
  12: { code: "ACCOUNT_NOT_FOUND" },
  157: { code: "ACCOUNT_NOT_FOUND" },
};
const LOOKUP: Meanings = { ...NO_DOMAIN, ...NO_ACCOUNT };
const LIST: Meanings = {
  ...LOOKUP,
  50: { code: "NOT_A_LIST" },
  51: { code: "NOT_FOUND", message: "The list's file of members is missing on the mail server." },
};
const NO_FILE: Meanings = {
  19: { code: "STORAGE_NOT_FOUND" },
  214: { code: "STORAGE_PATH" },
};
const NOT_FROZEN: Meanings = {
  19: { code: "NOT_FOUND", message: "The message is not there any more, or has no log." },
  164: { code: "NOT_FOUND", message: "The message is not frozen any more." },
};
const NOT_STORED: Meanings = {
  10: { code: "STORAGE_NOT_FOUND", message: "The folder of the file does not exist on the mail server." },
};
/** XMail had changed its table already when this came. */
const HALF_DONE = "XMail could not handle the folder, but its table has changed. Look at both.";

const MEANINGS: Partial<Record<CommandWord, Meanings>> = {
  useradd: {
    ...NO_DOMAIN,
    13: { code: "ACCOUNT_EXISTS" },
    26: { code: "ALIAS_EXISTS" },
    17: {
      code: "XMAIL_REFUSED",
      message: "XMail cannot make the folder of the account; there may be one already.",
    },
    216: badValue("name", "XMail does not take this account name."),
  },
  userdel: { ...LOOKUP, 18: { code: "XMAIL_HALF_DONE", message: HALF_DONE } },
  userpasswd: LOOKUP,
  userauth: NO_ACCOUNT,
  userstat: LOOKUP,
  uservars: LOOKUP,
  uservarsset: LOOKUP,
  usergetmproc: LOOKUP,
  usersetmproc: { ...LOOKUP, ...NOT_STORED },
  aliasadd: {
    ...LOOKUP,
    59: { code: "ACCOUNT_NOT_FOUND" },
    13: { code: "ACCOUNT_EXISTS" },
    26: { code: "ALIAS_EXISTS" },
  },
  aliasdel: { 28: { code: "ALIAS_NOT_FOUND" } },
  exaliasadd: {
    67: { code: "EXTERNAL_ALIAS_EXISTS" },
    132: badValue("remote", "XMail does not take this address."),
  },
  exaliasdel: {
    69: { code: "EXTERNAL_ALIAS_NOT_FOUND" },
    132: badValue("remote", "XMail does not take this address."),
  },
  exaliaslist: { 132: badValue("local", "XMail does not take this pattern.") },
  mluseradd: {
    ...LIST,
    52: { code: "LIST_MEMBER_EXISTS" },
    132: badValue("address", "XMail does not take this address."),
  },
  mluserdel: { ...LIST, 53: { code: "LIST_MEMBER_NOT_FOUND" } },
  mluserlist: LIST,
  domainadd: {
    231: { code: "DOMAIN_EXISTS" },
    17: { code: "XMAIL_HALF_DONE", message: HALF_DONE },
    132: badValue("domain", "XMail does not take this domain name."),
    260: badValue("domain", "XMail does not take this domain name."),
  },
  domaindel: { ...NO_DOMAIN, 18: { code: "XMAIL_HALF_DONE", message: HALF_DONE } },
  aliasdomainadd: { ...NO_DOMAIN, 205: { code: "DOMAIN_ALIAS_EXISTS" } },
  aliasdomaindel: { 206: { code: "DOMAIN_ALIAS_NOT_FOUND" } },
  custdomset: {
    ...NOT_STORED,
    132: badValue("domain", "XMail does not take this domain name."),
    260: badValue("domain", "XMail does not take this domain name."),
  },
  poplnkadd: { 44: { code: "POP_LINK_EXISTS" } },
  poplnkdel: { 46: { code: "POP_LINK_NOT_FOUND" } },
  poplnkenable: { 46: { code: "POP_LINK_NOT_FOUND" } },
  filelist: {
    211: { code: "STORAGE_NOT_FOUND", message: "The folder does not exist." },
    214: { code: "STORAGE_PATH" },
  },
  cfgfileget: NO_FILE,
  cfgfileset: { ...NOT_STORED, 214: { code: "STORAGE_PATH" } },
  frozsubmit: NOT_FROZEN,
  frozgetlog: NOT_FROZEN,
  frozgetmsg: NOT_FROZEN,
};

/** Throws what a refusal means; a number without a name is `XMAIL_REFUSED` and keeps it. */
export function expectSuccess(command: Command, status: Status): void {
  if (!status.ok) refuse(command.word, status);
}

function refuse(word: CommandWord, status: Status): never {
  const internal = { command: word, xmailCode: status.code, xmailText: status.text };
  const meaning = MEANINGS[word]?.[status.code];
  if (meaning === undefined) {
    return fail("XMAIL_REFUSED", `XMail refused the command with number ${status.code}.`, { internal });
  }
  const { code, field, message } = meaning;
  if (field === undefined || message === undefined) return fail(code, message, { internal });
  return fail(code, message, { internal, fields: [{ field, rule: "refused", message }] });
}

function badValue(field: string, message: string): Meaning {
  return { code: "INVALID_INPUT", field, message };
}
