import { orNull } from "./failures.ts";
import { entriesOf } from "./folder.ts";
import type { Turn } from "./line.ts";
import { join } from "./place.ts";

/**
 * Whether `A` and `a` are two names below the root: looks whether something there is also found with its letters turned.
 * An empty or missing root tells nothing; then it is as on most systems that speak SFTP.
 */
export async function isCaseSensitive(turn: Turn, root: string): Promise<boolean> {
  const names = ((await orNull(entriesOf(turn, root))) ?? []).map(({ name }) => name);
  const named = names.find((name) => /[a-z]/i.test(name));
  if (named === undefined) return true;
  const turned = turnLetters(named);
  return names.includes(turned) || (await orNull(turn.lstat(join(root, turned)))) === null;
}

function turnLetters(name: string): string {
  return name.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}
