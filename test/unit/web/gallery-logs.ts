import type { Actor } from "../../../src/kernel/actor.ts";
import { domainTarget } from "../../../src/kernel/target.ts";
import { parseLine } from "../../../src/log/line.ts";
import { LOG_FINDINGS, type LogFinding } from "../../../src/operations/log/lint.ts";
import type { LogFileRow } from "../../../src/operations/log/list.ts";
import { type LogRowOutput, outputOf } from "../../../src/operations/log/rows.ts";
import type { StatisticsRow } from "../../../src/operations/log/statistics.ts";
import type { TracedMessage } from "../../../src/operations/log/trace.ts";
import { logFilesPage } from "../../../src/web/pages/log-files.ts";
import { logFindingsPage } from "../../../src/web/pages/log-findings.ts";
import { logsPage } from "../../../src/web/pages/logs.ts";
import { mailTracePage } from "../../../src/web/pages/mail-trace.ts";
import { statisticsPage } from "../../../src/web/pages/statistics.ts";
import type { LogKind } from "../../../src/xmail/log-kinds.ts";
import { LOG_STATUSES } from "../../../src/xmail/log-status.ts";
import { LOG_GROUPS } from "../../../src/xmail/logs.ts";
import { ATTACKS } from "./attacks.ts";
import { type Exhibit, exhibit, KEEPER, refused } from "./gallery-frame.ts";
import { ROWS } from "./gallery-queue.ts";

/** Has no page of the whole queue. */
const ofOneDomain = (...allow: readonly string[]): Actor => ({
  ...KEEPER,
  grants: [{ allow, on: domainTarget("example.com") }],
});

const row = (kind: LogKind, cells: readonly string[], whole = true): LogRowOutput => {
  const line = Buffer.from(cells.map((cell) => `"${cell}"`).join("\t"));
  const file = `${kind}-202611240000`;
  return outputOf(
    { file, offset: 4711, kind, ...parseLine(kind, line, whole) },
    { domain: "example.com", name: "hana" },
  );
};

const smtp = (status: string, more: { sender?: string; helo?: string; user?: string } = {}) =>
  row("smtp", [
    "mx1.example.com",
    "example.com",
    "2001:db8:1234:5678:9abc:def0:1234:5678",
    "2026-11-24 08:33:24",
    more.helo ?? "client10.example.com",
    "example.com",
    more.sender ?? "bob@example.org",
    `${"verylongname".repeat(4)}@${"department.".repeat(6)}example.com`,
    status.startsWith("R") ? "S2C" : "",
    status,
    more.user ?? "",
    "18732",
    "",
  ]);
const smail = (medium: string, parameter: string) =>
  row("smail", [
    "mx1.example.com",
    "1795509242132.7fd1.72b3.c7.mx1",
    "S2C",
    "bob@example.org",
    "hana@example.com",
    medium,
    parameter,
    "2026-11-24 08:34:02",
    "",
  ]);

const EVERY = LOG_STATUSES.smtp.map((status) =>
  smtp(status === "SNDRIP=EIPMAP" ? `${status} (rbl.example.org)` : status),
);
const OTHERS = [
  ...LOG_STATUSES.smail.map((medium) => smail(medium, "hana@example.com")),
  row("pop3", ["mx1", "example.com", "192.0.2.1", "2026-11-24 08:33:29", "alice", "secret", "ELOGIN"]),
  row("ctrl", ["192.0.2.10", "admin", "secret", "2026-11-24 08:33:23", "FAIL"]),
  row("filters", [
    "a@b.example",
    "hana@example.com",
    "192.0.2.1",
    "192.0.2.10",
    "2026-11-24 08:33:23",
    "in",
    "",
    "0",
    "5",
    "/srv/filters/tag.sh;S2C;",
  ]),
  row("finger", ["mx1", "example.com", "198.51.100.7", "2026-11-24 08:33:31", "alice"]),
  row("smtp", ["mx1.example.com", "exam"], false),
  smtp("RCPT=ENEW"),
];
/** Anybody who can reach port 25 writes into this log. */
const HOSTILE = ATTACKS.filter((attack) => !/\{[a-z]+\}|undefined|\[object|NaN|=>/.test(attack)).map(
  (attack) => {
    const text = attack.replaceAll("\n", "");
    return smtp("RCPT=ERELAY", { sender: text, helo: text });
  },
);

const file = (more: Partial<LogFileRow>): LogFileRow => ({
  name: "smtp-202611240000",
  kind: "smtp",
  begins: "2026-11-24 00:00",
  size: 812_000,
  usual: 790_000,
  large: false,
  ...more,
});

const message = (more: Partial<TracedMessage>): TracedMessage => ({
  id: "S2C",
  time: "2026-11-24 08:33:24",
  sender: "bob@example.org",
  recipients: ["hana@example.com"],
  outcome: "delivered",
  domain: "example.com",
  name: "hana",
  steps: [
    smtp("RCPT=OK"),
    smtp("RECV=OK"),
    smail("REDIR", "ken@example.com"),
    smail("LOCAL", "hana@example.com"),
    row("pop3", ["mx1", "example.com", "192.0.2.1", "2026-11-24 08:40:02", "hana", "", "LOGIN", "9", "4093"]),
  ],
  queue: [],
  ...more,
});

const counted = (key: string, n: number): StatisticsRow => ({
  key,
  lines: n * 3,
  messages: n,
  bytes: n * 48_211,
  refused: Math.floor(n / 4),
});
const HOURS = Array.from({ length: 48 }, (_, i) =>
  counted(`2026-11-${24 + Math.floor(i / 24)} ${String(i % 24).padStart(2, "0")}`, (i * 37) % 400),
);

const finding = (code: LogFinding["code"]): LogFinding => ({
  code,
  file: code === "largeLog" ? "smtp-202611250000" : null,
  ip: /^ip|refused/.test(code) ? "2001:db8:1234:5678:9abc:def0:1234:5678" : null,
  domain: code.startsWith("account") ? "example.com" : null,
  name: code.startsWith("account") ? "verylongname".repeat(4) : null,
  value: 1_288_490_188,
  bound: 1,
  remedy: code.startsWith("ip") ? "spammer.add" : code === "accountBytes" ? "account.suspend" : null,
});

/** What XMail wrote down, who asks where a mail is, and the numbers. */
export const LOG_EXHIBITS: readonly Exhibit[] = [
  exhibit("logs/many", logsPage, { query: {}, page: { items: EVERY, next: "c210cDox" } }),
  exhibit("logs/kinds", logsPage, {
    query: { kind: "smail", address: "hana@example.com", since: "2026-11-24T08:00", cursor: "c210cDox" },
    page: { items: OTHERS, next: null },
  }),
  exhibit("logs/hostile", logsPage, { query: {}, page: { items: HOSTILE, next: null } }),
  exhibit("logs/none", logsPage, { query: {}, page: { items: [], next: null } }),
  exhibit("logs/no-match", logsPage, { query: { ip: "203.0.113." }, page: { items: [], next: "c210cDox" } }),
  exhibit(
    "logs/refused",
    logsPage,
    { query: { since: "yesterday" }, page: { items: [], next: null } },
    { refusal: refused("INVALID_INPUT", [{ field: "since", rule: "log-time" }]) },
  ),
  exhibit("log-files/many", logFilesPage, {
    items: [
      file({ name: "smtp-202611250000", begins: "2026-11-25 00:00", size: 1_288_490_188, large: true }),
      file({}),
      file({ name: "pop3-202611240000", kind: "pop3", usual: null, size: 0 }),
    ],
  }),
  exhibit("log-files/none", logFilesPage, { items: [] }),
  exhibit("log-findings/many", logFindingsPage, { days: "3", items: LOG_FINDINGS.map(finding) }),
  exhibit("log-findings/none", logFindingsPage, { days: "30", items: [] }),
  exhibit("mail-trace/ask", mailTracePage, { query: {}, found: null }),
  exhibit("mail-trace/found", mailTracePage, {
    query: { address: "hana@example.com" },
    found: {
      items: [
        message({}),
        message({ outcome: "sent", steps: [smtp("RECV=OK"), smail("FWD", "203.0.113.25:25")] }),
        message({ outcome: "refused", id: null, sender: "", steps: [smtp("RCPT=EFULL")] }),
        message({
          outcome: "waiting",
          recipients: Array.from({ length: 9 }, (_, i) => `user${i}@example.com`),
          steps: [smtp("RECV=OK")],
        }),
        message({ outcome: "frozen", steps: [smtp("RECV=OK")], queue: ROWS.slice(2, 3) }),
        message({ outcome: "held", steps: [], time: null, queue: ROWS.slice(3, 6) }),
        message({ outcome: "passed", steps: HOSTILE.slice(0, 3), sender: HOSTILE[0]?.cells[4]?.text ?? "" }),
      ],
      more: true,
      queue: "part",
    },
  }),
  exhibit(
    "mail-trace/one-domain",
    mailTracePage,
    {
      query: { id: "S32" },
      found: {
        items: [message({ outcome: "frozen", steps: [smtp("RECV=OK")], queue: ROWS.slice(2, 3) })],
        more: false,
        queue: "all",
      },
    },
    { actor: ofOneDomain("log.*", "spool.*") },
  ),
  exhibit("mail-trace/logs-only", mailTracePage, { query: {}, found: null }, { actor: ofOneDomain("log.*") }),
  exhibit("mail-trace/none", mailTracePage, {
    query: { id: "S99" },
    found: { items: [], more: false, queue: "none" },
  }),
  exhibit(
    "mail-trace/refused",
    mailTracePage,
    { query: { since: "2026-11-24" }, found: null },
    { refusal: refused("INVALID_INPUT", [{ field: "address", rule: "required" }]) },
  ),
  exhibit("statistics/hours", statisticsPage, {
    query: { by: "hour" },
    counted: { items: HOURS, total: counted("", 9_120), different: 48 },
  }),
  ...LOG_GROUPS.slice(2).map((by) =>
    exhibit(`statistics/${by}`, statisticsPage, {
      query: { by, domain: "example.com" },
      counted: {
        items: [counted("203.0.113.7", 400_000), counted("<b>x</b>@example.com", 12), counted("*", 3)],
        total: counted("", 400_015),
        different: 4_000,
      },
    }),
  ),
  exhibit("statistics/none", statisticsPage, {
    query: { by: "day" },
    counted: { items: [], total: counted("", 0), different: 0 },
  }),
  exhibit(
    "statistics/refused",
    statisticsPage,
    { query: { by: "day", until: "soon" }, counted: null },
    { refusal: refused("INVALID_INPUT", [{ field: "until", rule: "log-time" }]) },
  ),
];
