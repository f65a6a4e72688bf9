import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { problemsOf, Type } from "../../kernel/schema.ts";
import { mayBeShown, tableAt } from "../../settings/table-at.ts";
import type { TableFile } from "../../tab/table-file.ts";

export const FilePath = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: "^[!#-.0-9:-\\[\\]-~ ]+(?:/[!#-.0-9:-\\[\\]-~ ]+)*$",
  description: "A path below MailRoot with /, like server.tab or domains/example.com/userdef.tab",
  "x-rule": "file-path",
});

/** Bytes; larger files are for other tools. */
export const LARGEST = 1_048_576;

/** Whether a column takes a value; what no column says is text. */
export function fitsIn({ columns, more }: TableFile): (column: string, value: string) => boolean {
  return (column, value) => {
    const schema = column === "more" ? more : columns[column];
    if (value === "\0") return isOptional(schema);
    return schema === undefined || problemsOf(schema, value).length === 0;
  };
}

function isOptional(schema: unknown): boolean {
  // TypeBox marks what may be missing in the property, not in its schema.
  return typeof schema === "object" && schema !== null && "~optional" in schema;
}

/** The bytes of a file that may be shown. `NOT_FOUND` for every other one, whatever the reason. */
export async function readShown(ctx: Context, path: string): Promise<Uint8Array> {
  if (!mayBeShown(path)) fail("NOT_FOUND", "There is no such file that may be shown.");
  const bytes = await ctx.xmail.files.read(path, ctx);
  if (bytes === null) return fail("NOT_FOUND", "There is no such file that may be shown.");
  const isText = !bytes.includes(0) && !Buffer.from(bytes).includes("PRIVATE KEY-----");
  if (bytes.length > LARGEST || (!isText && tableAt(path) === null)) {
    return fail("NOT_FOUND", "There is no such file that may be shown.");
  }
  return bytes;
}
