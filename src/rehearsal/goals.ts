import { appliedNearby } from "../changes/apply-nearby.ts";
import { applied, sha256Of, turnedRound } from "../changes/hunks.ts";
import { fail } from "../errors/error.ts";
import { type Secret, secret } from "../errors/secret.ts";
import { FILES } from "../tab/files.ts";
import type { FileChange } from "../xmail/change-set.ts";
import { ROW_TABLES, type RowTable, rowsIn, rowTableAt } from "./row-tables.ts";

type Cells = readonly string[];
type ChangedFile = Extract<FileChange, { kind: "file" }>;

/** Rows that shall not be there any more, and rows that shall. One with both is changed. */
export interface RowGoal {
  readonly table: RowTable;
  readonly go: readonly Cells[];
  readonly come: readonly Cells[];
}

/** How files shall be, wherever they are now. */
export interface Goals {
  readonly rows: readonly RowGoal[];
  /** Content by path; `null` is no file. */
  readonly files: ReadonlyMap<string, Uint8Array | null>;
}

export type ReadFile = (path: string) => Promise<Uint8Array | null>;

/** `removed` shall come back, `added` shall go; rows that are in both do not matter. */
export function rowGoal(table: RowTable, removed: string, added: string): RowGoal {
  const [come, go] = [rowsIn(table, removed), rowsIn(table, added)];
  return { table, come: without(table, come, go), go: without(table, go, come) };
}

function without(table: RowTable, rows: readonly Cells[], others: readonly Cells[]): Cells[] {
  const known = new Set(others.map((cells) => whole(table, cells)));
  return rows.filter((cells) => !known.has(whole(table, cells)));
}

function whole(table: RowTable, cells: Cells): string {
  return `${table.key(cells)}\n${table.value(cells)}`;
}

/**
 * The goals that take changes back. What others changed elsewhere stays; `CONFLICT` when it is the same rows or lines,
 * with both versions in `internal`.
 */
export async function goalsBack(changes: readonly FileChange[], read: ReadFile): Promise<Goals> {
  const rows: RowGoal[] = [];
  const files = new Map<string, Uint8Array | null>();
  for (const change of changes) {
    if (change.kind !== "file") continue;
    const { path, hunks } = change;
    const now = await read(path);
    const table = rowTableAt(path);
    if (table === null) {
      files.set(path, fileBack(change, now));
      continue;
    }
    const goal = rowGoal(
      table,
      hunks.flatMap(({ removed }) => removed).join(""),
      hunks.flatMap(({ added }) => added).join(""),
    );
    checkRows(goal, textIn(now));
    rows.push(goal);
  }
  await refuseOrphans(rows, read);
  return { rows, files };
}

/** A domain takes along what is in it: not what others put there since. */
async function refuseOrphans(goals: readonly RowGoal[], read: ReadFile): Promise<void> {
  const domains = goals.find(({ table }) => table.file === FILES.domains);
  const coming = new Set(domains?.come.map((cells) => domains.table.key(cells)));
  const gone = domains?.go.map((cells) => domains.table.key(cells)).filter((key) => !coming.has(key)) ?? [];
  if (gone.length === 0) return;
  for (const table of ROW_TABLES) {
    const going = new Set(goals.find((goal) => goal.table === table)?.go.map((cells) => table.key(cells)));
    for (const cells of rowsIn(table, textIn(await read(table.file.path)))) {
      const domain = table.domain(cells);
      if (domain === null || !gone.includes(domain) || going.has(table.key(cells))) continue;
      fail("CONFLICT", "Others have put accounts or aliases into the domain since. Remove those first.", {
        internal: { path: table.file.path, expected: lineOf(), found: lineOf(cells), wanted: lineOf() },
      });
    }
  }
}

function fileBack(change: ChangedFile, now: Uint8Array | null): Uint8Array | null {
  const { path, before, after, hunks } = change;
  if (sha256Of(now) === before) return now;
  const turned = turnedRound(hunks);
  const whole = sha256Of(now) === after ? applied(now, turned) : null;
  if (whole) return before === null ? null : whole;
  // A file that came or went as a whole: somebody else has another one there now, or none.
  if (now === null || before === null || after === null) return conflict(path, turned, textIn(now));
  return appliedNearby(path, now, turned);
}

function checkRows({ table, go, come }: RowGoal, text: string): void {
  const now = byKey(table, rowsIn(table, text));
  const going = byKey(table, go);
  for (const cells of go) {
    const found = now.get(table.key(cells));
    if (!found || table.value(found) !== table.value(cells)) rowConflict(table, { left: cells, found });
  }
  for (const cells of come) {
    const key = table.key(cells);
    const found = now.get(key);
    if (!going.has(key) && found && table.value(found) !== table.value(cells)) {
      rowConflict(table, { found, wanted: cells });
    }
  }
}

/** The first row of a key is the one that counts. */
export function byKey(table: RowTable, rows: readonly Cells[]): Map<string, Cells> {
  const known = new Map<string, Cells>();
  for (const cells of rows) {
    const key = table.key(cells);
    if (!known.has(key)) known.set(key, cells);
  }
  return known;
}

export function textIn(bytes: Uint8Array | null): string {
  return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1") : "";
}

interface Versions {
  readonly left?: Cells;
  readonly found: Cells | undefined;
  readonly wanted?: Cells;
}

function rowConflict({ file: { path } }: RowTable, { left, found, wanted }: Versions): never {
  return fail("CONFLICT", "The same row was changed since. Look at it, and change it by hand.", {
    internal: { path, expected: lineOf(left), found: lineOf(found), wanted: lineOf(wanted) },
  });
}

/** It may hold a password. */
function lineOf(cells: Cells = []): Secret {
  return secret(cells.map((cell) => `"${cell}"`).join("\t"));
}

function conflict(path: string, turned: ChangedFile["hunks"], found: string): never {
  return fail("CONFLICT", "The same file was changed since. Look at it, and change it by hand.", {
    internal: {
      path,
      expected: secret(turned.flatMap(({ removed }) => removed).join("")),
      wanted: secret(turned.flatMap(({ added }) => added).join("")),
      found: secret(found),
    },
  });
}
