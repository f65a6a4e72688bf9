import { fail, hasCode } from "../../errors/error.ts";
import { Secret } from "../../errors/secret.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { domainTarget, SERVER } from "../../kernel/target.ts";
import { decodeWords } from "../../settings/encoded-words.ts";
import type { AccountRow, NewAccountWithVariables } from "../../xmail/accounts.ts";
import { type AccountRef, addressOf, foldName } from "../../xmail/names.ts";
import { ImportReport, importFields, importLines, refuseRow, refuseUnfit } from "../bulk/bulk-import.ts";
import { rowsOf } from "../bulk/columns.ts";
import { ExistingDomain, fields } from "../fields.ts";
import { accountAdd } from "./add.ts";
import { COLUMNS, kindIn, type Line, NEEDED, refOf } from "./import-columns.ts";
import { newAccount } from "./new-account.ts";
import { refuseWrongVariable } from "./variable-rules.ts";

const LIMIT = "MaxMBSize";
const NAME = "RealName";

const input = fields({
  domain: Type.Optional(ExistingDomain),
  ...importFields,
});

export const accountImport = defineOperation({
  name: "account.import",
  summary: "Add many accounts from CSV: address, password, kind, realName, limitKB, in any order",
  effect: "write",
  input,
  output: ImportReport,
  errors: [],
  http: "POST /imports/accounts",
  // Without a domain the lines may be about any.
  target: ({ domain }) => (domain === undefined ? SERVER : domainTarget(domain)),
  async handler(ctx, request) {
    const rows = rowsOf(request.csv, COLUMNS, request.domain === undefined ? NEEDED : [...NEEDED, ["name"]]);
    const there = await standing(ctx, request.domain);
    return importLines(ctx, request, {
      rows,
      about: (row) => addressShown(row, request.domain),
      key: (row) => addressOf(refOf(row, request.domain)),
      async read(row) {
        const ref = refOf(row, request.domain);
        refuseElsewhere(ref, request);
        const known = there.accounts.get(addressOf(ref));
        if (known) return request.resume ? sameOrRefused(ctx, known, row) : fail("ACCOUNT_EXISTS");
        const account = accountIn(row, ref);
        if (!there.domains.has(ref.domain)) fail("DOMAIN_NOT_FOUND");
        if (there.aliases.has(addressOf(ref))) fail("ALIAS_EXISTS");
        return account;
      },
      add: (accounts) => ctx.xmail.accounts.addAll(accounts, ctx),
    });
  },
});

async function standing(ctx: Context, domain?: string) {
  const accounts = new Map<string, AccountRow>();
  for await (const row of ctx.xmail.accounts.list(domain, ctx)) accounts.set(foldName(addressOf(row)), row);
  return {
    accounts,
    domains: new Set((await ctx.xmail.domains.list(ctx)).map(foldName)),
    aliases: new Set(
      (await ctx.xmail.aliases.list(domain, ctx)).map((row) => foldName(`${row.alias}@${row.domain}`)),
    ),
  };
}

function accountIn(row: Line, ref: AccountRef): NewAccountWithVariables {
  const { password, realName, limitKB } = row.values;
  const kind = kindIn(row);
  refuseUnfit(accountAdd.input, {
    ...ref,
    kind,
    ...(password === "" ? {} : { password }),
    ...(realName === "" ? {} : { realName }),
  });
  const { variables = new Map(), ...account } = newAccount({ ...ref, kind, password, realName });
  checkLimit(limitKB);
  return {
    ...account,
    variables: new Map([...variables, ...(limitKB === "" ? [] : [[LIMIT, limitKB] as const])]),
  };
}

function checkLimit(limitKB: string): void {
  if (limitKB === "") return;
  try {
    refuseWrongVariable(LIMIT, limitKB);
  } catch (error) {
    if (!hasCode(error, "INVALID_INPUT")) throw error;
    refuseRow("limitKB", "kilobytes", "limitKB must be a whole number of kB, 0 for no limit.");
  }
}

function refuseElsewhere({ domain }: AccountRef, request: Static<typeof input>): void {
  if (request.domain !== undefined && foldName(request.domain) !== domain) {
    refuseRow("domain", "csv-other-domain", `The address is not of ${request.domain}.`, request.domain);
  }
}

/** What an earlier run of the import has added is there with all that the line says of it. */
async function sameOrRefused(ctx: Context, known: AccountRow, row: Line): Promise<null> {
  const { password, realName, limitKB } = row.values;
  const differs = (field: string) =>
    refuseRow(field, "csv-different", `The account is there already, with another ${field}.`);
  if (row.has("kind") && kindIn(row) !== known.kind) differs("kind");
  if (realName !== "" || limitKB !== "") {
    const [variables = new Map<string, string>()] = await ctx.xmail.accounts.variables([known], ctx);
    if (realName !== "" && decodeWords(variables.get(NAME) ?? "") !== realName) differs("realName");
    if (limitKB !== "" && variables.get(LIMIT) !== limitKB) differs("limitKB");
  }
  if (password !== "" && !(await ctx.xmail.accounts.checkPassword(known, new Secret(password), ctx)))
    differs("password");
  return null;
}

/** For the report, whatever the line holds. */
function addressShown({ values }: Line, domain = ""): string {
  if (values.address !== "") return values.address.slice(0, 400);
  return `${values.name}@${values.domain === "" ? domain : values.domain}`.slice(0, 400);
}
