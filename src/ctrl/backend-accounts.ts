import { fail, hasCode } from "../errors/error.ts";
import { ACCOUNT_ROWS } from "../xmail/account-rows.ts";
import {
  type AccountRow,
  type AccountStore,
  kindOfType,
  type MailboxUsage,
  type NewAccount,
} from "../xmail/accounts.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { type AccountRef, addressOf, foldName, sameName } from "../xmail/names.ts";
import { pageOfRows } from "../xmail/rows-page.ts";
import { accountFolder } from "./account-folder.ts";
import { readRecords, records } from "./answers.ts";
import { domainlistCommand, readDomains } from "./domains.ts";
import type { Answer } from "./exchange.ts";
import type { CtrlLine } from "./line.ts";
import { oneByOne } from "./one-by-one.ts";
import { eachRow } from "./rows.ts";
import {
  readStat,
  readVariables,
  useraddCommand,
  userlistCommand,
  usersOver,
  userstatCommand,
  uservarsCommand,
} from "./users.ts";
import type { Command } from "./wire.ts";

/** `userstat` of a mailing list, or of an account without a mailbox folder. */
const NO_MAILBOX = 97;
const NO_FOLDER_MADE = 17;
/** What a mailing list has. */
export const NO_MAIL: MailboxUsage = { bytes: 0, messages: 0, lastLogin: null };
/** More domains than this are asked for as all domains. */
const NAMED_DOMAINS = 8;

export function accountStoreOver(line: CtrlLine): AccountStore {
  const users = usersOver(line);

  async function get(ref: AccountRef, options?: CallOptions): Promise<AccountRow | null> {
    const rows = await records(line, userlistCommand(ref), 4, options);
    return rows.map(toRow).find((row) => isSame(row, ref)) ?? null;
  }

  /** XMail resolves alias domains in these commands; a target must be meant exactly, or rights could be gone round. */
  async function refuseAliasDomain({ domain }: AccountRef, options?: CallOptions): Promise<void> {
    const command = domainlistCommand([domain]);
    const names = readDomains(await records(line, command, 1, options));
    if (!names.some((name) => sameName(name, domain))) fail("ACCOUNT_NOT_FOUND");
  }

  function list(domain?: string, options?: CallOptions): AsyncIterable<AccountRow> {
    const makeCommand = () => userlistCommand(domain === undefined ? {} : { domain });
    const read = (values: readonly string[]) => {
      const row = toRow(values);
      return domain === undefined || sameName(row.domain, domain) ? row : null;
    };
    return eachRow(line, makeCommand, 4, read, options);
  }

  async function add(account: NewAccount, options?: CallOptions): Promise<void> {
    try {
      await users.add(account, options);
    } catch (error) {
      // An alias domain passes XMail's check, and then there is no folder to put the account in.
      if (hasCode(error, "XMAIL_REFUSED") && error.internal["xmailCode"] === NO_FOLDER_MADE) {
        const names = readDomains(await records(line, domainlistCommand([account.domain]), 1, options));
        if (!names.some((name) => sameName(name, account.domain))) fail("DOMAIN_NOT_FOUND");
      }
      throw error;
    }
  }

  const store: AccountStore = {
    get,
    list,
    page: async (request, options) =>
      pageOfRows(await allOf(list(request.domain, options)), ACCOUNT_ROWS, request),
    async counts(options) {
      const counts = new Map<string, { user: number; list: number }>();
      for await (const { domain, kind } of list(undefined, options)) {
        const of = counts.get(foldName(domain)) ?? { user: 0, list: 0 };
        of[kind] += 1;
        counts.set(foldName(domain), of);
      }
      return counts;
    },
    folder: (ref, options) => accountFolder(line, ref, options),
    add,
    async addAll(accounts, options) {
      await line.foresee?.(accounts.map(useraddCommand));
      await oneByOne(
        accounts,
        async (account, call) => {
          await add(account, call);
          if (!account.variables?.size) return;
          await users.setVariables(account, account.variables, call).catch(async (error: unknown) => {
            await users.remove(account, {}).catch(() => undefined);
            throw error;
          });
        },
        (account, call) => users.remove(account, call),
        options,
      );
    },
    remove: (ref, options) => aboutAccount(users.remove(ref, options)),
    async setPassword(ref, password, options) {
      await refuseAliasDomain(ref, options);
      await aboutAccount(users.setPassword(ref, password, options));
    },
    async checkPassword(ref, password, options) {
      await refuseAliasDomain(ref, options);
      return aboutAccount(users.checkPassword(ref, password, options));
    },
    async variables(refs, options) {
      if (refs.length === 0) return [];
      const asked = [checkOf(refs), ...refs.map(uservarsCommand)];
      let real: ReadonlySet<string> = new Set();
      const read = (answer: Answer, index: number) => {
        const command = asked[index];
        const ref = refs[index - 1];
        if (command === undefined) return null;
        if (ref === undefined) {
          real = new Set(readDomains(readRecords(command, answer, 1)).map(foldName));
          return null;
        }
        return real.has(foldName(ref.domain)) ? readVariables(command, answer) : fail("ACCOUNT_NOT_FOUND");
      };
      const found = await aboutAccount(line.askAll(asked, read, options));
      return found.filter((variables) => variables !== null);
    },
    async setVariables(ref, changes, options) {
      if (changes.size === 0) {
        if ((await get(ref, options)) === null) fail("ACCOUNT_NOT_FOUND");
        return;
      }
      await refuseAliasDomain(ref, options);
      await aboutAccount(users.setVariables(ref, changes, options));
    },
    usage: (refs, options) => usageOf(line, refs, options),
    async facts(refs, options) {
      const [variables, usage] = await Promise.all([
        store.variables(refs, options),
        store.usage(refs, options),
      ]);
      return variables.map((of, i) => ({ variables: of, usage: usage[i] ?? NO_MAIL }));
    },
  };
  return store;
}

async function allOf<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** Mailbox sizes, pipelined. `gone` says what an account counts that is not there. */
export async function usageOf(
  line: CtrlLine,
  refs: readonly AccountRef[],
  options?: CallOptions,
  gone: () => MailboxUsage = () => fail("ACCOUNT_NOT_FOUND"),
): Promise<readonly MailboxUsage[]> {
  const commands = refs.map(userstatCommand);
  const read = (answer: Answer, index: number): MailboxUsage => {
    const [command, ref] = [commands[index], refs[index]];
    if (command === undefined || ref === undefined) return NO_MAIL;
    if (!answer.status.ok && answer.status.code === NO_MAILBOX) return NO_MAIL;
    try {
      const { realAddress, ...usage } = readStat(command, answer);
      // Alone of all commands this one follows an alias to somebody else's mailbox.
      return sameName(realAddress, addressOf(ref)) ? usage : gone();
    } catch (error) {
      if (!hasCode(error, "ACCOUNT_NOT_FOUND")) throw error;
      return gone();
    }
  };
  return aboutAccount(line.askAll(commands, read, options));
}

function checkOf(refs: readonly AccountRef[]): Command {
  const domains = [...new Set(refs.map(({ domain }) => foldName(domain)))];
  return domainlistCommand(domains.length > NAMED_DOMAINS ? [] : domains);
}

/** Without the domain there is no account either. */
async function aboutAccount<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!hasCode(error, "DOMAIN_NOT_FOUND")) throw error;
    return fail("ACCOUNT_NOT_FOUND", undefined, { internal: error.internal, cause: error });
  }
}

function toRow([domain = "", name = "", , type]: readonly string[]): AccountRow {
  return { domain, name, kind: kindOfType(type) };
}

function isSame(a: AccountRef, b: AccountRef): boolean {
  return sameName(a.domain, b.domain) && sameName(a.name, b.name);
}
