import type { AuditRecord } from "../kernel/audit.ts";
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

/** Adds records to the chain, and lets old days go. Loaded by who records: a page that only shows needs none of it. */
export async function appendRecords(
  storage: Storage,
  entries: readonly AuditRecord[],
  bounds: AuditBounds,
): Promise<void> {
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
