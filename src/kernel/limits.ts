import { fail } from "../errors/error.ts";
import type { Backend } from "../xmail/backend.ts";
import { type AccountRef, addressOf, foldName } from "../xmail/names.ts";
import { accountTarget, covers, type Target } from "./target.ts";

/** How much somebody may have at most; absent means no limit. */
export interface Limits {
  readonly domains?: number;
  readonly accounts?: number;
  readonly lists?: number;
  /** Members of all lists together. */
  readonly listMembers?: number;
  readonly aliases?: number;
  /** Size of each mailbox, in kB as XMail's `MaxMBSize`. */
  readonly mailboxKilobytes?: number;
}

/** Limits on what lies in these targets together. */
export interface AreaLimit {
  /** Id of whose limits they are: changes that count against them are made one after the other. */
  readonly of: string;
  readonly on: readonly Target[];
  readonly most: Limits;
}

/** What of the limits XMail's own tables show. */
const COUNTED = ["accounts", "lists", "listMembers", "aliases"] as const;
type Counted = (typeof COUNTED)[number];
type Counts = Readonly<Record<Counted, number>>;

/**
 * `LIMIT_REACHED` when after a change more is there than may be, and more than before: who is over already, because his
 * limits were lowered, may still take away.
 */
export async function requireWithin(
  limits: readonly AreaLimit[],
  before: Backend,
  after: Backend,
): Promise<void> {
  for (const limit of limits) {
    const kinds = COUNTED.filter((kind) => limit.most[kind] !== undefined);
    if (kinds.length === 0) continue;
    const now = await countsIn(after, limit.on, kinds);
    const over = kinds.filter((kind) => now[kind] > (limit.most[kind] ?? 0));
    if (over.length === 0) continue;
    const earlier = await countsIn(before, limit.on, over);
    const kind = over.find((one) => now[one] > earlier[one]);
    if (kind) reached(kind, limit.most[kind] ?? 0);
  }
}

/** Refuses with the limit, in a way that forms can word. */
export function reached(kind: keyof Limits, most: number): never {
  const message = `The limit for ${kind} is ${most}.`;
  return fail("LIMIT_REACHED", message, {
    fields: [{ field: "", rule: `most-${kind}`, limit: most, message }],
  });
}

/** How much lies in the targets together, each thing once. */
export async function countsIn(
  xmail: Backend,
  on: readonly Target[],
  kinds: readonly Counted[],
): Promise<Counts> {
  const counts = { accounts: 0, lists: 0, listMembers: 0, aliases: 0 };
  const domains = on.flatMap((target) => (target.kind === "domain" ? [foldName(target.domain)] : []));
  const among = new Set(domains);
  if (kinds.includes("accounts") || kinds.includes("lists")) {
    for (const [domain, { user, list }] of await xmail.accounts.counts()) {
      if (!among.has(domain)) continue;
      counts.accounts += user;
      counts.lists += list;
    }
  }
  if (kinds.includes("aliases")) {
    for (const [domain, count] of await xmail.aliases.counts()) {
      if (among.has(domain)) counts.aliases += count;
    }
  }
  if (kinds.includes("listMembers")) {
    for (const list of await listsIn(xmail, on)) {
      counts.listMembers += (await xmail.mailingLists.members(list)).length;
    }
  }
  return counts;
}

/** Each once, also where targets cover each other. */
async function listsIn(xmail: Backend, on: readonly Target[]): Promise<Iterable<AccountRef>> {
  const found = new Map<string, AccountRef>();
  const note = (ref: AccountRef) => found.set(foldName(addressOf(ref)), ref);
  for (const target of on) {
    if (target.kind === "domain") {
      for await (const row of xmail.accounts.list(target.domain)) if (row.kind === "list") note(row);
    }
    if (target.kind === "account" && (await xmail.accounts.get(target))?.kind === "list") note(target);
  }
  return found.values();
}

const MAILBOX = "MaxMBSize";

/** The largest mailbox that the limits leave to an account; `undefined` for any. */
function largestMailbox(limits: readonly AreaLimit[], ref: AccountRef): number | undefined {
  const most = limits
    .filter(({ on }) => on.some((target) => covers(target, accountTarget(ref))))
    .flatMap(({ most: { mailboxKilobytes } }) => mailboxKilobytes ?? []);
  return most.length === 0 ? undefined : Math.min(...most);
}

/** XMail, where no mailbox becomes larger than the limits allow; new ones get the limit for which defaults name none. */
export function limitedMailboxes(xmail: Backend, limits: readonly AreaLimit[]): Backend {
  if (limits.every(({ most }) => most.mailboxKilobytes === undefined)) return xmail;
  const { accounts } = xmail;
  const shrink = async (refs: readonly AccountRef[]) => {
    const all = await accounts.variables(refs);
    for (const [at, ref] of refs.entries()) {
      const most = largestMailbox(limits, ref);
      if (most !== undefined && !fits(all[at]?.get(MAILBOX), most)) {
        await accounts.setVariables(ref, new Map([[MAILBOX, String(most)]]));
      }
    }
  };
  return {
    ...xmail,
    accounts: {
      ...accounts,
      async add(account, options) {
        await accounts.add(account, options);
        if (account.kind === "user") await shrink([account]);
      },
      async addAll(added, options) {
        for (const { variables, ...ref } of added) requireFit(limits, ref, variables?.get(MAILBOX));
        await accounts.addAll(added, options);
        await shrink(added.filter(({ kind }) => kind === "user"));
      },
      async setVariables(ref, changes, options) {
        if (changes.has(MAILBOX)) requireFit(limits, ref, changes.get(MAILBOX) ?? "0");
        await accounts.setVariables(ref, changes, options);
      },
    },
  };
}

function requireFit(limits: readonly AreaLimit[], ref: AccountRef, wished: string | undefined): void {
  const most = largestMailbox(limits, ref);
  if (most !== undefined && wished !== undefined && !fits(wished, most)) reached("mailboxKilobytes", most);
}

/** `LIMIT_REACHED` for a mailbox that becomes as large as `wished`; absent is without limit. */
export function requireMailboxFits(
  limits: readonly AreaLimit[],
  ref: AccountRef,
  wished: string | undefined,
): void {
  requireFit(limits, ref, wished ?? "0");
}

/** Absent and 0 are no limit at all for XMail. */
function fits(value: string | undefined, most: number): boolean {
  const size = Number.parseInt(value ?? "0", 10);
  return size > 0 && size <= most;
}
