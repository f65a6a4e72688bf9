import { textOf } from "../tab/cell.ts";
import { Clear, Crypted } from "../tab/columns.ts";
import { FILES } from "../tab/files.ts";
import { splitRecord } from "../tab/lines.ts";
import type { TableFile } from "../tab/table-file.ts";
import { isSecretVariable } from "../xmail/secret-names.ts";

export const MASK = "***";

/** Columns that hold a secret and are plain text to XMail. */
const ALSO_SECRET: Readonly<Record<string, readonly string[]>> = { smtpClientAuth: ["password"] };

interface SecretColumns {
  readonly path: RegExp;
  readonly columns: readonly number[];
}

const SECRETS: readonly SecretColumns[] = Object.entries<TableFile>(FILES).flatMap(
  ([key, { path, columns }]) => {
    const secret = Object.entries(columns).flatMap(([name, type], index) =>
      type === Crypted || type === Clear || ALSO_SECRET[key]?.includes(name) ? [index] : [],
    );
    return secret.length === 0 ? [] : [{ path: patternOf(path), columns: secret }];
  },
);
const VARIABLES: readonly RegExp[] = Object.values<TableFile>(FILES)
  .filter(({ columns }) => Object.keys(columns).join() === "name,value")
  .map(({ path }) => patternOf(path));

/** A line of one of XMail's files as people may see it: as text, without its line end, passwords as `***`. */
export function maskedLine(path: string, line: string): string {
  const body = line.replace(/[\r\n]+$/, "");
  const { columns = [] } = SECRETS.find((file) => file.path.test(path)) ?? {};
  const masked = columns.length > 0 ? withoutCells(body, columns) : body;
  return textOf(VARIABLES.some((file) => file.test(path)) ? withoutVariable(masked) : masked);
}

/** XMail counts cells, and a run of TABs parts two of them. A line that is cut short hides all that may be a secret. */
function withoutCells(body: string, columns: readonly number[]): string {
  let cell = -1;
  return body.replace(/[^\t]+/g, (text) => {
    cell += 1;
    return columns.includes(cell) ? `"${MASK}"` : text;
  });
}

function withoutVariable(body: string): string {
  const [name = ""] = body.split("\t").filter((cell) => cell !== "");
  return isSecretVariable(splitRecord(name)[0] ?? "") ? withoutCells(body, [1]) : body;
}

function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  // Paths of accounts are as the server writes them, those of domains as files are named on a server that folds case.
  return new RegExp(`^${escaped.replace(/\{\w+\}/g, "[^/]*")}$`, "i");
}
