import { SERVER } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { pathOf } from "../../tab/table-file.ts";
import { refuseNewPrograms } from "../program-fields.ts";
import { rowOperations } from "../rows/row-operations.ts";
import { FilterFile } from "./filter-fields.ts";
import { filterProgramFields, readFilterProgram, writeFilterProgram } from "./filter-program.ts";

/** `filters/<file>`: what `filters.in.tab` and `filters.out.tab` run, from the first to the last. */
export const filterStep = rowOperations({
  noun: "filterStep",
  one: "program of a filter file",
  many: "programs of a filter file",
  http: "/filter-files/{file}/steps",
  format: FILES.filter,
  key: { file: FilterFile },
  fields: filterProgramFields,
  secrets: [],
  switchable: true,
  target: () => SERVER,
  place: (_, { file }) => pathOf(FILES.filter, { file }),
  read: readFilterProgram,
  write: writeFilterProgram,
  guard: (_, { before, after }) => refuseNewPrograms(before, after),
});
