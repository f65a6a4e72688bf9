import type { Audit, AuditRecord } from "../kernel/audit.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { endsWhole } from "./line-file.ts";

/** One JSON line for each record, in a file for each day (UTC): `audit/2026-11-24.jsonl`. Append only, mode 0600. */
export function openAuditLog(storage: Storage): Audit {
  let last: Promise<unknown> = Promise.resolve();
  const whole = new Set<StoragePath>();

  async function append(entry: AuditRecord): Promise<void> {
    const at = entry.at.toISOString();
    const path = storagePath("audit", `${at.slice(0, 10)}.jsonl`);
    const line = `${JSON.stringify({ ...entry, at })}\n`;
    // A process that was killed while writing may have left half a line; ours must not continue it.
    const mend = whole.has(path) || (await endsWhole(storage, path)) ? "" : "\n";
    await storage.write(path, Buffer.from(mend + line), { append: true, mode: 0o600 });
    whole.add(path);
  }

  return {
    record(entry) {
      // One after the other: an outcome never stands before its intent.
      const turn = last.then(() => append(entry));
      last = turn.catch(() => whole.clear());
      return turn;
    },
  };
}
