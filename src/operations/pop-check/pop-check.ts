import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { pathOf } from "../../tab/table-file.ts";
import { foldName } from "../../xmail/names.ts";
import { programCells, programFields, programOf, refuseNewPrograms } from "../program-fields.ts";
import { fitting } from "../rows/fitting.ts";
import { rowOperations } from "../rows/row-operations.ts";
import { tableFiles } from "../rows/table-files.ts";

/** Stands for `userauth/pop3/.tab`. */
export const OTHER_DOMAINS = "*";

const CheckedDomain = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: "^(?:\\*|[A-Za-z0-9_][A-Za-z0-9_.\\-]*)$",
  description: "A domain of this server, or * for all that have no programs of their own",
  "x-rule": "checked-domain",
});

const action = Type.Union([
  Type.Literal("userauth"),
  Type.Literal("useradd"),
  Type.Literal("useredit"),
  Type.Literal("userdel"),
  Type.Literal("domaindrop"),
]);
const fields = { action, ...programFields };
const placeOf = (domain: string) =>
  pathOf(FILES.pop3Auth, { domain: domain === OTHER_DOMAINS ? "" : domain });

/** `userauth/pop3/<domain>.tab` and `.tab`: programs that keep accounts elsewhere and check their passwords. */
export const popCheck = rowOperations({
  noun: "popCheck",
  one: "account program",
  many: "account programs",
  http: "/account-programs/{domain}/entries",
  format: FILES.pop3Auth,
  key: { domain: CheckedDomain },
  fields,
  secrets: [],
  switchable: true,
  target: () => SERVER,
  place: (_, { domain }) => placeOf(domain),
  read([name = "", ...rest]) {
    const program = programOf(rest);
    return program && fitting(fields, { action: foldName(name), ...program });
  },
  write: ({ action: name, ...program }, was) => [
    was?.[0] !== undefined && foldName(was[0]) === name ? was[0] : name,
    ...programCells(program),
  ],
  keyOf: ({ action: name }) => name,
  guard: (_, { before, after }) => refuseNewPrograms(before, after),
});

/** The domains with programs of their own. */
export const popCheckDomain = tableFiles({
  noun: "popCheckDomain",
  one: "account programs of a domain",
  many: "domains with account programs",
  http: "/account-programs",
  format: FILES.pop3Auth,
  name: "domain",
  key: CheckedDomain,
  folder: "userauth/pop3",
  nameOf: (file) =>
    file === ".tab" ? OTHER_DOMAINS : file.endsWith(".tab") ? file.slice(0, -".tab".length) : null,
  place: placeOf,
  target: () => SERVER,
});
