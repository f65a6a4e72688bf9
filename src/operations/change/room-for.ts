import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { type AreaLimit, countsIn, reached, requireMailboxFits } from "../../kernel/limits.ts";
import { covers, domainTarget } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { splitRecord } from "../../tab/lines.ts";
import type { ChangeSet, FileChange } from "../../xmail/change-set.ts";

const KINDS = ["accounts", "lists", "listMembers", "aliases"] as const;
type Kind = (typeof KINDS)[number];

const IN_FOLDER = /^domains\/([^/]+)\/([^/]+)\/(mlusers|user)\.tab$/i;

/**
 * `LIMIT_REACHED` where taking a change back would leave the actor more than he may have: it brings back what was there
 * before, and he may have filled the place since. An undo is no work on a copy, so it is counted on the lines it writes.
 */
export async function requireRoomFor(ctx: Context, { files }: ChangeSet): Promise<void> {
  for (const limit of ctx.actor.limits ?? []) {
    const more = addedBy(files, limit);
    const kinds = KINDS.filter((kind) => limit.most[kind] !== undefined && more[kind] > 0);
    if (kinds.length === 0) continue;
    const now = await countsIn(ctx.xmail, limit.on, kinds);
    const over = kinds.find((kind) => now[kind] + more[kind] > (limit.most[kind] ?? 0));
    if (over) reached(over, limit.most[over] ?? 0);
    // How many members a list has that comes back from the bin, its folder says and nothing else.
    if (limit.most.listMembers !== undefined && more.lists > 0) {
      fail("LIMIT_REACHED", "The members of a list that comes back cannot be counted beforehand.");
    }
  }
  for (const { domain, name, wished } of mailboxesIn(files)) {
    requireMailboxFits(ctx.actor.limits ?? [], { domain, name }, wished);
  }
}

/** Lines more than before, of what lies in the limit's domains. */
function addedBy(files: readonly FileChange[], { on }: AreaLimit): Record<Kind, number> {
  const more = { accounts: 0, lists: 0, listMembers: 0, aliases: 0 };
  const isIn = (domain = "") => on.some((target) => covers(target, domainTarget(domain)));
  for (const { path, line, sign } of linesIn(files)) {
    const [domain, , , , , kind] = splitRecord(line);
    if (path === FILES.accounts.path && isIn(domain)) more[kind === "M" ? "lists" : "accounts"] += sign;
    if (path === FILES.aliases.path && isIn(domain)) more.aliases += sign;
    const [, folder, , table] = IN_FOLDER.exec(path) ?? [];
    if (table?.toLowerCase() === "mlusers" && isIn(folder)) more.listMembers += sign;
  }
  return more;
}

/** The sizes that mailboxes get, or lose. */
function mailboxesIn(files: readonly FileChange[]) {
  const found = new Map<string, { domain: string; name: string; wished: string | undefined }>();
  for (const { path, line, sign } of linesIn(files)) {
    const [, domain, name, table] = IN_FOLDER.exec(path) ?? [];
    const [variable, value] = splitRecord(line);
    if (domain === undefined || name === undefined || table?.toLowerCase() !== "user") continue;
    if (variable !== "MaxMBSize") continue;
    const before = found.get(path)?.wished;
    found.set(path, { domain, name, wished: sign > 0 ? value : before });
  }
  return found.values();
}

function linesIn(files: readonly FileChange[]): { path: string; line: string; sign: 1 | -1 }[] {
  return files.flatMap((file) =>
    file.kind !== "file"
      ? []
      : file.hunks.flatMap(({ added, removed }) => [
          ...removed.map((line) => ({ path: file.path, line, sign: -1 as const })),
          ...added.map((line) => ({ path: file.path, line, sign: 1 as const })),
        ]),
  );
}
