import { splitRecord } from "../tab/codec.ts";
import type { Answer } from "./answer.ts";
import { COMMANDS } from "./commands/table.ts";
import { type RefusalNumber, refusalOf } from "./refusal.ts";
import type { MailRoot } from "./root.ts";

const BAD_COMMAND = 103;

export interface Refused {
  readonly kind: "refused";
  readonly number: RefusalNumber;
}

/**
 * What the server answers a command line (a byte string without its end). Of an upload only the command was looked at
 * then. Rejects with what a storage fails with, nothing else.
 */
export async function answerTo(root: MailRoot, line: string): Promise<Answer | Refused> {
  const [word = "", ...args] = splitRecord(line);
  const command = COMMANDS.get(word.toLowerCase());
  if (!command || args.length < command.least || args.length > command.most) {
    return { kind: "refused", number: BAD_COMMAND };
  }
  try {
    return await command.run(root, args);
  } catch (error) {
    const number = refusalOf(error);
    if (number === null) throw error;
    return { kind: "refused", number };
  }
}
