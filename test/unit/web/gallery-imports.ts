import type { ImportReported } from "../../../src/operations/bulk/bulk-import.ts";
import type { ImportWishes } from "../../../src/web/import-run.ts";
import { importPage } from "../../../src/web/pages/import.ts";
import type { ImportProgress } from "../../../src/web/parts/import-progress.ts";
import { type Exhibit, exhibit } from "./gallery-frame.ts";

const WISHES: ImportWishes = { kind: "account", domain: "", list: "", mode: "all", resume: false };
const IDLE = { progress: null, stopped: false, why: "" } as const;
const fine = { field: null, rule: null, limit: null, message: null };
const report: ImportReported = {
  added: 2,
  already: 1,
  wrong: 2,
  total: 5,
  next: null,
  report: [
    { line: 2, about: "hana@example.com", outcome: "added", ...fine },
    { line: 3, about: "aoi@example.com", outcome: "already", ...fine },
    {
      line: 4,
      about: `${"a-very-long-name.".repeat(8)}@example.co.jp`,
      outcome: "wrong",
      field: "password",
      rule: "minLength",
      limit: "8",
      message: "password is too short.",
    },
    {
      line: 5,
      about: "ken@example.com",
      outcome: "wrong",
      field: "address",
      rule: "ACCOUNT_EXISTS",
      limit: null,
      message: "exists",
    },
    { line: 6, about: "ren@example.com", outcome: "added", ...fine },
  ],
};

const progress: ImportProgress = {
  done: 4_000,
  total: 10_000,
  added: 3_990,
  already: 8,
  wrong: 2,
  next: 4_002,
  wrongLines: report.report.filter(({ outcome }) => outcome === "wrong"),
  failed: null,
};
const wrongOnes: ImportReported = {
  ...report,
  added: 3_990,
  already: 8,
  total: 10_000,
  report: [...progress.wrongLines],
};
const long: ImportReported = { ...report, added: 10_000, already: 0, wrong: 0, total: 10_000, report: [] };
const inParts = { ...WISHES, ...IDLE, mode: "possible", concealed: "c2VhbGVk" } as const;

/** The import in all states. */
export const IMPORTS: readonly Exhibit[] = [
  exhibit("import/new", importPage, { ...WISHES, ...IDLE, report: null, concealed: null }),
  exhibit("import/members", importPage, {
    ...WISHES,
    ...IDLE,
    kind: "member",
    list: "news@example.com",
    report: null,
    concealed: null,
  }),
  exhibit("import/looked-at-all", importPage, { ...WISHES, ...IDLE, report, concealed: "c2VhbGVk" }),
  exhibit("import/looked-at-possible", importPage, {
    ...WISHES,
    ...IDLE,
    kind: "alias",
    mode: "possible",
    report,
    concealed: "c2VhbGVk",
  }),
  exhibit("import/many", importPage, {
    ...WISHES,
    ...IDLE,
    report: {
      added: 300,
      already: 0,
      wrong: 0,
      total: 300,
      next: null,
      report: Array.from({ length: 300 }, (_, i) => ({
        line: i + 2,
        about: `user${i}@example.com`,
        outcome: "added" as const,
        ...fine,
      })),
    },
    concealed: "c2VhbGVk",
  }),
  exhibit("import/done", importPage, {
    ...WISHES,
    ...IDLE,
    report: { ...report, wrong: 0, report: report.report.filter(({ outcome }) => outcome !== "wrong") },
    concealed: null,
  }),
  exhibit("import/long-all", importPage, { ...WISHES, ...IDLE, report: long, concealed: "c2VhbGVk" }),
  exhibit("import/long-possible", importPage, { ...inParts, report: long }),
  exhibit("import/part", importPage, { ...inParts, report: null, progress }),
  exhibit("import/part-stopped", importPage, { ...inParts, report: wrongOnes, progress, stopped: true }),
  exhibit("import/part-failed", importPage, {
    ...inParts,
    report: wrongOnes,
    progress: { ...progress, failed: "XMAIL_UNREACHABLE" },
  }),
  exhibit("import/part-done", importPage, {
    ...inParts,
    report: wrongOnes,
    progress: { ...progress, done: 10_000, added: 9_990, next: null },
    concealed: null,
  }),
];
