import { hasCode } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import type { AccountRow } from "../../xmail/accounts.ts";
import { ExistingDomain, fields, Search } from "../fields.ts";
import { type Page, pageFrom, pageOf, pagingFields, placeOf } from "../paging.ts";
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
  const { domain, search, kind, sort = "name", order } = request;
  const sight = ctx.sight<AccountRow>(accountTarget);
  const page = pageFrom(
    await ctx.xmail.accounts.page(
      {
        ...placeOf(request),
        sort,
        descending: order === "descending",
        ...(domain === undefined ? {} : { domain }),
        ...(search === undefined ? {} : { search }),
        ...(kind === undefined ? {} : { group: kind }),
        ...(sight ? { sight } : {}),
      },
      ctx,
    ),
  );
  // Only the rows of this page are looked at closely: with 50,000 accounts that is the whole cost.
  const facts = await ctx.xmail.accounts.facts(page.items, ctx);
  return {
    ...page,
    items: page.items.map((row, i) => {
      const { variables, usage } = at(facts, i);
      return summaryOf(row, variables, usage);
    }),
  };
}

function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined)
    throw new RangeError("The backend answered for fewer accounts than it was asked for");
  return value;
}
