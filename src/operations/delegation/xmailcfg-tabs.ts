import { foldName } from "../../xmail/names.ts";

/** What a line says, as far as this server knows the names in it. */
export interface Reading {
  /** Address of the administrator; empty where it cannot be told. */
  readonly name: string;
  readonly gets: readonly string[];
  /** Nothing is guessed: what is not understood is told. */
  readonly notTaken: readonly string[];
  readonly why: "noAdministrator" | "severalAdministrators" | "nothingToLookAfter" | null;
}

export interface Known {
  readonly domains: ReadonlySet<string>;
  /** By address in lower case. */
  readonly accounts: ReadonlyMap<string, "user" | "list">;
}

/**
 * Lines of a file of XMailCFG, whose formats were never written down: cells parted by TAB, in quotes or not, several names
 * in one cell parted by blanks, commas or semicolons. Empty lines and comments are none.
 */
export function linesIn(content: string): { readonly line: number; readonly cells: readonly string[] }[] {
  return content
    .replace(/^\u{feff}/u, "")
    .split(/\r\n?|\n/)
    .map((text, index) => ({ line: index + 1, text: text.trim() }))
    .filter(({ text }) => text !== "" && !text.startsWith("#"))
    .map(({ line, text }) => ({
      line,
      cells: text
        .split("\t")
        .map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"))
        .flatMap((cell) => cell.split(/[\s,;]+/))
        .filter((cell) => cell !== ""),
    }));
}

/** A local user as administrator of domains: he need not be of one of them. */
export function readDomainLine(cells: readonly string[], { domains, accounts }: Known): Reading {
  return reading(cells, (cell) => {
    if (domains.has(cell)) return "object";
    return accounts.has(cell) ? "administrator" : null;
  });
}

/** A local user as administrator of mailing lists. */
export function readListLine(cells: readonly string[], { accounts }: Known): Reading {
  return reading(cells, (cell) => {
    const kind = accounts.get(cell);
    if (kind === undefined) return null;
    return kind === "list" ? "object" : "administrator";
  });
}

function reading(
  cells: readonly string[],
  kindOf: (cell: string) => "administrator" | "object" | null,
): Reading {
  const folded = [...new Set(cells.map(foldName))].map((cell) => ({ cell, kind: kindOf(cell) }));
  const of = (wanted: string | null) => folded.filter(({ kind }) => kind === wanted).map(({ cell }) => cell);
  const administrators = of("administrator");
  const gets = of("object");
  const found = { name: administrators[0] ?? "", gets, notTaken: of(null) };
  if (administrators.length === 0) return { ...found, why: "noAdministrator" };
  if (administrators.length > 1) return { ...found, name: "", why: "severalAdministrators" };
  return { ...found, why: gets.length === 0 ? "nothingToLookAfter" : null };
}

/** By administrator, for whom there may be several lines. */
export function readAdministrators(
  lines: readonly { readonly name: string; readonly gets: readonly string[] }[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { name, gets } of lines) {
    found.set(name, [...new Set([...(found.get(name) ?? []), ...gets])]);
  }
  return found;
}
