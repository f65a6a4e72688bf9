import { randomBytes } from "node:crypto";
import type { ErrorCode } from "../errors/codes.ts";
import type { ChangeEntry, ChangePage, ChangeQuery, History, KeptChange } from "../kernel/history.ts";
import type { Storage } from "../storage/storage.ts";
import type { ChangeSet } from "../xmail/change-set.ts";
import { type Bounds, type DayFile, dayFiles, dayOf, dayOfId, fileFor, prune } from "./history-files.ts";
import {
  type Fate,
  isChangesLine,
  keptChange,
  type LaterLine,
  linesOf,
  parsedLine,
} from "./history-lines.ts";
import { dayLimit, filterOf } from "./history-search.ts";
import { appendLines, linesBackwards } from "./line-file.ts";
import { keepRecovery, recoveriesSince } from "./recoveries.ts";

export interface HistoryOptions {
  /** Days for which changes are kept, also what was moved to the bin; default 90. */
  readonly days?: number;
  /** Size of all that is kept; default 200. */
  readonly megabytes?: number;
}

const DEFAULT_DAYS = 90;
const DEFAULT_MEGABYTES = 200;
const MEGABYTE = 1024 * 1024;
const DAY_MS = 86_400_000;
const CLOSING_BRACE = 0x7d;
/** How far back a change is looked for that a recovery may be about. */
const RECENT = 200;

/** Changes as JSON lines, a file for each day (UTC). Append only, mode 0600: differences may hold coded passwords. */
export function openHistory(
  storage: Storage,
  { days = DEFAULT_DAYS, megabytes = DEFAULT_MEGABYTES }: HistoryOptions = {},
  now: () => Date = () => new Date(),
): History {
  const bounds: Bounds = { days, bytes: megabytes * MEGABYTE };
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: no line is written into the middle of another. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  async function note(line: LaterLine): Promise<void> {
    const day = dayOfId(line.id);
    if (day === null) return;
    await inTurn(async () => {
      const files = await dayFiles(storage);
      // The entry is gone with its file; a new file of that day would hold nothing else.
      if (!files.some((file) => file.day === day)) return;
      await appendLines(storage, fileFor(files, day, bounds).path, `${JSON.stringify(line)}\n`);
    });
  }

  /** Taking a change back also means that what it had taken back holds again. */
  async function markUndone(id: string, by: string | null): Promise<void> {
    await note({ type: "undone", id, by });
    const undoes = (await get(id))?.change.undoes;
    if (undoes !== undefined) await markUndone(undoes, by === null ? id : null);
  }

  async function end(id: string, outcome: "done" | "failed", code?: ErrorCode): Promise<void> {
    await note({ type: "ended", id, outcome, ...(code === undefined ? {} : { code }) });
    if (outcome !== "done") return;
    const undoes = (await get(id))?.change.undoes;
    if (undoes !== undefined) await markUndone(undoes, id);
  }

  async function get(id: string): Promise<{ change: KeptChange; changes: ChangeSet } | null> {
    const day = dayOfId(id);
    const files = (await dayFiles(storage)).filter((file) => file.day === day);
    let change: KeptChange | null = null;
    for await (const { found, changes } of walk(storage, files, id)) {
      if (found) change = found;
      if (changes && change) return { change, changes };
    }
    return null;
  }

  async function find(query: ChangeQuery): Promise<ChangePage> {
    const fits = filterOf(query);
    const until = dayLimit(query);
    const files = (await dayFiles(storage)).filter(
      ({ day }) =>
        day <= until &&
        (!query.since || day >= dayOf(query.since)) &&
        (query.id === undefined || day === dayOfId(query.id)),
    );
    const items: KeptChange[] = [];
    let damaged = 0;
    for await (const { found, torn } of walk(storage, files)) {
      if (torn) damaged += 1;
      const visible = found && query.visible ? query.visible(found) : found;
      if (!visible || !fits(visible)) continue;
      if (items.length === query.limit) return { items, next: items.at(-1)?.id ?? null, damaged };
      items.push(visible);
    }
    return { items, next: null, damaged };
  }

  return {
    begin: (entry: ChangeEntry) =>
      inTurn(async () => {
        const id = newId(entry.at);
        const files = await dayFiles(storage);
        const { path, isNew } = fileFor(files, dayOf(entry.at), bounds);
        await appendLines(storage, path, linesOf(id, entry));
        await prune(storage, await dayFiles(storage), entry.at, bounds);
        return { id, emptyBin: isNew ? new Date(entry.at.getTime() - days * DAY_MS) : null };
      }),
    end,
    find,
    get,
    async recovered(found) {
      const { items } = await find({ limit: RECENT });
      for (const recovery of found) {
        await inTurn(() => keepRecovery(storage, recovery));
        // Nobody knows how it ended.
        if (recovery.outcome === "setAside") continue;
        const change = items.find(
          ({ outcome, paths }) => outcome === "begun" && sameFiles(paths, recovery.files),
        );
        if (!change) continue;
        if (recovery.outcome === "finished") await end(change.id, "done");
        else await end(change.id, "failed", "XMAIL_HALF_DONE");
      }
    },
    recoveries: () => recoveriesSince(storage, new Date(now().getTime() - days * DAY_MS)),
  };
}

interface Met {
  readonly found?: KeptChange;
  /** Only asked for by id. */
  readonly changes?: ChangeSet;
  readonly torn?: boolean;
}

/** Entries from the newest to the oldest; what became of each stands after it, so it is met before. */
async function* walk(storage: Storage, files: readonly DayFile[], only?: string): AsyncGenerator<Met> {
  const fates = new Map<string, Fate>();
  for (const { path } of files) {
    for await (const raw of linesBackwards(storage, path)) {
      if (only === undefined && isChangesLine(raw)) {
        if (raw.at(-1) !== CLOSING_BRACE) yield { torn: true };
        continue;
      }
      if (only !== undefined && !raw.includes(only)) continue;
      const line = parsedLine(raw);
      if (!line) yield { torn: true };
      else if (line.type === "changes") {
        if (line.id === only) yield { changes: line.changes };
      } else if (line.type === "begun") {
        if (only === undefined || line.id === only) yield { found: keptChange(line, fates.get(line.id)) };
        fates.delete(line.id);
      } else {
        const fate = fates.get(line.id) ?? {};
        // The last word counts, and is met first.
        if (line.type === "ended") fates.set(line.id, { ended: line, ...fate });
        else fates.set(line.id, { undone: line, ...fate });
      }
    }
  }
}

function sameFiles(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && [...a].sort().join("\n") === [...b].sort().join("\n");
}

/** Sorts by time: `2026-11-24T101530123-4f3a2b1c`. */
function newId(at: Date): string {
  return `${at.toISOString().replace(/[:.Z]/g, "")}-${randomBytes(4).toString("hex")}`;
}
