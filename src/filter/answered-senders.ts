import { createHash } from "node:crypto";
import { hasCode } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { foldName } from "../xmail/names.ts";

/** In the account's folder: a file without content for each answer, whose name says when and to whom. */
const FOLDER = storagePath("vacation.sent");
const HOUR_MS = 3_600_000;
/** Senders answered within the days: whoever gets mail of more is being used. */
export const MOST_SENDERS = 5000;

interface Answer {
  /** Since 1970. */
  readonly hour: number;
  readonly who: string;
  readonly path: StoragePath;
}

/**
 * Remembers that `sender` is answered now, unless he was within the last `days`; never twice, however many processes ask
 * at once, and whenever they are killed: a name is there or not, and of those who would make it one does. Two processes on
 * both sides of a full hour make two names, and whoever sees the other's keeps silent.
 */
export async function takeSender(
  account: Storage,
  sender: string,
  days: number,
  now: Date,
): Promise<"taken" | "answered-lately" | "too-many"> {
  const who = createHash("sha256").update(foldName(sender)).digest("hex").slice(0, 24);
  const hour = Math.floor(now.getTime() / HOUR_MS);
  // An hour that has begun counts as over: never too early. A clock that was wrong must not silence for ever.
  const counts = (one: Answer) => Math.abs(hour - one.hour) <= days * 24;
  const before = await answersIn(account);
  const lately = before.filter(counts);
  if (lately.some((one) => one.who === who)) return "answered-lately";
  if (lately.length >= MOST_SENDERS) return "too-many";
  const mine = storagePath(FOLDER, `${String(hour).padStart(8, "0")}-${who}`);
  try {
    await account.write(mine, new Uint8Array(), { ifAbsent: true });
  } catch (error) {
    if (hasCode(error, "STORAGE_EXISTS")) return "answered-lately";
    throw error;
  }
  const after = (await answersIn(account)).filter(counts);
  if (after.some((one) => one.who === who && one.path !== mine)) return "answered-lately";
  await forget(
    account,
    before.filter((one) => !counts(one)),
  );
  return "taken";
}

async function answersIn(account: Storage): Promise<Answer[]> {
  const entries = await account.list(FOLDER).catch((error: unknown) => {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return [];
    throw error;
  });
  return entries.flatMap(({ name }) => {
    const [, hour = "", who = ""] = /^(\d{8})-([0-9a-f]{24})$/.exec(name) ?? [];
    return who === "" ? [] : [{ hour: Number(hour), who, path: storagePath(FOLDER, name) }];
  });
}

/** Those that count no more; what another process removes at the same time is gone, too. */
async function forget(account: Storage, old: readonly Answer[]): Promise<void> {
  for (const { path } of old) await account.remove(path).catch(() => undefined);
}
