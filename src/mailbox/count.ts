import { fail, hasCode } from "../errors/error.ts";
import { withLock } from "../storage/lock.ts";
import type { Storage } from "../storage/storage.ts";
import { findAccount, locateIndexed } from "../tab/account-index.ts";
import { type AccountLine, hasFolder } from "../tab/account-lines.ts";
import { walkMailboxes } from "../tab/usage-scan.ts";
import type { AccountStore, Variables } from "../xmail/accounts.ts";
import type { ManyOptions } from "../xmail/call-options.ts";
import type { CountWish, StoredMessage } from "../xmail/mailboxes.ts";
import { type AccountRef, foldName, sameName } from "../xmail/names.ts";
import { type Kept, type KeptMailbox, readKept, saveKept, waits } from "./kept.ts";
import { messageAt } from "./place.ts";

/** Accounts that are walked together: after each of these it is asked whether time is up. */
const AT_ONCE = 200;
/** What a killed process loses, at most. */
const SAVED_AFTER = 20 * AT_ONCE;
/** Messages that are remembered of each account, and what is large. */
const MOST_LARGEST = 5;
const LARGE_BYTES = 100 * 1024;
const BYTES_PER_KB = 1024;
/** How long a count stays the one to compare with: counting every minute would show no growth. */
const COMPARED_FOR_MS = 24 * 3_600_000;
const LOCK = "mailboxes";

/** Counts mailboxes for about `forMs`, beginning with those that were never counted or longest ago. */
export async function countMailboxes(
  storage: Storage,
  accounts: Pick<AccountStore, "list" | "variables">,
  { domain, again, forMs, now }: CountWish,
  { signal, progress }: ManyOptions = {},
): Promise<void> {
  const until = performance.now() + forMs;
  await withLock(storage, LOCK, async () => {
    const first = await readKept(storage);
    let kept = first;
    const isMine = (row: AccountRef) => domain === undefined || sameName(row.domain, domain);
    const isOver = !kept.rows.some((row) => isMine(row) && waits(kept, row));
    if (again || isOver) kept = await begun(kept, accounts, domain, now);
    const left = kept.rows.flatMap((row, place) => (isMine(row) && waits(kept, row) ? [{ row, place }] : []));
    left.sort((a, b) => (a.row.countedAt ?? 0) - (b.row.countedAt ?? 0));
    if (kept === first && left.length === 0) return;
    const rows: (KeptMailbox | null)[] = [...kept.rows];
    const keep = () => saveKept(storage, { ...kept, rows: rows.filter((row) => row !== null) });
    for (let done = 0, saved = 0; done < left.length; ) {
      const part = left.slice(done, done + AT_ONCE);
      const counted = await countThese(
        storage,
        accounts,
        part.map(({ row }) => row),
        Math.max(now.getTime(), ...Object.values(kept.passes)),
      );
      for (const [i, { place }] of part.entries()) rows[place] = counted[i] ?? null;
      done += part.length;
      progress?.(done, left.length);
      if (performance.now() > until || signal?.aborted === true) break;
      if (done - saved < SAVED_AFTER) continue;
      await keep();
      saved = done;
    }
    await keep();
  });
}

/** A new count: accounts that are new wait for it, those that are gone go, what is known of the others stays. */
async function begun(
  kept: Kept,
  accounts: Pick<AccountStore, "list">,
  domain: string | undefined,
  now: Date,
): Promise<Kept> {
  const { rows, passes } = kept;
  const known = new Map(rows.map((row) => [keyOf(row), row]));
  const others = domain === undefined ? [] : rows.filter((row) => !sameName(row.domain, domain));
  const found: KeptMailbox[] = [];
  for await (const row of accounts.list(domain))
    if (row.kind === "user") found.push(known.get(keyOf(row)) ?? unknown(row));
  // Later than all that was counted, even where the clock was put back.
  const at = found.reduce((latest, { countedAt }) => Math.max(latest, (countedAt ?? 0) + 1), now.getTime());
  const rowsNow = [...others, ...found];
  if (domain === undefined) return { rows: rowsNow, passes: { "": at } };
  if (found.length > 0) return { rows: rowsNow, passes: { ...passes, [foldName(domain)]: at } };
  // Of a domain that nobody has nothing is kept, not even its name.
  return rowsNow.length === rows.length ? kept : { rows: rowsNow, passes };
}

/** `null` for those that are gone. */
async function countThese(
  storage: Storage,
  accounts: Pick<AccountStore, "variables">,
  rows: readonly KeptMailbox[],
  now: number,
): Promise<(KeptMailbox | null)[]> {
  const scan =
    storage.scan?.bind(storage) ?? fail("STORAGE_UNSUPPORTED", "This storage cannot walk mailboxes.");
  const lines = await linesOf(storage, rows);
  const there = lines.flatMap((line, i) => (line === null ? [] : [{ line, i }]));
  const largest = there.map(() => ({ Maildir: [] as StoredMessage[], mailbox: [] as StoredMessage[] }));
  const newest = there.map(() => ({ Maildir: 0, mailbox: 0 }));
  const found = await walkMailboxes(
    storage,
    scan,
    there.map(({ line }) => line),
    (place, inside, file) => {
      const message = messageAt(inside, file);
      const times = newest[place];
      if (!message || !times) return;
      const format = inside.startsWith("mailbox/") ? "mailbox" : "Maildir";
      if (message.arrived > times[format]) times[format] = message.arrived;
      if (message.size >= LARGE_BYTES) keepLargest(largest[place]?.[format] ?? [], message);
    },
  );
  const variables = await accounts.variables(there.map(({ line }) => line));
  const counted = rows.map((): KeptMailbox | null => null);
  for (const [n, { i, line }] of there.entries()) {
    const row = rows[i];
    const usage = found[n];
    if (!row || !usage) continue;
    const { format, bytes, messages, lastLoginMs } = usage;
    counted[i] = {
      domain: line.domain,
      name: line.name,
      bytes,
      messages,
      limit: limitOf(variables[n] ?? new Map()),
      newest: newest[n]?.[format] || null,
      lastLogin: lastLoginMs,
      countedAt: now,
      before: beforeOf(row),
      largest: largest[n]?.[format] ?? [],
    };
  }
  return counted;
}

/** `null` for who is gone, or has no folder that could be walked. */
async function linesOf(storage: Storage, rows: readonly KeptMailbox[]): Promise<(AccountLine | null)[]> {
  const usable = (line: AccountLine | undefined) => (line && hasFolder(line) ? line : null);
  try {
    return (await locateIndexed(storage, rows)).map(usable);
  } catch (error) {
    if (!hasCode(error, "ACCOUNT_NOT_FOUND")) throw error;
    // One of them went since the count began.
    return Promise.all(rows.map(async (row) => usable((await findAccount(storage, row)) ?? undefined)));
  }
}

/** The smallest last, no more than are remembered. */
function keepLargest(kept: StoredMessage[], message: StoredMessage): void {
  const place = kept.findIndex(({ size }) => size < message.size);
  kept.splice(place === -1 ? kept.length : place, 0, message);
  if (kept.length > MOST_LARGEST) kept.pop();
}

function beforeOf({ bytes, countedAt, before }: KeptMailbox): KeptMailbox["before"] {
  if (countedAt === null) return null;
  const isOver = before === null || countedAt - before.at >= COMPARED_FOR_MS;
  return isOver ? { bytes, at: countedAt } : before;
}

/** `MaxMBSize` is in kB; absent or 0 is no limit. */
function limitOf(variables: Variables): number | null {
  const limit = Number.parseInt(variables.get("MaxMBSize") ?? "0", 10);
  return limit > 0 ? limit * BYTES_PER_KB : null;
}

function unknown({ domain, name }: AccountRef): KeptMailbox {
  const nothing = { bytes: 0, messages: 0, limit: null, newest: null, lastLogin: null };
  return { domain, name, ...nothing, countedAt: null, before: null, largest: [] };
}

function keyOf({ domain, name }: AccountRef): string {
  return `${foldName(name)}@${foldName(domain)}`;
}
