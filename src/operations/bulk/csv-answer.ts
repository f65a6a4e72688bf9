import { Type } from "../../kernel/schema.ts";
import { Count, fields } from "../fields.ts";

/** What an export answers. */
export const CsvAnswer = fields({
  csv: Type.String({
    description:
      "UTF-8, RFC 4180, names of columns first; what a spreadsheet would run as a formula has an apostrophe before it",
  }),
  rows: Count,
});
