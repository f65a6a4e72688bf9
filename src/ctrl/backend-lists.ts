import { fail } from "../errors/error.ts";
import { splitRecord } from "../tab/lines.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { ListMember, MailingListStore } from "../xmail/mailing-lists.ts";
import { type AccountRef, foldName } from "../xmail/names.ts";
import { accountFolder } from "./account-folder.ts";
import { addressArgument, storedRow, textArgument } from "./arguments.ts";
import { configFilesOver } from "./config-files.ts";
import type { CtrlLine } from "./line.ts";
import { mailingListsOver } from "./mailing-lists.ts";
import { textOf } from "./reply-parser.ts";

const MEMBERS_BUFFER = 512;
/** So many changes at most go member by member; each makes XMail write the whole file. */
const ONE_BY_ONE = 8;

/** Few members by their commands; many, and a file at which these would crash XMail, by one upload of the file. */
export function mailingListStoreOver(line: CtrlLine): MailingListStore {
  const lists = mailingListsOver(line);

  async function members(list: AccountRef, options?: CallOptions): Promise<ListMember[]> {
    const found: ListMember[] = [];
    for await (const member of lists.members(list, options)) found.push(member);
    return found;
  }

  /** `work` when that is safe and quick, else `text` of the file made anew. */
  async function edit(
    list: AccountRef,
    { count, options }: { readonly count: number; readonly options: CallOptions | undefined },
    work: () => Promise<void>,
    change: (lines: readonly string[]) => readonly string[],
  ): Promise<void> {
    const path = `${await accountFolder(line, list, options)}/mlusers.tab`;
    const files = configFilesOver(line);
    const text = textIn(await files.read(path, options));
    const blank = text !== "" && /^[\t ]*$/m.test(text.replace(/\n$/, ""));
    const left = change(linesIn(text));
    // An upload of nothing would delete the file, and then nobody could be added.
    if ((count <= ONE_BY_ONE && !blank) || left.length === 0) {
      if (blank) await files.edit(path, () => joined(linesIn(text)), options);
      return work();
    }
    await files.edit(path, (bytes) => joined(change(linesIn(textIn(bytes)))), options);
  }

  return {
    members,
    async add(list, added, options) {
      const known = new Set((await members(list, options)).map(keyOf));
      for (const member of added) {
        if (known.has(keyOf(member))) fail("LIST_MEMBER_EXISTS");
        known.add(keyOf(member));
      }
      await edit(
        list,
        { count: added.length, options },
        async () => {
          for (const { address, permissions } of added) {
            await lists.addMember(list, address, permissions, { ...options, fileChecked: true });
          }
        },
        (lines) => [...lines, ...added.map(lineOf)],
      );
    },
    async remove(list, addresses, options) {
      const gone = new Set(addresses.map(foldName));
      const there = (await members(list, options)).filter((member) => gone.has(keyOf(member)));
      if (new Set(there.map(keyOf)).size < gone.size) fail("LIST_MEMBER_NOT_FOUND");
      await edit(
        list,
        { count: gone.size, options },
        async () => {
          for (const { address } of there) {
            await lists.removeMember(list, address, { ...options, fileChecked: true });
          }
        },
        (lines) => lines.filter((text) => !gone.has(keyIn(text))),
      );
    },
    async setPermissions(list, member, options) {
      const known = (await members(list, options)).find((one) => keyOf(one) === keyOf(member));
      if (!known) fail("LIST_MEMBER_NOT_FOUND");
      if (known.permissions === member.permissions) return;
      // Removed and added, the member would be off the list for a moment, and last on it.
      await edit(
        list,
        { count: ONE_BY_ONE + 1, options },
        async () => undefined,
        (lines) =>
          lines.map((text) =>
            keyIn(text) === keyOf(member) ? lineOf({ ...member, address: known.address }) : text,
          ),
      );
    },
  };
}

function keyOf({ address }: Pick<ListMember, "address">): string {
  return foldName(address);
}

function keyIn(text: string): string {
  return foldName(textOf(splitRecord(text)[0] ?? ""));
}

function lineOf({ address, permissions }: ListMember): string {
  const row = storedRow(MEMBERS_BUFFER, [addressArgument(address), textArgument("permissions", permissions)]);
  return row
    .map(({ value }) => `"${Buffer.from(value).toString("latin1").replaceAll('"', '\\"')}"`)
    .join("\t");
}

function textIn(bytes: Uint8Array | null): string {
  return Buffer.from(bytes ?? []).toString("latin1");
}

/** Without blank ones. */
function linesIn(text: string): string[] {
  return text.split("\n").filter((one) => splitRecord(one).length > 0);
}

function joined(lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.map((one) => `${one}\n`).join(""), "latin1");
}
