import { hasCode } from "../errors/error.ts";
import type { AuditRecord } from "../kernel/audit.ts";
import { SERVER } from "../kernel/target.ts";
import type { Storage } from "../storage/storage.ts";
import { BEGIN, type ChainEnd, isGenuine, type ReadLine, readLine } from "./audit-chain.ts";
import { type AuditFile, auditFiles } from "./audit-files.ts";
import { placedLinesBackwards } from "./line-file.ts";

/** How long, and how much of the audit log is kept. */
export interface AuditBounds {
  readonly days: number;
  readonly bytes: number;
}

/** What a record of this name says is known to `audit.verify`: all up to it went because of its age, or its size. */
const PRUNE = "audit.prune";
/** Records are of nobody: the log itself lets go. */
const OURSELVES = "xmailcfg";
const DAY_MS = 86_400_000;

export interface Pruning {
  /** To be kept before anything is removed: with it the rest of the chain can be followed. */
  readonly anchor: AuditRecord;
  remove(): Promise<void>;
}

/** What is to go at `now`: whole days, the oldest first, and never the last one. `null` for nothing. */
export async function pruningDue(storage: Storage, now: Date, bounds: AuditBounds): Promise<Pruning | null> {
  const files = await auditFiles(storage);
  const gone = tooMuch(files, now, bounds);
  if (gone.length === 0) return null;
  const through = await lastIn(storage, [...gone].reverse());
  const anchor: AuditRecord = {
    at: now,
    requestId: `prune-${through.seq}`,
    actor: OURSELVES,
    operation: PRUNE,
    target: SERVER,
    input: { through: through.seq, hash: through.hash, files: gone.map(({ day }) => day) },
    phase: "done",
  };
  return {
    anchor,
    async remove() {
      for (const { path } of gone) {
        await storage.remove(path).catch((error: unknown) => {
          if (!hasCode(error, "STORAGE_NOT_FOUND")) throw error;
        });
      }
    },
  };
}

/** How far the log was let go, as a genuine record says; `null` for any other. */
export function prunedBy(read: ReadLine): ChainEnd | null {
  const { operation, actor, phase, input } = read.record;
  if (operation !== PRUNE || actor !== OURSELVES || phase !== "done" || !isGenuine(read)) return null;
  const { through, hash } = (input ?? {}) as { through?: unknown; hash?: unknown };
  return Number.isSafeInteger(through) && typeof hash === "string" ? { seq: Number(through), hash } : null;
}

function tooMuch(files: readonly AuditFile[], now: Date, { days, bytes }: AuditBounds): readonly AuditFile[] {
  const oldest = new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
  let sum = files.reduce((all, { size }) => all + size, 0);
  const gone: AuditFile[] = [];
  for (const file of files.slice(0, -1)) {
    if (file.day >= oldest && sum <= bytes) break;
    gone.push(file);
    sum -= file.size;
  }
  return gone;
}

async function lastIn(storage: Storage, newestFirst: readonly AuditFile[]): Promise<ChainEnd> {
  for (const { path } of newestFirst) {
    for await (const { line } of placedLinesBackwards(storage, path)) {
      const link = readLine(line)?.link;
      if (link) return { seq: link.seq, hash: link.hash };
    }
  }
  return BEGIN;
}
