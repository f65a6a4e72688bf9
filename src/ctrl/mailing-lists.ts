import { fail, hasCode } from "../errors/error.ts";
import type { ListMember } from "../xmail/mailing-lists.ts";
import { type AccountRef, foldName, sameName } from "../xmail/names.ts";
import { change, readFile, records } from "./answers.ts";
import {
  addressArgument,
  domainArgument,
  pathArgument,
  storedRow,
  textArgument,
  userArgument,
} from "./arguments.ts";
import type { CtrlCallOptions, CtrlLine } from "./line.ts";
import { eachRow } from "./rows.ts";
import { userlistCommand } from "./users.ts";
import { encodeCommand, notSendable } from "./wire.ts";

const MEMBERS_BUFFER = 512;
const LONGEST_ADDRESS = MEMBERS_BUFFER - 2;

export interface MemberOptions extends CtrlCallOptions {
  /** The caller has looked that `mlusers.tab` has no blank line, at which XMail would crash. Default false. */
  readonly fileChecked?: boolean;
}

export interface MailingLists {
  /** `ACCOUNT_NOT_FOUND`, `NOT_A_LIST`. */
  members(list: AccountRef, options?: CtrlCallOptions): AsyncIterable<ListMember>;
  /** `LIST_MEMBER_EXISTS`, `NOT_A_LIST`, `ACCOUNT_NOT_FOUND`, `INVALID_INPUT` (address). */
  addMember(list: AccountRef, address: string, permissions?: string, options?: MemberOptions): Promise<void>;
  /** `LIST_MEMBER_NOT_FOUND`, `NOT_A_LIST`, `ACCOUNT_NOT_FOUND`. */
  removeMember(list: AccountRef, address: string, options?: MemberOptions): Promise<void>;
}

export function mailingListsOver(line: CtrlLine): MailingLists {
  return {
    members: (list, options) =>
      eachRow(line, () => encodeCommand("mluserlist", listArguments(list)), 2, readMember, options),
    async addMember(list, address, permissions, options = {}) {
      const member = [addressArgument(address), ...(permissions === undefined ? [] : [letters(permissions)])];
      const command = encodeCommand("mluseradd", [
        ...listArguments(list),
        ...storedRow(MEMBERS_BUFFER, member),
      ]);
      if (options.fileChecked !== true) await refuseBlankLines(line, list, options);
      await change(line, command, options);
    },
    async removeMember(list, address, options = {}) {
      const command = encodeCommand("mluserdel", [...listArguments(list), memberArgument(address)]);
      if (options.fileChecked !== true) await refuseBlankLines(line, list, options);
      await change(line, command, options);
    },
  };
}

/** A blank line in `mlusers.tab` (edited by hand) kills XMail at the next change of the list's members. */
async function refuseBlankLines(line: CtrlLine, list: AccountRef, options: CtrlCallOptions): Promise<void> {
  const rows = await records(line, userlistCommand(list), 4, options);
  const row = rows.find(
    ([domain = "", name = ""]) => sameName(domain, list.domain) && sameName(name, list.name),
  );
  // Through an alias domain the file cannot be found, so it cannot be looked at either.
  if (row === undefined) return fail("ACCOUNT_NOT_FOUND");
  const [domain = "", name = ""] = row;
  const path = pathArgument(`domains/${foldName(domain)}/${name}/mlusers.tab`, "name");
  const file = await readFile(line, encodeCommand("cfgfileget", [path]), options).catch((error: unknown) => {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
    throw error;
  });
  const text = Buffer.from(file?.bytes ?? []).toString("latin1");
  if (/^[\t ]*$/m.test(text.replace(/\n$/, "")) && text !== "") {
    fail(
      "XMAIL_REFUSED",
      "The list's file mlusers.tab has a blank line, at which XMail would crash. Remove it first.",
    );
  }
}

function readMember([address = "", permissions = ""]: readonly string[]): ListMember {
  return { address, permissions };
}

function letters(permissions: string) {
  if (!/^[RWA]*$/.test(permissions)) {
    notSendable("permissions", "pattern", "permissions may hold only the letters R, W and A.");
  }
  return textArgument("permissions", permissions);
}

/** A member that is to go may be no address at all: somebody may have edited the file. */
function memberArgument(address: string) {
  if (address.length > LONGEST_ADDRESS) {
    notSendable(
      "address",
      "maxLength",
      `address may have at most ${LONGEST_ADDRESS} characters.`,
      LONGEST_ADDRESS,
    );
  }
  return textArgument("address", address);
}

function listArguments({ domain, name }: AccountRef) {
  return [domainArgument(domain), userArgument(name)];
}
