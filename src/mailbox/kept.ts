import { orNull } from "../storage/if-there.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { CountedMailbox } from "../xmail/mailboxes.ts";
import { foldName } from "../xmail/names.ts";

const FILE = storagePath(".xmailcfg/mailboxes/counted.json");
const VERSION = 1;

export type KeptMailbox = Omit<CountedMailbox, "waits">;

/** What was counted, and what is being counted. */
export interface Kept {
  /** In the order of `mailusers.tab`. */
  readonly rows: readonly KeptMailbox[];
  /** When the last count of a domain began; of all under the empty name. Milliseconds since 1970. */
  readonly passes: Readonly<Record<string, number>>;
}

const NOTHING: Kept = { rows: [], passes: {} };

/** A file of another version, or a broken one, is none: everything in it can be counted again. */
export async function readKept(storage: Storage, options: CallOptions = {}): Promise<Kept> {
  const bytes = await orNull(storage.read(FILE, options));
  if (!bytes) return NOTHING;
  try {
    const { version, rows, passes } = JSON.parse(Buffer.from(bytes).toString());
    return version === VERSION && Array.isArray(rows) ? { rows, passes } : NOTHING;
  } catch {
    return NOTHING;
  }
}

export async function saveKept(storage: Storage, { rows, passes }: Kept): Promise<void> {
  await storage.write(FILE, Buffer.from(JSON.stringify({ version: VERSION, passes, rows })));
}

/** Whether the count under way has still to come to it. */
export function waits({ passes }: Kept, { domain, countedAt }: KeptMailbox): boolean {
  const begun = (name: string) => (Object.hasOwn(passes, name) ? (passes[name] ?? 0) : 0);
  const wanted = Math.max(begun(""), begun(foldName(domain)));
  return countedAt === null || countedAt < wanted;
}
