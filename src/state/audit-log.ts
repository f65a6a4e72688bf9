import type { Audit, AuditRecord } from "../kernel/audit.ts";
import { withLock } from "../storage/lock.ts";
import type { Storage } from "../storage/storage.ts";
import { type ChainEnd, chained } from "./audit-chain.ts";
import { auditPath } from "./audit-files.ts";
import { tailFor, writeHead } from "./audit-head.ts";
import type { AuditBounds } from "./audit-prune.ts";

/** After a killed process others wait this long, and some seconds more. */
const LOCK_MS = 5_000;
/** Of what may be kept, how much is written before it is looked again whether it is too much. */
const PART = 8;
const DEFAULT_DAYS = 1_095;
const DEFAULT_MEGABYTES = 1_024;
const MEGABYTE = 1024 * 1024;
/** Records that are written at once. */
const MOST = 200;

export interface AuditOptions {
  /** Days for which records are kept; default 1095, three years. */
  readonly days?: number;
  /** Size of all that is kept, above which the oldest days go; default 1024. */
  readonly megabytes?: number;
}

interface Waiting {
  readonly entry: AuditRecord;
  done(): void;
  failed(error: unknown): void;
}

/**
 * One JSON line for each record, in a file for each day (UTC): `audit/2026-11-24.jsonl`. Append only, mode 0600. Each
 * names its number and the hash of the one before, across files and processes: one writes at a time. Days that are too old,
 * or too much, go; a record in the chain says so first.
 */
export function openAuditLog(
  storage: Storage,
  { days = DEFAULT_DAYS, megabytes = DEFAULT_MEGABYTES }: AuditOptions = {},
): Audit {
  const bounds = { days, bytes: megabytes * MEGABYTE };
  let waiting: Waiting[] = [];
  let writing = false;

  /** What comes while others are written goes together, in the order it came. */
  async function writeAll(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const now = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      try {
        await append(
          storage,
          now.map(({ entry }) => entry),
          bounds,
        );
        for (const { done } of now) done();
      } catch (error) {
        for (const { failed } of now) failed(error);
      }
    }
    writing = false;
  }

  return {
    record: (entry) =>
      new Promise((done, failed) => {
        waiting.push({ entry, done, failed });
        if (!writing) void writeAll();
      }),
    reading: {
      find: async (query) => (await import("./audit-search.ts")).findRecords(storage, query),
      export: async (query) => (await import("./audit-export.ts")).exportRecords(storage, query),
      verify: async (options) => (await import("./audit-verify.ts")).verifyAudit(storage, options),
    },
  };
}

async function append(storage: Storage, entries: readonly AuditRecord[], bounds: AuditBounds): Promise<void> {
  const days = entries.map(({ at }) => at.toISOString().slice(0, 10)).sort();
  await withLock(
    storage,
    "audit",
    async (lease) => {
      const { day, size, torn, headLost, ...begin } = await tailFor(storage, days.at(-1) ?? "");
      const write = (bytes: Uint8Array) =>
        lease.storage.write(auditPath(day), bytes, { append: true, mode: 0o600 });
      let end: ChainEnd = begin;
      const lines = entries.map((entry, index) => {
        const next = chained(entry, end, headLost && index === 0);
        end = next.end;
        return `${next.line}\n`;
      });
      // A process that was killed while writing may have left half a line; ours must not continue it.
      const bytes = Buffer.from(`${torn ? "\n" : ""}${lines.join("")}`);
      await write(bytes);
      // Without asking for the lock again: a head that lags behind is led on from there.
      const written = size + bytes.length;
      await writeHead(storage, { ...end, day, size: written });
      if (!isTimeToLook(size, written, bounds)) return;
      const { pruningDue } = await import("./audit-prune.ts");
      const due = await pruningDue(storage, entries.at(-1)?.at ?? new Date(0), bounds);
      if (!due) return;
      const next = chained(due.anchor, end, false);
      const anchor = Buffer.from(`${next.line}\n`);
      await write(anchor);
      await writeHead(storage, { ...next.end, day, size: written + anchor.length });
      await due.remove();
    },
    { ttlMs: LOCK_MS },
  );
}

/** Once a day, and on busy days now and then. */
function isTimeToLook(before: number, after: number, { bytes }: AuditBounds): boolean {
  const part = bytes / PART;
  return before === 0 || Math.floor(before / part) !== Math.floor(after / part);
}
