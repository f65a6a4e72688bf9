import type { Audit, AuditRecord } from "../kernel/audit.ts";
import type { Logger } from "../kernel/context.ts";

/** How a change ended. */
export type Outcome = Exclude<AuditRecord["phase"], "intent">;

/** Told of changes, and of sign-ins (`session.signIn`), after their record went to the audit log, also when that failed. */
export interface Notifier {
  /** For the log, when it fails. */
  readonly name: string;
  /** What it is told of; only what was done, if absent. */
  readonly on?: readonly Outcome[];
  /**
   * Whatever it does, the operation is over and answered for: a rejection goes to the log. `signal` is aborted after
   * three seconds, and nobody waits for it any longer.
   */
  notify(record: AuditRecord, how: { readonly signal: AbortSignal; readonly log: Logger }): Promise<void>;
}

/** Notifications under way. */
export interface Notifications {
  /** The same audit log, telling the notifiers what it keeps. */
  around(audit: Audit): Audit;
  /** When all that began is over, or was given up: after three seconds at most. */
  settled(): Promise<void>;
}

/** Milliseconds; a CGI process waits that long before it ends. */
const LONGEST = 3000;

export function startNotifications(
  notifiers: readonly Notifier[],
  log: Logger,
  longest = LONGEST,
): Notifications {
  const underWay = new Set<Promise<void>>();
  const tell = (record: AuditRecord) => {
    if (record.phase === "intent") return;
    for (const notifier of notifiers) {
      if (!(notifier.on ?? ["done"]).includes(record.phase)) continue;
      const work = notified(notifier, record, log, longest).finally(() => underWay.delete(work));
      underWay.add(work);
    }
  };
  return {
    around: (audit) => ({
      ...audit,
      async record(entry) {
        try {
          await audit.record(entry);
        } finally {
          tell(entry);
        }
      },
    }),
    settled: async () => void (await Promise.all(underWay)),
  };
}

/** Never rejects. */
async function notified(
  notifier: Notifier,
  record: AuditRecord,
  log: Logger,
  longest: number,
): Promise<void> {
  const { name } = notifier;
  const giveUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`gave up after ${longest} ms`));
      giveUp.abort();
    }, longest);
  });
  try {
    // A copy: one notifier must not change what the next one is told.
    const told = notifier.notify(structuredClone(record), { signal: giveUp.signal, log });
    await Promise.race([told, tooLong]);
  } catch (error) {
    log.error(
      { error, notifier: name, operation: record.operation, requestId: record.requestId },
      "not notified",
    );
  } finally {
    clearTimeout(timer);
  }
}
