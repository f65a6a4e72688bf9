import type { LogKind } from "./log-kinds.ts";
import type { LogCells } from "./logs.ts";

/**
 * Everything that can have become of what a line tells, by the word that XMail writes. Those of SMTP are in the sources
 * of XMail 1.27, most of them in its sample logs; the rest are named for what stands in other columns.
 */
export const LOG_STATUSES = {
  smtp: [
    "RECV=OK",
    "RCPT=OK",
    "RCPT=EAVAIL",
    "RCPT=ERELAY",
    "RCPT=EDSBL",
    "RCPT=EACCESS",
    "RCPT=EFULL",
    "RCPT=ENBR",
    "RCPT=ESYNTAX",
    "RCPT=EFILTER",
    "DATA=EFILTER",
    "PREDATA=EFILTER",
    "POSTDATA=EFILTER",
    "SNDR=ESPAM",
    "SNDR=EEMPTY",
    "SNDR=ESYNTAX",
    "SNDR=ENODNS",
    "SNDRIP=EIPBAN",
    "SNDRIP=EIPSPAM",
    "SNDRIP=EIPMAP",
    "SNDRIP=ERDNS",
    "AUTH=EFAIL",
    "SIZE=EBIG",
    "SMTP=EERRS",
    "SMTP=ESSL",
    "VRFY=EACCESS",
    "ETRN=EACCESS",
  ],
  pop3: ["LOGIN", "ELOGIN"],
  smail: ["LOCAL", "REDIR", "LREDIR", "EXTRN", "FILTER", "SMTP", "FWD", "RLYS"],
  lmail: ["TAKEN"],
  finger: ["ASKED"],
  psync: ["SYNC=OK", "SYNC=EFAIL"],
  ctrl: ["REQ", "AUTH", "FAIL"],
  filters: ["PASSED", "CHANGED", "REFUSED", "EXCL", "WLISTED", "FAILED"],
} as const;

export type LogStatus = (typeof LOG_STATUSES)[LogKind][number];

/** `RCPT=EAVAIL` of `RCPT=EAVAIL`, `SNDRIP=EIPMAP` of `SNDRIP=EIPMAP (zone)`; `null` for what no XMail known to us writes. */
export function statusOf(kind: LogKind, cells: LogCells): LogStatus | null {
  const raw = wordOf(kind, cells);
  const word = /^(?:AUTH=EFAIL(?=:)|SNDRIP=EIPMAP(?= ))/.exec(raw)?.[0] ?? raw;
  return (LOG_STATUSES[kind] as readonly string[]).includes(word) ? (word as LogStatus) : null;
}

function wordOf(kind: LogKind, { status = "", medium = "", time, ...cells }: LogCells): string {
  if (kind === "smail") return medium;
  if (kind === "filters") return filterWord(cells);
  if (kind === "lmail") return time === undefined ? "" : "TAKEN";
  if (kind === "finger") return time === undefined ? "" : "ASKED";
  return status;
}

/** 16 only ends the list of filters. What refuses is another code while a message is taken in than afterwards. */
function filterWord({ info = "", stage, started, exitCode }: LogCells): string {
  if (info !== "") return info;
  if (exitCode === undefined || started === undefined) return "";
  if (started !== "0" || !/^\d{1,3}$/.test(exitCode)) return "FAILED";
  const answer = Number(exitCode) & ~16;
  if (stage !== "in" && stage !== "out") return answer === 3 ? "REFUSED" : "PASSED";
  if (answer === 7) return "CHANGED";
  return answer >= 4 && answer <= 6 ? "REFUSED" : "PASSED";
}

const GOOD = new Set<string>([
  "RECV=OK",
  "RCPT=OK",
  "LOGIN",
  ...LOG_STATUSES.smail,
  "TAKEN",
  "ASKED",
  "SYNC=OK",
  "REQ",
  "AUTH",
  "PASSED",
  "CHANGED",
  "EXCL",
  "WLISTED",
]);

/** Whether something was refused or failed. */
export function isRefusal(status: LogStatus | null): boolean {
  return status !== null && !GOOD.has(status);
}
