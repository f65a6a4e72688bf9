import { type AppError, type FieldProblem, fail, failField, isAppError } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { problemsOf, type Static, type TSchema, Type } from "../../kernel/schema.ts";
import { Count, fields, orNull } from "../fields.ts";

const MOST_LETTERS = 10_000_000;
/** Of a request with such a text: most letters take one byte, Japanese ones three. */
export const IMPORT_BODY_LIMIT = 16 * 1024 * 1024;
/** Refused lines that are named when all or none was asked for. */
const MOST_NAMED = 100;
/** Lines after which others get their turn. */
const AT_ONCE = 500;

export const importFields = {
  csv: Type.String({
    minLength: 1,
    maxLength: MOST_LETTERS,
    // It holds passwords, and is too long for audit and history in any case.
    writeOnly: true,
    "x-text": true,
    description: "CSV with the names of the columns in its first line",
  }),
  mode: Type.Optional(
    Type.Union([Type.Literal("all"), Type.Literal("possible")], {
      description:
        "all: every line or none (if absent); possible: the lines that can be, and a report of the others",
    }),
  ),
  resume: Type.Optional(
    Type.Boolean({
      description: "What is there already with the same values is no fault, so an import can go on",
    }),
  ),
  from: Type.Optional(
    Type.Integer({ minimum: 1, description: "Line to go on with: `next` of the part before" }),
  ),
  most: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100_000,
      description: "Lines of one part, where mode is possible: each part is a change of its own",
    }),
  ),
};

const ReportLine = fields({
  line: Type.Integer({ minimum: 1 }),
  about: Type.String({ description: "The address of the line" }),
  outcome: Type.Union([Type.Literal("added"), Type.Literal("already"), Type.Literal("wrong")]),
  field: orNull(Type.String({ description: "The column at fault" })),
  rule: orNull(Type.String({ description: "The rule it breaks, or the code of the refusal" })),
  limit: orNull(Type.String()),
  message: orNull(Type.String()),
});

export const ImportReport = fields({
  added: Count,
  already: Count,
  wrong: Count,
  total: Type.Integer({ minimum: 0, description: "Lines below the headings, of all parts" }),
  next: orNull(
    Type.Integer({ minimum: 1, description: "Line that the next part begins with; null: all is done" }),
  ),
  report: Type.Array(ReportLine, { description: "Every line below the headings, or of the part" }),
});

/** What became of the lines, or would become of them. */
export type ImportReported = Static<typeof ImportReport>;
type Line = ImportReported["report"][number];

/** How the lines of one import are understood. */
export interface Importing<R extends { readonly line: number }, T> {
  readonly rows: readonly R[];
  /** The address that the report shows. */
  about(row: R): string;
  /** The thing to be added, or `null` when it is there already. Throws what refuses the line. */
  read(row: R): Promise<T | null>;
  /** Two lines of one key are one too many. */
  key(row: R): string;
  add(things: readonly T[]): Promise<void>;
}

interface Wishes {
  readonly mode?: "all" | "possible";
  readonly from?: number;
  readonly most?: number;
}

/** Looks at every line before the first is added. `INVALID_INPUT` names the lines that refuse all. */
export async function importLines<R extends { readonly line: number }, T>(
  ctx: Context,
  wishes: Wishes,
  { rows: all, about, read, key, add }: Importing<R, T>,
): Promise<ImportReported> {
  const { mode = "all" } = wishes;
  const { rows, next } = partOf(all, wishes);
  const report: Line[] = [];
  const things: T[] = [];
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    if (index % AT_ONCE === 0) await pause(ctx, index, rows.length);
    const line = { line: row.line, about: about(row), field: null, rule: null, limit: null, message: null };
    try {
      const name = key(row);
      if (seen.has(name)) refuseRow("address", "csv-twice", "The address stands in the file twice.");
      const thing = await read(row);
      seen.add(name);
      if (thing !== null) things.push(thing);
      report.push({ ...line, outcome: thing === null ? "already" : "added" });
    } catch (error) {
      if (!isAppError(error) || error.status >= 500) throw error;
      const { limit, ...problem } = problemIn(error);
      report.push({
        ...line,
        outcome: "wrong",
        ...problem,
        limit: limit === undefined ? null : String(limit),
      });
    }
  }
  const wrong = report.filter(({ outcome }) => outcome === "wrong");
  if (wrong.length > 0 && mode === "all") refuseAll(wrong);
  if (things.length > 0) await add(things);
  const already = report.filter(({ outcome }) => outcome === "already").length;
  return { added: things.length, already, wrong: wrong.length, total: all.length, next, report };
}

/** What was added by one part stays when the next one fails, so all or nothing cannot be had in parts. */
function partOf<R extends { readonly line: number }>(
  all: readonly R[],
  { mode = "all", from, most }: Wishes,
): { readonly rows: readonly R[]; readonly next: number | null } {
  if (from === undefined && most === undefined) return { rows: all, next: null };
  if (mode === "all") {
    const field = most === undefined ? "from" : "most";
    failField(
      field,
      "import-parts",
      `${field}: an import of all or nothing is made in one go. Choose mode possible.`,
    );
  }
  const begun = all.filter(({ line }) => line >= (from ?? 1));
  const rows = begun.slice(0, most);
  return { rows, next: begun[rows.length]?.line ?? null };
}

/** Refuses one line. */
export function refuseRow(field: string, rule: string, message: string, limit?: string): never {
  return fail("INVALID_INPUT", message, {
    fields: [limit === undefined ? { field, rule, message } : { field, rule, limit, message }],
  });
}

/** Refuses a line whose values are not such as the operation for one thing takes. */
export function refuseUnfit(schema: TSchema, values: unknown): void {
  const [problem] = problemsOf(schema, values);
  if (problem) fail("INVALID_INPUT", problem.message, { fields: [problem] });
}

/** So that a long file does not keep others waiting, and can be given up. */
async function pause(ctx: Context, done: number, total: number): Promise<void> {
  ctx.progress(done, total);
  await new Promise((resolve) => setImmediate(resolve));
  if (ctx.signal.aborted) fail("ABORTED", undefined, { cause: ctx.signal.reason });
}

function problemIn({ code, message, fields: [first] }: AppError): FieldProblem {
  return first ?? { field: "address", rule: code, message };
}

function refuseAll(wrong: readonly Line[]): never {
  const more = wrong.length > MOST_NAMED ? ` The first ${MOST_NAMED} are named.` : "";
  return fail("INVALID_INPUT", `${wrong.length} lines cannot be imported, so none was.${more}`, {
    fields: wrong.slice(0, MOST_NAMED).map(({ line, about, field, rule, message }) => ({
      field: "csv",
      rule: "csv-line",
      limit: `${line}: ${about}`,
      message: `Line ${line} (${about}): ${message ?? `${field} ${rule}`}`,
    })),
  });
}
