import type { TSchema } from "../kernel/schema.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import { foldName } from "../xmail/names.ts";
import type { TableFormat } from "./lines.ts";

/** When a running XMail notices that the file was edited. `index`: only at its next start. */
export type ReadAgain =
  | "each session"
  | "each use"
  | "each message"
  | "each login"
  | "each sync"
  | "useradd"
  | "index";

/** What is known of one of XMail's tables: everything that reads, edits, checks or explains one asks here. */
export interface TableFile extends TableFormat {
  /** Below MailRoot; `{domain}` and the like are filled in by `pathOf`. */
  readonly path: string;
  /** In the order of the line; optional ones at the end may be missing. */
  readonly columns: Readonly<Record<string, TSchema>>;
  /** Any number of these may follow. */
  readonly more?: TSchema;
  readonly readAgain: ReadAgain;
  /** Whether moving a line changes what XMail does. */
  readonly ordered: boolean;
  /** Hash index in `tabindex/`; XMail rebuilds a missing one when it starts. */
  readonly index?: string;
  /** What XMail does without any row. */
  readonly empty: string;
  /** What XMail does without the file; where it is left out nobody has tried: keep the file. */
  readonly absent?: string;
}

type Blanks<P extends string> = P extends `${string}{${infer Blank}}${infer Rest}`
  ? Blank | Blanks<Rest>
  : never;

/** The file, with its blanks filled in. Domain folders are lower case, account folders are not. */
export function pathOf<P extends string>(
  file: { readonly path: P },
  blanks: Readonly<Record<Blanks<P>, string>>,
): StoragePath {
  const given: Readonly<Record<string, string>> = blanks;
  const parts = file.path.split("/").map((part) =>
    part.replace(/\{(\w+)\}/g, (_, blank: string) => {
      const value = given[blank] ?? "";
      return blank === "domain" || blank === "alias" ? foldName(value) : value;
    }),
  );
  return storagePath(...parts);
}

/** A line's cells under the names of their columns; those past the last one under `more`. */
export function recordOf(
  file: TableFile,
  cells: readonly string[],
): Record<string, string | readonly string[]> {
  const names = Object.keys(file.columns);
  const record: Record<string, string | readonly string[]> = {};
  names.forEach((name, i) => {
    const cell = cells[i];
    if (cell !== undefined) record[name] = cell;
  });
  const more = cells.slice(names.length);
  return more.length === 0 ? record : { ...record, more };
}
