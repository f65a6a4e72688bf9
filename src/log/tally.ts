import type { Storage } from "../storage/storage.ts";
import { aboutOf } from "../xmail/log-about.ts";
import { statusOf } from "../xmail/log-status.ts";
import type { LogCall, LogCells, LogCount, LogGroup, LogTally, LogTallyRequest } from "../xmail/logs.ts";
import { foldName } from "../xmail/names.ts";
import { wholeLines } from "./chunks.ts";
import { type Counts, countsBy, type Tables } from "./counts.ts";
import { filesWithin, logFiles, pathOf } from "./files.ts";
import { parseLine } from "./line.ts";
import { countSmtpLines } from "./smtp-count.ts";

const LF = 0x0a;

/** Counts what the lines of one kind tell, in one go through its files. */
export async function tallyLogs(
  storage: Storage,
  request: LogTallyRequest,
  call: LogCall,
): Promise<LogTally> {
  const files = filesWithin(await logFiles(storage, call), request).filter(
    ({ kind }) => kind === request.kind,
  );
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const tables = openTables(request.groups);
  const count =
    request.kind === "smtp" && request.domain === undefined
      ? countSmtpLines(tables, request)
      : countParsedLines(tables, request);
  let done = 0;
  for (const { name, size } of files.reverse()) {
    for await (const lines of wholeLines(storage, pathOf(name), { from: 0, to: size }, call)) {
      call.signal?.throwIfAborted();
      count(lines);
      done += lines.length;
      call.progress?.(done, total);
    }
  }
  return tallyOf(tables, request);
}

/** Names of people and domains; in the rest upper and lower case differ, or there are no letters. */
const FOLDED: ReadonlySet<LogGroup> = new Set<LogGroup>(["domain", "account", "sender", "accountIp"]);

function openTables(groups: readonly LogGroup[]): Tables {
  return {
    groups: Object.fromEntries(groups.map((group) => [group, countsBy({ fold: FOLDED.has(group) })])),
    total: { lines: 0, messages: 0, bytes: 0, refused: 0 },
    broken: 0,
  };
}

function tallyOf({ groups, total, broken }: Tables, request: LogTallyRequest): LogTally {
  const entries = Object.entries(groups) as [LogGroup, Counts][];
  return {
    groups: Object.fromEntries(
      entries.map(([group, counts]) => [
        group,
        group === "status"
          ? byStatus(request.kind, counts.list())
          : counts.list().filter(({ key }) => key !== ""),
      ]),
    ),
    total: { key: "", ...total },
    broken,
    cut: entries.filter(([, { cut }]) => cut).map(([group]) => group),
  };
}

/** `AUTH=EFAIL:TYPE=PLAIN` and `AUTH=EFAIL:TYPE=LOGIN` are one. */
function byStatus(kind: LogTallyRequest["kind"], counts: readonly LogCount[]): LogCount[] {
  const merged = new Map<string, LogCount>();
  for (const count of counts) {
    const key = statusOf(kind, { status: count.key }) ?? count.key;
    const was = merged.get(key) ?? { key, lines: 0, messages: 0, bytes: 0, refused: 0 };
    merged.set(key, {
      key,
      lines: was.lines + count.lines,
      messages: was.messages + count.messages,
      bytes: was.bytes + count.bytes,
      refused: was.refused + count.refused,
    });
  }
  return [...merged.values()];
}

/** Line by line as text: for the smaller log, and where each line must be looked at for whom it is about. */
function countParsedLines(tables: Tables, request: LogTallyRequest): (lines: Buffer) => void {
  const { kind, since, until } = request;
  const domain = request.domain === undefined ? null : foldName(request.domain);
  return (lines) => {
    for (let begin = 0; begin < lines.length; ) {
      const end = lines.indexOf(LF, begin);
      const { cells, broken } = parseLine(kind, lines.subarray(begin, end));
      begin = end + 1;
      const { time } = cells;
      if (broken || time === undefined) {
        tables.broken += 1;
        continue;
      }
      if ((since !== undefined && time < since) || (until !== undefined && time > until)) continue;
      if (domain !== null && !aboutOf({ kind, cells }).some((about) => about.domain === domain)) continue;
      countCells(tables, kind, domain === null ? cells : withoutOthers(cells, domain));
    }
  };
}

/** Who of other domains wrote to this one is counted, and not named. */
function withoutOthers({ user = "", destination = "", ...cells }: LogCells, domain: string): LogCells {
  const at = user.lastIndexOf("@");
  return {
    ...cells,
    user: at >= 0 && foldName(user.slice(at + 1)) !== domain ? "" : user,
    destination: foldName(destination) === domain ? destination : "",
  };
}

function countCells(tables: Tables, kind: LogTallyRequest["kind"], cells: LogCells): void {
  const { status = "", size = "" } = cells;
  const messages = kind === "smtp" && status === "RECV=OK" ? 1 : 0;
  const bytes = messages === 1 && /^\d{1,15}$/.test(size) ? Number(size) : 0;
  const refused = isGood(kind, status) ? 0 : 1;
  tables.total.lines += 1;
  tables.total.messages += messages;
  tables.total.bytes += bytes;
  tables.total.refused += refused;
  for (const [group, counts] of Object.entries(tables.groups) as [LogGroup, Counts][]) {
    const key = Buffer.from(keyOf(group, kind, cells));
    counts.add(counts.at(key, 0, key.length), messages, bytes, refused);
  }
}

function isGood(kind: LogTallyRequest["kind"], status: string): boolean {
  return kind === "smtp" ? /^(?:RCPT|RECV)=OK$/.test(status) : status === "LOGIN";
}

function keyOf(group: LogGroup, kind: LogTallyRequest["kind"], cells: LogCells): string {
  const { time = "", destination = "", domain = "", user = "", ip = "", status = "", sender = "" } = cells;
  switch (group) {
    case "hour":
      return time.slice(0, 13);
    case "day":
      return time.slice(0, 10);
    case "domain":
      return kind === "smtp" ? destination : domain;
    case "account":
      return kind === "smtp" || user.includes("@") || user === "" ? user : `${user}@${domain}`;
    case "ip":
      return ip;
    case "status":
      return status;
    case "sender":
      return sender;
    case "statusIp":
      return isGood(kind, status) ? "" : `${status}\t${ip}`;
    case "accountIp":
      return user === "" ? "" : `${keyOf("account", kind, cells)}\t${ip}`;
  }
}
