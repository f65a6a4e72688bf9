import type { AuditFault, AuditVerdict, VerifyOptions } from "../kernel/audit.ts";
import type { Storage } from "../storage/storage.ts";
import { BEGIN, type ChainEnd, isGenuine, type Link, type ReadLine, readLine } from "./audit-chain.ts";
import { auditFiles, nameOfDay } from "./audit-files.ts";
import { type Head, readHead } from "./audit-head.ts";
import { prunedBy } from "./audit-prune.ts";
import { placedLinesForwards } from "./line-file.ts";

/** Faults that are told one by one. */
const MOST = 100;

interface Where {
  readonly file: string;
  readonly line: number;
}

/** Follows the chain from the first line to the last. */
export async function verifyAudit(
  storage: Storage,
  { head: noted, after = 0, signal }: VerifyOptions = {},
): Promise<AuditVerdict> {
  // Before the log, which only grows: whatever the head names is there by now.
  const head = await readHead(storage);
  const walk = beginWalk(head, noted?.toLowerCase(), after);
  for (const { path, day } of await auditFiles(storage)) {
    let line = 0;
    for await (const placed of placedLinesForwards(storage, path)) {
      signal?.throwIfAborted();
      line += 1;
      walk.meet(readLine(placed.line), { file: nameOfDay(day), line });
    }
  }
  return walk.verdict();
}

function beginWalk(head: Awaited<ReturnType<typeof readHead>>, noted: string | undefined, after: number) {
  const faults: AuditFault[] = [];
  const counts = { faults: 0, records: 0, unchained: 0, interrupted: 0 };
  let end: ChainEnd = BEGIN;
  let first: number | null = null;
  let last: AuditVerdict["last"] = null;
  let foundHead = typeof head === "string" || head.seq === 0;
  let foundNoted = noted === undefined;
  /** What is missing before the first record, until a record says that it was let go. */
  let begins: { readonly fault: AuditFault; readonly to: number; readonly hash: string } | null = null;
  let pruned: number | null = null;

  const fault = (one: AuditFault) => {
    if (one.record !== null && (one.to ?? one.record) <= after) return;
    counts.faults += 1;
    if (faults.length < MOST) faults.push(one);
  };

  /** A process that ended in the middle left later days of those that were to go. */
  function lettingGo({ seq, hash }: ChainEnd): void {
    if (!begins || seq < begins.to || (seq === begins.to && hash !== begins.hash)) return;
    pruned = begins.to;
    begins = null;
  }

  function meetLinked(read: ReadLine, link: Link, where: Where): void {
    counts.records += 1;
    const genuine = isGenuine(read);
    if (genuine && noted === link.hash) foundNoted = true;
    if (link.seq <= end.seq) {
      fault({ kind: "moved", record: link.seq, ...where });
      return;
    }
    first ??= link.seq;
    const anchor = prunedBy(read);
    if (anchor) lettingGo(anchor);
    if (end.seq === 0 && link.seq > 1) {
      const to = link.seq - 1;
      begins = { fault: { kind: "missing", record: 1, to, ...where }, to, hash: link.previous };
    } else if (link.seq > end.seq + 1) {
      fault({ kind: "missing", record: end.seq + 1, to: link.seq - 1, ...where });
    } else if (link.previous !== end.hash) {
      // Its own hash fits: whoever changed it counted anew, and could not change what comes after.
      fault({ kind: "changed", record: end.seq, ...where });
    }
    if (!genuine) fault({ kind: "changed", record: link.seq, ...where });
    if (link.headLost) fault({ kind: "headLost", record: link.seq, ...where });
    if (isHead(head, link)) foundHead = true;
    end = link;
    last = { number: link.seq, hash: link.hash, at: read.record.at };
  }

  return {
    meet(read: ReadLine | null, where: Where): void {
      if (!read) counts.interrupted += 1;
      else if (read.link) meetLinked(read, read.link, where);
      else if (end.seq === 0) counts.unchained += 1;
      else fault({ kind: "added", record: end.seq, ...where });
    },
    verdict(): AuditVerdict {
      if (begins && begins.to > after) {
        counts.faults += 1;
        faults.unshift(begins.fault);
        faults.splice(MOST);
      }
      if (!foundHead && typeof head !== "string") fault(headFault(head, end));
      if (head === "missing" && counts.records > 0) fault({ kind: "headMissing", record: null });
      if (!foundNoted) fault({ kind: "notThere", record: null });
      return { ...counts, faults, faultCount: counts.faults, first, last, pruned };
    },
  };
}

function isHead(head: Head | "missing" | "damaged", { seq, hash }: Link): boolean {
  return typeof head !== "string" && head.seq === seq && head.hash === hash;
}

function headFault({ seq }: Head, end: ChainEnd): AuditFault {
  return seq > end.seq ? { kind: "missing", record: end.seq + 1, to: seq } : { kind: "changed", record: seq };
}
