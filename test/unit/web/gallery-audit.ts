import type { AuditRow } from "../../../src/operations/audit/rows.ts";
import type { AuditVerdict } from "../../../src/operations/audit/verify.ts";
import { auditPage } from "../../../src/web/pages/audit.ts";
import { auditRecordPage } from "../../../src/web/pages/audit-record.ts";
import { auditVerificationPage } from "../../../src/web/pages/audit-verification.ts";
import { noticeScreen } from "../../../src/web/parts/mail-notice.ts";
import { type Exhibit, exhibit, exhibitOf, refused } from "./gallery-frame.ts";

const LONG = `${"verylongname".repeat(5)}@${"department.".repeat(8)}example.com`;
const HASH = "8f14e45fceea167a5a36dedd4bea2543c4ca4238a0b923820dcc509a6f75849b";
const CHANGE = "2026-11-24T094107000-4f3a2b1c";

const TARGET = { kind: "account", domain: "example.com", name: "bob" } as const;

const row = (more: Partial<AuditRow> = {}): AuditRow => ({
  record: "2026-11-24.4711",
  number: 4711,
  at: new Date(2026, 10, 24, 9, 30).toISOString(),
  actor: "hana",
  actorId: "adm_0123456789abcdef",
  really: null,
  from: "192.0.2.7",
  operation: "account.setVariables",
  target: TARGET,
  input: ["domain=example.com", "name=bob", 'set=[{"name":"MaxMBSize","value":"2097152"}]'],
  reason: "asked by phone",
  outcome: "done",
  code: null,
  change: CHANGE,
  openedMail: false,
  ...more,
});

export const OPENED = row({
  operation: "message.get",
  input: ["domain=example.com", "name=bob", "message=1764"],
  reason: "Bob asked on the phone why this mail did not reach him",
  change: null,
  openedMail: true,
});

const SERVER_TARGET = { kind: "server", domain: null, name: null } as const;
const REFUSED = row({
  operation: "session.signIn",
  target: SERVER_TARGET,
  actor: "nobody",
  actorId: "nobody",
  input: ["name=***", "password=***"],
  reason: null,
  outcome: "refused",
  code: "UNAUTHENTICATED",
  change: null,
  from: "2001:db8:1234:5678:9abc:def0:1234:5678",
});

const MANY: AuditRow[] = [
  row(),
  OPENED,
  REFUSED,
  row({ outcome: "failed", code: "FILE_CHANGED", actor: LONG, change: null }),
  row({ outcome: "begun", change: null, target: { kind: "domain", domain: "example.com", name: null } }),
  row({ operation: "person.setPassword", target: { kind: "people", domain: null, name: null } }),
  row({
    target: {
      kind: "account",
      domain: `${"department.".repeat(8)}example.com`,
      name: "verylongname".repeat(5),
    },
  }),
];
const FULL = Array.from({ length: 50 }, (_, index) => MANY[index % MANY.length] ?? row());

const verdict = (more: Partial<AuditVerdict> = {}): AuditVerdict => ({
  whole: true,
  records: 12_345,
  first: 1,
  last: { number: 12_345, hash: HASH, at: new Date(2026, 10, 24, 9, 41).toISOString() },
  pruned: null,
  unchained: 0,
  interrupted: 0,
  faults: [],
  faultCount: 0,
  ...more,
});

const fault = (more: Partial<AuditVerdict["faults"][number]>) => ({
  kind: "changed" as const,
  record: 4711,
  to: null,
  file: "2026-11-20.jsonl",
  line: 12,
  ...more,
});
const TAMPERED = verdict({
  whole: false,
  pruned: 4_811,
  unchained: 1204,
  interrupted: 2,
  faults: [
    fault({}),
    fault({ kind: "missing", record: 4720, to: 4733 }),
    fault({ kind: "missing", record: 4740, to: 4740 }),
    fault({ kind: "moved", record: 4801 }),
    fault({ kind: "added", record: 4810 }),
    fault({ kind: "headLost", record: 4900 }),
    fault({ kind: "headMissing", record: null, file: null, line: null }),
    fault({ kind: "notThere", record: null, file: null, line: null }),
  ],
  faultCount: 129,
});

/** The audit log, and the question before mail of others is opened. */
export const AUDIT_EXHIBITS: readonly Exhibit[] = [
  exhibit("audit/many", auditPage, { query: {}, page: { items: FULL, next: "2026-11-20.1" } }),
  exhibit("audit/some", auditPage, {
    query: { object: "bob@example.com", outcome: "done", openedMail: "yes", cursor: "2026-11-24.9000" },
    page: { items: MANY, next: "2026-11-20.1" },
  }),
  exhibit("audit/none", auditPage, { query: {}, page: { items: [], next: null } }),
  exhibit("audit/no-match", auditPage, {
    query: { actor: "nobody else" },
    page: { items: [], next: "2026-11-20.1" },
  }),
  exhibit(
    "audit/refused",
    auditPage,
    { query: { since: "yesterday" }, page: { items: [], next: null } },
    { refusal: refused("INVALID_INPUT", [{ field: "since", rule: "day" }], { since: "yesterday" }) },
  ),
  exhibit("audit-record/change", auditRecordPage, row(), { here: "/audit/records/2026-11-24.4711" }),
  exhibit("audit-record/opened", auditRecordPage, OPENED, { here: "/audit/records/2026-11-24.4711" }),
  exhibit("audit-record/refused", auditRecordPage, REFUSED, { here: "/audit/records/2026-11-24.4711" }),
  exhibit(
    "audit-record/old",
    auditRecordPage,
    row({ number: null, outcome: "begun", really: "adm_ffffffffffffffff", actor: LONG, input: [] }),
    { here: "/audit/records/2026-11-24.4711" },
  ),
  exhibit("audit-verification/whole", auditVerificationPage, { query: {}, verdict: verdict() }),
  exhibit("audit-verification/begun", auditVerificationPage, {
    query: {},
    verdict: verdict({ records: 0, first: null, last: null }),
  }),
  exhibit("audit-verification/tampered", auditVerificationPage, {
    query: { head: HASH, after: "100" },
    verdict: TAMPERED,
  }),
  exhibit(
    "audit-verification/refused",
    auditVerificationPage,
    { query: { head: "abc" }, verdict: null },
    { refusal: refused("INVALID_INPUT", [{ field: "head", rule: "record-hash" }], { head: "abc" }) },
  ),
  exhibitOf(
    "mail-notice/asked",
    "/accounts/:domain/:name/messages",
    noticeScreen({
      path: "/accounts/example.com/bob/messages",
      fields: [["step", "open"]],
      mailbox: "bob@example.com",
      back: "/accounts/example.com/bob",
    }),
    { here: "/accounts/example.com/bob/messages" },
  ),
  exhibitOf(
    "mail-notice/long",
    "/accounts/:domain/:name/messages",
    noticeScreen({ path: "/x", fields: [], mailbox: LONG, back: "/" }),
    { here: "/accounts/example.com/bob/messages" },
  ),
];
