import { loginDigest } from "../crypto/digest.ts";

import { textOf } from "../tab/codec.ts";
import { FILES } from "../tab/files.ts";
import { sameName } from "../xmail/names.ts";
import type { LoginLog } from "./login-log.ts";
import { readPassword } from "./password.ts";
import { type RefusalNumber, refuse } from "./refusal.ts";
import type { MailRoot } from "./root.ts";
import { recordsOf } from "./table-text.ts";

/** Refuses with 105 or 106; with a log every failure that it records comes out as 161, as in the original. */
export async function logIn(
  root: MailRoot,
  tokens: readonly string[],
  challenge: string,
  log: LoginLog | null,
): Promise<void> {
  const [user, password] = tokens;
  if (user === undefined || password === undefined || tokens.length !== 2) refuse(105);
  await log?.(user, password, "REQ");
  const failure = await checkPassword(root, user, password, challenge);
  await log?.(user, password, failure === null ? "AUTH" : "FAIL");
  if (failure !== null) refuse(log ? 161 : failure);
}

async function checkPassword(
  root: MailRoot,
  user: string,
  password: string,
  challenge: string,
): Promise<RefusalNumber | null> {
  const text = await root.read(FILES.ctrlAccounts.path);
  if (text === null) return 106;
  for (const [name, code] of recordsOf(text, FILES.ctrlAccounts)) {
    if (name === undefined || code === undefined || !sameName(name, user)) continue;
    // A code that cannot be read is an empty password to the server.
    return isSame(password, readPassword(code) ?? "", challenge) ? null : 105;
  }
  return 105;
}

/** A token that begins with `#` is always a digest. */
function isSame(given: string, real: string, challenge: string): boolean {
  if (!given.startsWith("#")) return given === real;
  return sameName(given, loginDigest(challenge, textOf(real)));
}
