import { FILES } from "../../tab/files.ts";
import { sameName } from "../../xmail/names.ts";
import { checkedAccount, checkHandled, folderOf, isList } from "../accounts.ts";
import { type Answer, argument, type Command, DONE } from "../answer.ts";
import { splitAddress } from "../names.ts";
import { refuse } from "../refusal.ts";
import type { MailRoot } from "../root.ts";
import { bodiesOf, listRow, recordsOf, serverRow } from "../table-text.ts";
import { rewrite } from "./edit.ts";

const DEFAULT_PERMISSIONS = "RW";

async function fileOf(root: MailRoot, args: readonly string[]): Promise<string> {
  const account = await checkedAccount(root, argument(args, 0), argument(args, 1));
  if (!isList(account)) refuse(50);
  return `${folderOf(account)}/mlusers.tab`;
}

/** Refuses with 51 a file that is missing, or has a blank line: the original dies of one. */
async function memberText(root: MailRoot, path: string): Promise<string> {
  const text = (await root.read(path)) ?? refuse(51);
  if (bodiesOf(text, FILES.listMembers).includes("")) refuse(51);
  return text;
}

async function listUserAdd(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const address = argument(args, 2);
  await checkHandled(root, argument(args, 0));
  splitAddress(address);
  const path = await fileOf(root, args);
  await root.locks.exclusive(path, async () => {
    const text = await memberText(root, path);
    if (recordsOf(text, FILES.listMembers).some(([member]) => sameName(member ?? "", address))) refuse(52);
    await root.write(path, text + serverRow([address, args[3] ?? DEFAULT_PERMISSIONS]));
  });
  return DONE;
}

async function listUserDel(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const path = await fileOf(root, args);
  await memberText(root, path);
  await rewrite(root, { ...FILES.listMembers, path, missing: 51 }, 53, ([member]) =>
    sameName(member ?? "", argument(args, 2)) ? "drop" : "keep",
  );
  return DONE;
}

async function listUserList(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const text = (await root.read(await fileOf(root, args))) ?? refuse(19);
  const members = recordsOf(text, FILES.listMembers);
  const lines = members.map(([address = "", permissions = DEFAULT_PERMISSIONS]) =>
    listRow([address, permissions]),
  );
  return { kind: "records", lines };
}

export const MAILING_LIST_COMMANDS = {
  mluseradd: { least: 3, most: Number.POSITIVE_INFINITY, run: listUserAdd },
  mluserdel: { least: 3, most: 3, run: listUserDel },
  mluserlist: { least: 2, most: 2, run: listUserList },
} as const satisfies Record<string, Command>;
