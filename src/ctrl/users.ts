import { fail } from "../errors/error.ts";
import { Secret } from "../errors/secret.ts";
import { kindOfType } from "../xmail/accounts.ts";
import type { AccountRef } from "../xmail/names.ts";
import {
  change,
  type FileContent,
  readFile,
  readRecords,
  type UploadOptions,
  upload,
  writeFile,
} from "./answers.ts";
import {
  domainArgument,
  filterArgument,
  folderName,
  type Pattern,
  passwordArgument,
  storedRow,
  textArgument,
  userArgument,
} from "./arguments.ts";
import type { Answer } from "./exchange.ts";
import type { CtrlCallOptions, CtrlLine } from "./line.ts";
import { expectSuccess } from "./refusal.ts";
import { eachRow } from "./rows.ts";
import { encodeRemoval } from "./upload.ts";
import { type Command, encodeCommand, notSendable } from "./wire.ts";

/** XMail deletes a variable that is set to this. */
const REMOVE = ".|rm";
const WRONG_PASSWORD = 24;
const NO_MAILPROC = 116;
const USERS_BUFFER = 2048;
const VARIABLES_BUFFER = 2048;

export interface UserRow extends AccountRef {
  readonly kind: "user" | "list";
  /** XMail gives it in clear text. */
  readonly password: Secret;
}

export interface UserFilter {
  readonly domain?: string | Pattern;
  readonly name?: string | Pattern;
}

export interface UserStat {
  /** The account an alias name led to. */
  readonly realAddress: string;
  readonly bytes: number;
  readonly messages: number;
  /** `null` when nobody ever signed in. */
  readonly lastLogin: { readonly at: Date; readonly address: string } | null;
}

/** `user`: the account's own file; `domain`: the one of its domain; `both`: the domain's lines, then the user's. */
export type MailprocLevel = "user" | "domain";

export interface Users {
  /** `DOMAIN_NOT_FOUND`, `ACCOUNT_EXISTS`, `ALIAS_EXISTS`, `INVALID_INPUT` (name). */
  add(row: UserRow, options?: CtrlCallOptions): Promise<void>;
  /** With its folder, aliases, external aliases and POP3 links. */
  remove(ref: AccountRef, options?: CtrlCallOptions): Promise<void>;
  setPassword(ref: AccountRef, password: Secret, options?: CtrlCallOptions): Promise<void>;
  /** Order of `mailusers.tab`. Plain strings are meant exactly; alias domains are not resolved. */
  list(filter?: UserFilter, options?: CtrlCallOptions): AsyncIterable<UserRow>;
  checkPassword(ref: AccountRef, password: Secret, options?: CtrlCallOptions): Promise<boolean>;
  /** The only command that takes an alias name too. On a mailing list `XMAIL_REFUSED` (97). */
  stat(ref: AccountRef, options?: CtrlCallOptions): Promise<UserStat>;
  variables(ref: AccountRef, options?: CtrlCallOptions): Promise<ReadonlyMap<string, string>>;
  /** `null` deletes; all in one command. XMail drops comments from `user.tab`. */
  setVariables(
    ref: AccountRef,
    changes: ReadonlyMap<string, string | null>,
    options?: CtrlCallOptions,
  ): Promise<void>;
  /** `null` when there is no such file. */
  mailproc(
    ref: AccountRef,
    level: MailprocLevel | "both",
    options?: CtrlCallOptions,
  ): Promise<FileContent | null>;
  setMailproc(
    ref: AccountRef,
    level: MailprocLevel,
    bytes: Uint8Array,
    options?: UploadOptions,
  ): Promise<void>;
  removeMailproc(ref: AccountRef, level: MailprocLevel, options?: CtrlCallOptions): Promise<void>;
}

export function usersOver(line: CtrlLine): Users {
  return {
    add: async (row, options) => change(line, useraddCommand(row), options),
    remove: async (ref, options) => change(line, encodeCommand("userdel", account(ref)), options),
    setPassword: async (ref, password, options) =>
      change(line, encodeCommand("userpasswd", [...account(ref), passwordArgument(password)]), options),
    list: (filter = {}, options) => eachRow(line, () => userlistCommand(filter), 4, readUser, options),
    async checkPassword(ref, password, options) {
      // Never userpasswd: that would set the password it should look at.
      const command = encodeCommand("userauth", [...account(ref), passwordArgument(password)]);
      const { status } = await line.ask(command, options);
      if (!status.ok && status.code === WRONG_PASSWORD) return false;
      expectSuccess(command, status);
      return true;
    },
    async stat(ref, options) {
      const command = userstatCommand(ref);
      return readStat(command, await line.ask(command, options));
    },
    async variables(ref, options) {
      const command = uservarsCommand(ref);
      return readVariables(command, await line.ask(command, options));
    },
    async setVariables(ref, changes, options) {
      await change(line, uservarssetCommand(ref, changes), options);
    },
    mailproc: async (ref, level, options) => readFile(line, usergetmproc(ref, level), options, NO_MAILPROC),
    setMailproc: async (ref, level, bytes, options) =>
      writeFile(
        line,
        usersetmproc(ref, level),
        bytes,
        () => readFile(line, usergetmproc(ref, level), options, NO_MAILPROC),
        options,
      ),
    removeMailproc: async (ref, level, options) =>
      upload(line, usersetmproc(ref, level), encodeRemoval(), options),
  };
}

export function userlistCommand({ domain, name }: UserFilter): Command {
  if (name !== undefined) {
    return encodeCommand("userlist", [
      filterArgument("domain", domain ?? { pattern: "*" }),
      filterArgument("name", name),
    ]);
  }
  return encodeCommand("userlist", domain === undefined ? [] : [filterArgument("domain", domain)]);
}

export function readUser(values: readonly string[]): UserRow {
  const [domain = "", name = "", password = "", type] = values;
  return { domain, name, password: new Secret(password), kind: kindOfType(type) };
}

export function userstatCommand(ref: AccountRef): Command {
  return encodeCommand("userstat", account(ref));
}

export function readStat(command: Command, answer: Answer): UserStat {
  const values = new Map(readRecords(command, answer, 2).map(([name = "", value = ""]) => [name, value]));
  const address = values.get("LastLoginIP") ?? "0.0.0.0";
  return {
    realAddress: values.get("RealAddress") ?? "",
    bytes: count(values.get("MailboxSize")),
    messages: count(values.get("MailboxMessages")),
    // For "never", XMail gives this address and the time of now.
    lastLogin: address === "0.0.0.0" ? null : { at: moment(values.get("LastLoginTimeDate")), address },
  };
}

export function uservarsCommand(ref: AccountRef): Command {
  return encodeCommand("uservars", account(ref));
}

export function readVariables(command: Command, answer: Answer): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const [name = "", value = ""] of readRecords(command, answer, 2)) {
    // Of two lines with one name XMail uses the first.
    if (!variables.has(name)) variables.set(name, value);
  }
  return variables;
}

function uservarssetCommand(ref: AccountRef, changes: ReadonlyMap<string, string | null>): Command {
  if (changes.size === 0) notSendable("variables", "required", "There is no variable to set.");
  const pairs = [...changes].flatMap(([name, value]) => {
    if (value === REMOVE) {
      notSendable(name, "pattern", `${name} may not be "${REMOVE}": XMail would delete the variable.`);
    }
    if (name === "" && value !== null) notSendable("variables", "required", "A variable needs a name.");
    const pair = [
      textArgument("variables", name),
      textArgument(name === "" ? "variables" : name, value ?? REMOVE),
    ];
    return value === null ? pair : storedRow(VARIABLES_BUFFER, pair);
  });
  return encodeCommand("uservarsset", [...account(ref), ...pairs]);
}

export function useraddCommand({ domain, name, password, kind }: UserRow): Command {
  const [domainGiven, nameGiven] = [domainArgument(domain), folderName(userArgument(name))];
  storedRow(USERS_BUFFER, [domainGiven, nameGiven]);
  const type = textArgument("kind", kind === "list" ? "M" : "U");
  return encodeCommand("useradd", [domainGiven, nameGiven, passwordArgument(password), type]);
}

function usergetmproc(ref: AccountRef, level: MailprocLevel | "both"): Command {
  // Any other letter makes XMail start a list that it never ends.
  const flags = { user: ["U"], domain: ["D"], both: [] }[level];
  return encodeCommand("usergetmproc", [
    ...account(ref),
    ...flags.map((flag) => textArgument("level", flag)),
  ]);
}

function usersetmproc(ref: AccountRef, level: MailprocLevel): Command {
  const flags = level === "domain" ? [textArgument("level", "D")] : [];
  return encodeCommand("usersetmproc", [...account(ref), ...flags]);
}

function account({ domain, name }: AccountRef) {
  return [domainArgument(domain), userArgument(name)];
}

function count(text: string | undefined): number {
  if (text === undefined || !/^\d+$/.test(text)) return fail("XMAIL_PROTOCOL", "XMail counts in no number.");
  return Number(text);
}

function moment(text: string | undefined): Date {
  const at = new Date(text ?? "");
  return Number.isNaN(at.getTime()) ? fail("XMAIL_PROTOCOL", "XMail's time makes no sense.") : at;
}
