import type { Conflict } from "../../../src/errors/error.ts";
import type { ChangeDetails, ChangeRow } from "../../../src/operations/change/rows.ts";
import { conflictScreen } from "../../../src/web/conflict.ts";
import type { AnyPage } from "../../../src/web/page.ts";
import { changePage } from "../../../src/web/pages/change.ts";
import { changesPage } from "../../../src/web/pages/changes.ts";
import { reviewScreen } from "../../../src/web/parts/review-screen.ts";
import { undoConflictScreen } from "../../../src/web/parts/undo-conflict.ts";
import { type Exhibit, exhibit, exhibitOf, refused } from "./gallery-frame.ts";

const ID = "2026-11-24T094107000-4f3a2b1c";
const OTHER = "2026-11-24T093000000-aaaaaaaa";
const LONG = `${"verylongname".repeat(5)}@${"department.".repeat(8)}example.com`;

const row = (more: Partial<ChangeRow> = {}): ChangeRow => ({
  change: ID,
  at: new Date(2026, 10, 24, 9, 30).toISOString(),
  actor: "hana",
  actorId: "a1",
  from: "192.0.2.7",
  reason: "asked by phone",
  operation: "account.setVariables",
  target: { kind: "account", domain: "example.com", name: "bob" },
  about: ["example.com", "bob@example.com"],
  outcome: "done",
  code: null,
  undoes: null,
  undoneBy: null,
  undoable: true,
  paths: ["domains/example.com/bob/user.tab"],
  final: [],
  ...more,
});

/** The newest changes, as the overview has them. */
export const LAST_CHANGES = [
  row(),
  row({ operation: "alias.add", actor: LONG, outcome: "failed", code: "ALIAS_EXISTS" }),
  row({ operation: "change.undo", undoes: OTHER }),
];

const CHANGES = {
  commands: ['"uservarsset"\t"example.com"\t"bob"\t"MaxMBSize"\t"2097152"'],
  files: [
    {
      kind: "file",
      path: "domains/example.com/bob/user.tab",
      what: "changed",
      hunks: [{ line: 4, removed: ['"MaxMBSize"\t"1048576"'], added: ['"MaxMBSize"\t"2097152"'] }],
      files: null,
      bytes: null,
      kept: null,
    },
    {
      kind: "folder",
      path: `domains/example.com/${LONG}`,
      what: "removed",
      hunks: [],
      files: 3418,
      bytes: 612_000_000,
      kept: true,
    },
  ],
  final: [],
} satisfies Pick<ChangeDetails, "commands" | "files" | "final">;

const details = (more: Partial<ChangeDetails> = {}): ChangeDetails => ({
  ...row(),
  input: [
    { field: "domain", value: "example.com" },
    { field: "password", value: "***" },
  ],
  ...CHANGES,
  ...more,
});

const FINAL = { ...CHANGES, final: ["mailbox" as const] };
const HERE = `/changes/${ID}`;
const shownReview = (name: string, changes: Parameters<typeof reviewScreen>[1]["changes"]): Exhibit =>
  exhibitOf(`review/${name}`, "/add-alias", (frame) =>
    reviewScreen(frame, {
      changes,
      path: "/add-alias",
      fields: [["alias", "sales"]],
      back: null,
    }),
  );

const PAGE = {
  path: "/accounts/:domain/:name",
  view: () => ({ title: "", body: "" }),
  editable: () => [
    { name: "realName", label: "Full name", value: "Bob of Ken" },
    { name: "limit", label: LONG, value: LONG },
  ],
} as unknown as AnyPage;

const conflict = (name: string, now: { data: unknown } | null): Exhibit =>
  exhibitOf(`conflict/${name}`, "/accounts/example.com/bob", (frame) => {
    const visit = {
      form: new URLSearchParams({ realName: "Bob of Hana" }),
      path: "/accounts/example.com/bob",
      query: new URLSearchParams(),
    };
    const ask = { visit, params: {} } as unknown as Parameters<typeof conflictScreen>[1];
    return conflictScreen(PAGE, ask, JSON.stringify({ realName: "Bob" }), now)(frame);
  });

const refusedUndo = (name: string, conflict: Conflict): Exhibit =>
  exhibitOf(`undo-conflict/${name}`, HERE, (frame) => undoConflictScreen(conflict, HERE)(frame));

/** History, review and conflict. */
export const CHANGES_EXHIBITS: readonly Exhibit[] = [
  exhibit("changes/some", changesPage, {
    query: { search: "bob" },
    page: {
      items: [
        row(),
        row({ change: OTHER, about: [LONG], undoneBy: ID, undoable: false, reason: null }),
        row({ change: OTHER, outcome: "failed", code: "FILE_CHANGED", undoable: false }),
        row({ change: OTHER, outcome: "begun", undoable: false, actor: LONG }),
      ],
      next: OTHER,
      damaged: 1,
    },
  }),
  exhibit("changes/none", changesPage, { query: {}, page: { items: [], next: null, damaged: 0 } }),
  exhibit("changes/no-match", changesPage, {
    query: { object: "nobody@example.com" },
    page: { items: [], next: null, damaged: 0 },
  }),
  exhibit(
    "changes/refused",
    changesPage,
    { query: { since: "yesterday" }, page: { items: [], next: null, damaged: 0 } },
    { refusal: refused("INVALID_INPUT", [{ field: "since", rule: "day" }], { since: "yesterday" }) },
  ),
  exhibit("change/done", changePage, details(), { here: HERE }),
  exhibit("change/undone", changePage, details({ undoneBy: OTHER, undoable: false }), { here: HERE }),
  exhibit(
    "change/failed",
    changePage,
    details({ outcome: "failed", code: "FILE_CHANGED", undoable: false }),
    {
      here: HERE,
    },
  ),
  exhibit(
    "change/own-part",
    changePage,
    details({
      from: null,
      files: [
        {
          kind: "file",
          path: "mailusers.tab",
          what: "changed",
          hunks: [{ line: null, removed: [], added: ['"example.com"\t"bob"\t"***"\t12\t"bob"\t"U"'] }],
          files: null,
          bytes: null,
          kept: null,
        },
      ],
    }),
    { here: HERE },
  ),
  exhibit("change/interrupted", changePage, details({ outcome: "begun", undoable: false }), { here: HERE }),
  exhibit("change/final", changePage, details({ ...FINAL, undoes: OTHER }), { here: HERE }),
  shownReview("changes", CHANGES),
  shownReview("final", FINAL),
  shownReview("nothing", { commands: [], files: [], final: [] }),
  refusedUndo("lines", {
    file: "domains/example.com/bob/user.tab",
    left: ['"RealName"\t"Bob of Hana"'],
    now: ['"RealName"\t"Bob of Ken"', `"Note"\t"${LONG}"`],
    wanted: ['"RealName"\t"Bob"'],
    inSecrets: false,
  }),
  refusedUndo("password", {
    file: "mailusers.tab",
    left: ['"example.com"\t"bob"\t"***"\t7\t"bob"\t"U"'],
    now: ['"example.com"\t"bob"\t"***"\t7\t"bob"\t"U"'],
    wanted: [],
    inSecrets: true,
  }),
  conflict("changed", { data: null }),
  conflict("gone", null),
];
