import type { AuditExport, AuditExportQuery } from "../kernel/audit.ts";
import type { Storage } from "../storage/storage.ts";
import { readLine } from "./audit-chain.ts";
import { auditFiles, idOf, placeOf } from "./audit-files.ts";
import { auditFilter } from "./audit-filter.ts";
import { placedLinesForwards } from "./line-file.ts";

/** Bytes of one page. */
const MOST = 4 * 1024 * 1024;

/** The lines as they stand there, so that whoever has them can follow the chain himself. */
export async function exportRecords(storage: Storage, query: AuditExportQuery): Promise<AuditExport> {
  const { begin, limit, since, signal } = query;
  const from = begin === undefined ? { day: "", offset: 0 } : placeOf(begin);
  if (!from) return { lines: "", records: 0, next: null };
  const fits = auditFilter(query);
  // A record may be older than the day of its file, and never younger.
  const first = since?.toISOString().slice(0, 10) ?? "";
  const lines: string[] = [];
  let bytes = 0;
  for (const { path, day } of await auditFiles(storage)) {
    if (day < first || day < from.day) continue;
    const start = day === from.day ? from.offset : 0;
    for await (const { line, offset } of placedLinesForwards(storage, path, start)) {
      signal?.throwIfAborted();
      const found = readLine(line);
      if (!found || !fits(found.record)) continue;
      if (lines.length === limit || bytes >= MOST) {
        return { lines: lines.join(""), records: lines.length, next: idOf({ day, offset }) };
      }
      lines.push(`${found.text}\n`);
      bytes += line.length;
    }
  }
  return { lines: lines.join(""), records: lines.length, next: null };
}
