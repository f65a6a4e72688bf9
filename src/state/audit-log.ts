import type { Audit, AuditRecord } from "../kernel/audit.ts";
import type { Storage } from "../storage/storage.ts";

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
        const { appendRecords } = await import("./audit-append.ts");
        await appendRecords(
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
