import { failField } from "../errors/error.ts";
import { Type } from "../kernel/schema.ts";
import { isFullPath } from "../xmail/full-path.ts";

export { isFullPath };

/** The widest form: what stands in a table already must stay changeable. What is new goes through `refuseNewPrograms`. */
export const ProgramPath = Type.String({
  minLength: 1,
  maxLength: 400,
  pattern: "^[^\\u0000-\\u001f\\u007f]+$",
  description:
    "Full path of the program on XMail's machine, like /usr/local/bin/scan or C:\\Tools\\scan.exe; XMail knows no PATH and no shell",
  "x-rule": "program",
});

const ProgramArgument = Type.String({
  maxLength: 400,
  pattern: "^[^\\u0000-\\u001f\\u007f]*$",
  description: "One argument as the program gets it; nothing is cut at blanks, and no quotes are needed",
  "x-rule": "argument",
});

/** One argument an entry; `@@NAME` as a whole argument, or `$(NAME)` anywhere, is filled in by XMail. */
export const ProgramArguments = Type.Array(ProgramArgument, {
  maxItems: 60,
  description: "Arguments one by one, as the program gets them",
  "x-rule": "argument",
});

/** What every table that runs programs asks: a program, and its arguments one by one. Spread into `fields`. */
export const programFields = { program: ProgramPath, arguments: ProgramArguments };

export interface Program {
  readonly program: string;
  readonly arguments: readonly string[];
}

/** The cells from the program on; `null` when there is none, or when a form could not give one of the arguments back. */
export function programOf(cells: readonly string[]): { program: string; arguments: string[] } | null {
  const [program, ...given] = cells;
  if (program === undefined || program === "" || cells.some((cell) => /[\p{Cc}]/u.test(cell))) return null;
  return { program, arguments: given };
}

export function programCells({ program, arguments: given }: Program): string[] {
  return [program, ...given];
}

/** Refuses a program without full path, unless it was there before: it may work on Windows, and stays. */
export function refuseNewPrograms(before: readonly Program[], after: readonly Program[]): void {
  const known = new Set(before.map(({ program }) => program));
  const bad = after.find(({ program }) => !known.has(program) && !isFullPath(program));
  if (bad) {
    failField(
      "program",
      "full-path",
      "Write the full path of the program: XMail knows no PATH and no shell.",
    );
  }
}
