import { SERVER } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { refuseNewPrograms } from "../program-fields.ts";
import { rowOperations } from "../rows/row-operations.ts";
import { filterProgramFields, readFilterProgram, writeFilterProgram } from "./filter-program.ts";

/** A table whose programs run while the other server waits: they may refuse what it brings. */
function smtpFilter<N extends string>(
  noun: N,
  moment: string,
  http: `/${string}`,
  file: { readonly path: string; readonly comments: boolean; readonly lineBuffer: number },
) {
  return rowOperations({
    noun,
    one: `filter ${moment}`,
    many: `filters ${moment}`,
    http,
    format: file,
    key: {},
    fields: filterProgramFields,
    secrets: [],
    switchable: true,
    target: () => SERVER,
    place: () => file.path,
    read: readFilterProgram,
    write: writeFilterProgram,
    guard: (_, { before, after }) => refuseNewPrograms(before, after),
  });
}

export const filterPostRcpt = smtpFilter(
  "filterPostRcpt",
  "after each RCPT TO",
  "/filters-post-rcpt",
  FILES.filtersPostRcpt,
);
export const filterPreData = smtpFilter(
  "filterPreData",
  "before DATA",
  "/filters-pre-data",
  FILES.filtersPreData,
);
export const filterPostData = smtpFilter(
  "filterPostData",
  "after DATA",
  "/filters-post-data",
  FILES.filtersPostData,
);
