import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { shownText } from "../../settings/edit-text.ts";
import { readLines } from "../../settings/read-lines.ts";
import { revisionOf } from "../../settings/revision.ts";
import { tableAt } from "../../settings/table-at.ts";
import { Bytes, Count, fields, orNull } from "../fields.ts";
import { FilePath, fitsIn, readShown } from "./rows.ts";

const MOST_LINES = 500;
/** Bytes of a text that a form can hold. */
const LARGEST_FORM = 200_000;

export const fileGet = defineOperation({
  name: "file.get",
  summary: "Show a file below MailRoot as text, and as XMail reads it line by line; secrets are masked",
  effect: "read",
  input: fields({
    path: FilePath,
    from: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: "First line to show" }),
    ),
  }),
  output: fields({
    path: Type.String(),
    table: orNull(Type.String()),
    revision: Type.String(),
    bytes: Bytes,
    columns: Type.Array(Type.String()),
    comments: Type.Boolean({ description: "Whether XMail skips lines that begin with #" }),
    readAgain: orNull(Type.String({ description: "When a running XMail sees a change of the file" })),
    ordered: Type.Boolean({ description: "Whether the order of the lines matters" }),
    lines: Type.Array(
      fields({
        number: Type.Integer({ minimum: 1 }),
        reading: Type.String({ description: "row, comment, blank, cut, rest, senseless, or text" }),
        cells: Type.Array(Type.String()),
        text: Type.String(),
      }),
      { description: `${MOST_LINES} lines at most` },
    ),
    total: Count,
    from: Type.Integer({ minimum: 1 }),
    next: orNull(Type.Integer()),
    locked: orNull(
      Type.String({ description: "Why it cannot be edited as text: indexed, books, large, binary" }),
    ),
    text: orNull(Type.String({ description: "All of it, when it can be edited" })),
  }),
  errors: ["NOT_FOUND"],
  http: "GET /files/text",
  target: () => SERVER,
  async handler(ctx, { path, from = 1 }) {
    const bytes = await readShown(ctx, path);
    const found = tableAt(path);
    const all = found
      ? readLines(path, bytes, found.file, fitsIn(found.file))
      : shownText(path, bytes)
          .split("\n")
          .map((text, index) => ({ number: index + 1, reading: "text", cells: [], text }));
    const next = from - 1 + MOST_LINES < all.length ? from + MOST_LINES : null;
    const locked = lockOf(path, bytes);
    return {
      path,
      table: found?.name ?? null,
      revision: revisionOf(bytes),
      bytes: bytes.length,
      columns: found ? [...Object.keys(found.file.columns), ...(found.file.more ? ["more"] : [])] : [],
      comments: found?.file.comments ?? false,
      readAgain: found?.file.readAgain ?? null,
      ordered: found?.file.ordered ?? false,
      lines: all.slice(from - 1, from - 1 + MOST_LINES).map((line) => ({ ...line, cells: [...line.cells] })),
      total: all.length,
      from,
      next,
      locked,
      text: locked === null ? shownText(path, bytes) : null,
    };
  },
});

/** Why a file is not edited as text. */
export function lockOf(path: string, bytes: Uint8Array): "indexed" | "books" | "large" | "binary" | null {
  if (tableAt(path)?.file.index !== undefined) return "indexed";
  if (path.toLowerCase() === "message.id") return "books";
  if (bytes.includes(0)) return "binary";
  return bytes.length > LARGEST_FORM ? "large" : null;
}
