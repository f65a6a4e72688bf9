import type { AuditOutcome, AuditPage, AuditQuery, AuditRecord, KeptRecord } from "../kernel/audit.ts";
import type { Storage } from "../storage/storage.ts";
import { type ReadLine, readLine } from "./audit-chain.ts";
import { type AuditFile, auditFiles, auditPath, idOf, type Place, placeOf } from "./audit-files.ts";
import { auditFilter } from "./audit-filter.ts";
import { placedLinesBackwards, placedLinesForwards } from "./line-file.ts";

/** Lines after an intent among which its outcome is looked for. */
const NEAR = 2_000;
/** Bytes of one page's search, so that no page takes for ever. */
const MOST = 64 * 1024 * 1024;

/** Intents whose outcome is known are told by it; so one row says what was tried and how it ended. */
export async function findRecords(storage: Storage, query: AuditQuery): Promise<AuditPage> {
  if (query.id !== undefined) return { items: await oneRecord(storage, query.id, query), next: null };
  const { limit, most = MOST, signal } = query;
  const wanted = wantedBy(query);
  const ended = new Map<string, number>();
  const items: KeptRecord[] = [];
  let read = 0;
  for await (const { line, place } of backwards(storage, query)) {
    signal?.throwIfAborted();
    read += line.length;
    const id = idOf(place);
    const found = mayFit(line, query) ? readLine(line) : null;
    if (found && (await isOwnRow(storage, found, place, ended, query.after !== undefined))) {
      const kept = wanted(found, id);
      if (kept) items.push(kept);
    }
    if (items.length === limit || read >= most) return { items, next: id };
  }
  return { items, next: null };
}

const OPENED = Buffer.from('"openedMail":true');

/** Reading a line costs more than looking into it. */
function mayFit(line: Buffer, { openedMail }: AuditQuery): boolean {
  return !openedMail || line.includes(OPENED);
}

/** What the asker sees of it, if it is what he asks for. */
function wantedBy(query: AuditQuery): (found: ReadLine, id: string) => KeptRecord | null {
  const fits = auditFilter(query);
  return ({ record, link }, id) => {
    const visible = query.visible(record);
    if (!visible || !fits(visible)) return null;
    const outcome = outcomeOf(visible);
    if (query.outcome !== undefined && query.outcome !== outcome) return null;
    return { ...visible, id, number: link?.seq ?? null, outcome };
  };
}

function outcomeOf({ phase }: AuditRecord): AuditOutcome {
  return phase === "intent" ? "begun" : phase;
}

/** False for an intent whose outcome stands after it. */
async function isOwnRow(
  storage: Storage,
  { record }: ReadLine,
  place: Place,
  ended: Map<string, number>,
  fromTheMiddle: boolean,
): Promise<boolean> {
  const { phase } = record;
  if (phase === "refused") return true;
  const work = workOf(record);
  const open = ended.get(work) ?? 0;
  if (phase !== "intent") {
    ended.set(work, open + 1);
    return true;
  }
  if (open > 0) {
    ended.set(work, open - 1);
    return false;
  }
  return !(fromTheMiddle && (await isEndedLater(storage, record, place)));
}

/** The outcome may stand on the page before. */
async function isEndedLater(storage: Storage, record: AuditRecord, { day, offset }: Place): Promise<boolean> {
  const work = workOf(record);
  let lines = 0;
  for (const file of (await auditFiles(storage)).filter((one) => one.day >= day)) {
    const from = file.day === day ? offset : 0;
    for await (const { line } of placedLinesForwards(storage, file.path, from)) {
      if (++lines > NEAR) return false;
      if (!line.includes(record.requestId)) continue;
      const later = readLine(line)?.record;
      if (later && later.phase !== "intent" && later.phase !== "refused" && workOf(later) === work)
        return true;
    }
  }
  return false;
}

function workOf({ requestId, operation, target }: AuditRecord): string {
  return [requestId, operation, ...Object.values(target)].join("\n");
}

/** A record is not younger than the day of its file, but may be older. */
async function* backwards(storage: Storage, { after, since }: AuditQuery) {
  const begin = after === undefined ? null : placeOf(after);
  if (after !== undefined && !begin) return;
  const first = since?.toISOString().slice(0, 10) ?? "";
  const files = [...(await auditFiles(storage))].reverse();
  for (const { path, day } of files.filter((file) => isWithin(file, first, begin))) {
    const before = begin?.day === day ? begin.offset : undefined;
    for await (const { line, offset } of placedLinesBackwards(storage, path, before)) {
      yield { line, place: { day, offset } };
    }
  }
}

function isWithin({ day }: AuditFile, first: string, begin: Place | null): boolean {
  return day >= first && (!begin || day <= begin.day);
}

async function oneRecord(storage: Storage, id: string, query: AuditQuery): Promise<readonly KeptRecord[]> {
  const place = placeOf(id);
  if (!place) return [];
  const path = auditPath(place.day);
  // A line begins after another, and not where somebody says.
  const from = Math.max(0, place.offset - 1);
  for await (const { line, offset } of placedLinesForwards(storage, path, from)) {
    if (offset < place.offset) return [];
    const found = offset === place.offset ? readLine(line) : null;
    const kept = found && wantedBy(query)(found, id);
    return kept ? [kept] : [];
  }
  return [];
}
