import { FILES } from "../../tab/files.ts";
import { checkedAccount, folderOf } from "../accounts.ts";
import { type Answer, argument, type Command, DONE } from "../answer.ts";
import { refuse } from "../refusal.ts";
import type { MailRoot } from "../root.ts";
import { listRow, recordsOf, serverRow } from "../table-text.ts";
import { ifPossible } from "./edit.ts";

const REMOVE = ".|rm";

async function fileOf(root: MailRoot, args: readonly string[]): Promise<string> {
  const account = await checkedAccount(root, argument(args, 0), argument(args, 1));
  return `${folderOf(account)}/user.tab`;
}

/** What the server understands of a file of variables: rows of exactly two columns. */
export function variablesIn(text: string | null): string[][] {
  return recordsOf(text ?? "", FILES.variables).filter((cells) => cells.length === 2);
}

export function variablesText(variables: readonly string[][]): string {
  return variables.map(serverRow).join("");
}

async function userVars(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const variables = variablesIn(await root.read(await fileOf(root, args)));
  return { kind: "records", lines: variables.map(listRow) };
}

/** The file is made anew from what was understood of it. */
async function userVarsSet(root: MailRoot, args: readonly string[]): Promise<Answer> {
  if (args.length % 2 !== 0) refuse(103);
  const path = await fileOf(root, args);
  await root.locks.exclusive(path, async () => {
    let variables = variablesIn(await root.read(path));
    for (let at = 2; at < args.length; at += 2) {
      variables = withVariable(variables, argument(args, at), argument(args, at + 1));
    }
    // Without the account's folder the server says OK all the same.
    await ifPossible(root.write(path, variablesText(variables)));
  });
  return DONE;
}

function withVariable(variables: string[][], name: string, value: string): string[][] {
  const at = variables.findIndex(([known]) => known === name);
  if (value === REMOVE) return at === -1 ? variables : variables.toSpliced(at, 1);
  return at === -1 ? [...variables, [name, value]] : variables.with(at, [name, value]);
}

export const VARIABLE_COMMANDS = {
  uservars: { least: 2, most: 2, run: userVars },
  uservarsset: { least: 4, most: Number.POSITIVE_INFINITY, run: userVarsSet },
} as const satisfies Record<string, Command>;
