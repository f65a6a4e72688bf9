import { hasCode } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import type { AccountRow } from "../../xmail/accounts.ts";
import { addressOf, foldName } from "../../xmail/names.ts";
import { ExistingDomain, fields, Search } from "../fields.ts";
import { cutPage, type Page, pageOf, pagingFields } from "../paging.ts";
import { searchFor } from "../search.ts";
import { AccountSummary, Kind } from "./rows.ts";
import { summaryOf } from "./summary.ts";

const Sort = Type.Union([Type.Literal("name"), Type.Literal("domain"), Type.Literal("kind")], {
  description:
    "name: by name, then domain (if absent); domain: by domain, then name; kind: people, then lists",
});
const Order = Type.Union([Type.Literal("ascending"), Type.Literal("descending")]);

const input = fields({
  domain: Type.Optional(ExistingDomain),
  search: Type.Optional(Search),
  kind: Type.Optional(Kind),
  sort: Type.Optional(Sort),
  order: Type.Optional(Order),
  ...pagingFields,
});

type Request = Static<typeof input>;

export const accountList = defineOperation({
  name: "account.list",
  summary: "List accounts with state, mailbox and last sign-in",
  effect: "read",
  input,
  output: pageOf(AccountSummary),
  errors: [],
  http: "GET /accounts",
  each: (row) => accountTarget(row),
  async handler(ctx, request) {
    try {
      return await readPage(ctx, request);
    } catch (error) {
      // An account went between the list and the look at it: the list is read anew, once.
      if (!hasCode(error, "ACCOUNT_NOT_FOUND")) throw error;
      return readPage(ctx, request);
    }
  },
});

async function readPage(ctx: Context, request: Request): Promise<Page<Static<typeof AccountSummary>>> {
  const rows: AccountRow[] = [];
  const wanted = wantedBy(request);
  for await (const row of ctx.xmail.accounts.list(request.domain, ctx)) {
    if (wanted(row) && ctx.sees(accountTarget(row))) rows.push(row);
  }
  const page = cutPage(rows, keyFor(request.sort), {
    cursor: request.cursor,
    limit: request.limit,
    descending: request.order === "descending",
  });
  // Only the rows of this page are looked at closely: with 50,000 accounts that is the whole cost.
  const [variables, usage] = await Promise.all([
    ctx.xmail.accounts.variables(page.items, ctx),
    ctx.xmail.accounts.usage(page.items, ctx),
  ]);
  return { ...page, items: page.items.map((row, i) => summaryOf(row, at(variables, i), at(usage, i))) };
}

function wantedBy({ search, kind }: Request): (row: AccountRow) => boolean {
  const wanted = searchFor(search);
  return (row) => (kind === undefined || row.kind === kind) && wanted(addressOf(row));
}

/** NUL sorts before every letter and stands in no name, so the parts of a key cannot run into each other. */
function keyFor(sort: Static<typeof Sort> = "name"): (row: AccountRow) => string {
  return (row) => {
    const name = foldName(row.name);
    const domain = foldName(row.domain);
    if (sort === "domain") return `${domain}\0${name}`;
    if (sort === "kind") return `${row.kind === "user" ? 0 : 1}\0${name}\0${domain}`;
    return `${name}\0${domain}`;
  };
}

function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined)
    throw new RangeError("The backend answered for fewer accounts than it was asked for");
  return value;
}
