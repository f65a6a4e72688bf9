import { Type } from "../../kernel/schema.ts";
import { type FilterFlags, filterFlagCells, filterFlagsOf } from "../../settings/filter-flags.ts";
import { type Program, programCells, programFields, programOf } from "../program-fields.ts";
import { fitting } from "../rows/fitting.ts";

/** A line that runs a filter: when, and what. */
export const filterProgramFields = {
  ...programFields,
  skipSignedIn: Type.Boolean({ description: "Not for people who have signed in (aex)" }),
  skipWhitelisted: Type.Boolean({ description: "Not for addresses that are white-listed (wlex)" }),
  timeout: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 9_999_999,
      description: "Seconds that XMail waits (timeo); 90, if absent",
    }),
  ),
  otherFlags: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: "^[!-~]+$",
      description: "Flags that xmailcfg does not know, parted by commas",
      "x-rule": "filter-flags",
    }),
  ),
};

export function readFilterProgram(cells: readonly string[]) {
  const { flags, rest } = filterFlagsOf(cells);
  const program = programOf(rest);
  return program && fitting(filterProgramFields, { ...program, ...flags });
}

export function writeFilterProgram(values: Program & FilterFlags, was: readonly string[] | null) {
  return [...filterFlagCells(values, was), ...programCells(values)];
}
