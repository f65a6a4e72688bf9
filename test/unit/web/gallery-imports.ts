import type { ImportReported } from "../../../src/operations/bulk/bulk-import.ts";
import { type ImportWishes, importPage } from "../../../src/web/pages/import.ts";
import { type Exhibit, exhibit } from "./gallery-frame.ts";

const WISHES: ImportWishes = { kind: "account", domain: "", list: "", mode: "all", resume: false };
const fine = { field: null, rule: null, limit: null, message: null };
const report: ImportReported = {
  added: 2,
  already: 1,
  wrong: 2,
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

/** The import in all states. */
export const IMPORTS: readonly Exhibit[] = [
  exhibit("import/new", importPage, { ...WISHES, report: null, concealed: null }),
  exhibit("import/members", importPage, {
    ...WISHES,
    kind: "member",
    list: "news@example.com",
    report: null,
    concealed: null,
  }),
  exhibit("import/looked-at-all", importPage, { ...WISHES, report, concealed: "c2VhbGVk" }),
  exhibit("import/looked-at-possible", importPage, {
    ...WISHES,
    kind: "alias",
    mode: "possible",
    report,
    concealed: "c2VhbGVk",
  }),
  exhibit("import/many", importPage, {
    ...WISHES,
    report: {
      added: 300,
      already: 0,
      wrong: 0,
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
    report: { ...report, wrong: 0, report: report.report.filter(({ outcome }) => outcome !== "wrong") },
    concealed: null,
  }),
];
