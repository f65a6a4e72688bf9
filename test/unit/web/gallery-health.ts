import { CODES, type LintCode } from "../../../src/operations/lint/codes.ts";
import { SAID, type Said } from "../../../src/operations/mail/said.ts";
import { healthPage } from "../../../src/web/pages/health.ts";
import { mailRoutePage } from "../../../src/web/pages/mail-route.ts";
import { type Exhibit, exhibit, refused } from "./gallery-frame.ts";

const LONG = `${"a-very-long-name.".repeat(6)}example.co.jp`;
const VALUES = {
  range: "192.0.2.0/24",
  by: "0.0.0.0/0",
  at: "3",
  domain: "example.com",
  account: "hana@example.com",
  alias: `info@${LONG}`,
  target: "gone@example.com",
  list: "staff@example.com",
  folder: "domains/example.com/gone",
  path: "smtp.ipmap.tab",
  name: "maxmtaops",
  right: "MaxMTAOps",
  pattern: "*.example.com",
  permissions: "MRVZ",
  chain: `hana@${LONG} → ken@example.com → hana@${LONG}`,
  address: "hana@example.com",
  other: "*.test",
  count: "50000",
  looked: "2000",
  says: "WhiteList=1",
  seconds: "20",
  lists: "dnsbl.example:1",
  used: "800",
  limit: "1000",
  sender: "aoi@example.org",
  rights: "RW",
  route: "@relay.example",
  program: "/opt/scan/bin/check",
  filter: "scan.tab",
  local: "192.0.2.1/32",
  to: `aoi@${LONG}`,
  servers: "mx.example.org:25",
  command: "mailbx",
  gateways: "mx1.example.org, mx2.example.org:587",
};
const values = Object.entries(VALUES).map(([name, value]) => ({ name, value }));

const finding = (code: LintCode, at: number) => ({
  code,
  severity: CODES[code],
  file: at % 3 === 0 ? null : at % 3 === 1 ? "smtprelay.tab" : `domains/${LONG}/hana/mailproc.tab`,
  line: at % 2 === 0 ? 12 : null,
  values,
  fix: at % 2 === 0 ? { operation: "relay.remove", input: { id: "0123456789ab" } } : null,
});
const codes = Object.keys(CODES) as LintCode[];
const all = (["danger", "warning", "note", "skipped"] as const).flatMap((severity) =>
  codes.filter((code) => CODES[code] === severity).map(finding),
);
const countsOf = (findings: readonly { readonly severity: string }[]) => {
  const having = (severity: string) => findings.filter((one) => one.severity === severity).length;
  return { danger: having("danger"), warning: having("warning"), note: having("note"), skipped: 0 };
};
const some = [finding("openCtrl", 4), finding("noAbuse", 0)];

const step = (said: Said, at: number) => {
  const [asks, verdict] = SAID[said];
  return {
    asks,
    said,
    verdict,
    reply: verdict === "refused" ? 550 : null,
    file: at % 4 === 0 ? null : at % 4 === 1 ? "smtprelay.tab" : `domains/${LONG}/hana/user.tab`,
    line: at % 2 === 0 ? 7 : null,
    values,
  };
};
const mail = (
  said: readonly Said[],
  outcome: "refused" | "lost" | "delivered" | "passed-on",
  certain: boolean,
) => ({
  address: "hana@example.com",
  route: null,
  mail: {
    sender: "aoi@example.org",
    client: "192.0.2.7",
    account: "",
    told: { outcome, certain, steps: said.map(step) },
  },
});
const START = ["exceptionNone", "connectAllowed", "spammerNone", "dnsListsNone", "signInNone"] as const;

/** Findings, and the way of a whole mail. */
export const HEALTH: readonly Exhibit[] = [
  exhibit("health/empty", healthPage, {
    counts: { danger: 0, warning: 0, note: 0, skipped: 0 },
    findings: [],
    more: [],
  }),
  exhibit("health/some", healthPage, { counts: countsOf(some), findings: some, more: [] }),
  exhibit("health/many", healthPage, {
    counts: countsOf(all),
    findings: all,
    more: [{ code: "openRelay", count: 4100 }],
  }),
  exhibit(
    "health/overtaken",
    healthPage,
    { counts: countsOf(some), findings: some, more: [] },
    { refusal: refused("CONFLICT", [], {}) },
  ),
  exhibit(
    "mail-route/delivered",
    mailRoutePage,
    mail([...START, "accountFound", "stored"], "delivered", true),
  ),
  exhibit("mail-route/relay-denied", mailRoutePage, mail([...START, "relayDenied"], "refused", true)),
  exhibit("mail-route/lost", mailRoutePage, mail([...START, "stepProgram", "stepsLose"], "lost", false)),
  exhibit("mail-route/every-step", mailRoutePage, mail(Object.keys(SAID) as Said[], "passed-on", false)),
];
