import { aboutOf } from "../xmail/log-about.ts";
import type { LogCells, LogGroup, LogTallyRequest } from "../xmail/logs.ts";
import { foldName } from "../xmail/names.ts";
import { type Lines, LONGEST_LINE } from "./chunks.ts";
import type { Counts, Tables } from "./counts.ts";
import { parseLine } from "./line.ts";

const LF = 0x0a;
const CR = 0x0d;

/** Line by line as text: for the smaller log, and where each line must be looked at for whom it is about. */
export function countParsedLines(tables: Tables, request: LogTallyRequest): (lines: Lines) => void {
  const { kind, since, until } = request;
  const domain = request.domain === undefined ? null : foldName(request.domain);
  return ({ bytes, from, to }) => {
    for (let begin = from; begin < to; ) {
      const lf = bytes.indexOf(LF, begin);
      const end = lf > begin && bytes[lf - 1] === CR ? lf - 1 : lf;
      const { cells, broken } = parseLine(kind, bytes.subarray(begin, end));
      const { time } = cells;
      const wrong = broken || end - begin > LONGEST_LINE || (kind === "smtp" && !isMail(cells));
      begin = lf + 1;
      if (wrong || time === undefined) {
        tables.broken += 1;
        continue;
      }
      if ((since !== undefined && time < since) || (until !== undefined && time > until)) continue;
      if (domain !== null && !aboutOf({ kind, cells }).some((about) => about.domain === domain)) continue;
      countCells(tables, kind, domain === null ? cells : withoutOthers(cells, domain));
    }
  };
}

/** As lines of the SMTP log are told from others where they are counted on their bytes. */
function isMail({ time = "", size = "" }: LogCells): boolean {
  return /^.{4}-.{8}:.{5}$/s.test(time) && /^\d{1,15}$/.test(size);
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
  const bytes = messages === 1 ? Number(size) : 0;
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
