import { splitRecord } from "../tab/lines.ts";
import { secretOf } from "./commands.ts";
import { type Command, plainLine } from "./wire.ts";

const HIDDEN = "***";

/** A command for people to read: the word, then its arguments in quotes; a secret is `***`. */
export function shownCommand(command: Command): string {
  const hidden = secretOf(command.word);
  const [, ...args] = splitRecord(plainLine(command));
  return [command.word, ...args.map((value, at) => (at === hidden ? HIDDEN : `"${value}"`))].join(" ");
}
