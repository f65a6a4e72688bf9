import { splitRecord } from "../../tab/codec.ts";
import { type RefusalNumber, refusalOf, refuse } from "../refusal.ts";
import type { MailRoot } from "../root.ts";
import type { IndexedKey } from "../root-tables.ts";
import { bodiesOf } from "../table-text.ts";

export interface TableAt {
  readonly path: string;
  readonly lineBuffer: number;
  readonly comments: boolean;
  /** The number for a change of a table that is not there. */
  readonly missing: RefusalNumber;
  /** What look-ups know of the table is made anew after each change, and only then. */
  readonly indexed?: IndexedKey;
}

/** What becomes of a record: `become` is the whole new line. */
export type Verdict = "keep" | "drop" | { readonly become: string };

/** The bytes of a table that is about to be changed. */
export async function tableText(root: MailRoot, table: TableAt): Promise<string> {
  return (await root.read(table.path)) ?? refuse(table.missing);
}

/** Adds a row as the server does: behind the last byte, even when that is no line end. */
export async function appendTo(root: MailRoot, table: TableAt, row: string): Promise<void> {
  if (!(await root.append(table.path, row))) refuse(table.missing);
}

interface RewriteOptions {
  readonly blanks?: boolean;
  /** Only records with this cell, in whatever case, are judged: of ten thousand rows the others need not be parsed. */
  readonly naming?: string;
}

/** Whether the cell may be in a line: it stands there as it is, unless something is escaped. */
function linesNaming(name: string | undefined): (body: string) => boolean {
  if (name === undefined || /["\\]/.test(name)) return () => true;
  const folded = name.toLowerCase();
  return (body) => body.includes("\\") || body.toLowerCase().includes(folded);
}

/**
 * Rewrites a table as the server does: what it does not touch stays as text, but loses CRs before line ends and all
 * behind a NUL, and long lines fall apart. Refuses with `ifNone` when every record was kept, and changes nothing then.
 */
export async function rewrite(
  root: MailRoot,
  table: TableAt,
  ifNone: RefusalNumber | null,
  judge: (cells: readonly string[]) => Verdict,
  { blanks = true, naming }: RewriteOptions = {},
): Promise<void> {
  const mayMean = linesNaming(naming);
  await root.locks.exclusive(table.path, async () => {
    const text = await tableText(root, table);
    let touched = false;
    let written = "";
    for (const body of bodiesOf(text, table)) {
      const cells = (table.comments && body.startsWith("#")) || !mayMean(body) ? [] : splitRecord(body);
      const verdict = cells.length === 0 ? "keep" : judge(cells);
      if (verdict !== "keep") touched = true;
      if (typeof verdict === "object") written += verdict.become;
      else if (verdict === "keep" && (blanks || body !== "")) written += `${body}\n`;
    }
    if (touched) {
      await root.write(table.path, written);
      if (table.indexed) await root.rebuild(table.indexed);
    } else if (ifNone !== null) refuse(ifNone);
  });
}

/** Does what the server tries and does not mind to fail at. */
export async function ifPossible(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (refusalOf(error) === null) throw error;
  }
}
