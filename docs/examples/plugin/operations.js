// @ts-check
import {
  accountTarget,
  cutPage,
  defineOperation,
  ExistingAccount,
  ExistingDomain,
  fail,
  fields,
  orNull,
  pageOf,
  pagingFields,
  Type,
} from "xmailcfg";

/** Where it is kept: a variable of the account's `user.tab`, which XMail leaves alone. */
const VARIABLE = "Department";

const Department = Type.String({
  minLength: 1,
  maxLength: 60,
  pattern: "^[A-Za-z0-9][A-Za-z0-9 &.\\-]*$",
  description: "Letters, digits, blanks and & . -",
  "x-rule": "departments.name",
});
const Row = fields({ domain: ExistingDomain, name: ExistingAccount, department: orNull(Type.String()) });

export const departmentList = defineOperation({
  name: "department.list",
  summary: "List accounts with their departments",
  effect: "read",
  input: fields({ domain: Type.Optional(ExistingDomain), ...pagingFields }),
  output: pageOf(Row),
  errors: [],
  http: "GET /departments",
  each: (row) => accountTarget(row),
  async handler(ctx, { domain, cursor, limit }) {
    const rows = [];
    for await (const row of ctx.xmail.accounts.list(domain, ctx)) {
      // Asked before the page is cut, so that nobody learns how many accounts others have.
      if (row.kind === "user" && ctx.sees(accountTarget(row))) rows.push(row);
    }
    const page = cutPage(rows, (row) => `${row.domain}\0${row.name}`, { cursor, limit });
    const variables = await ctx.xmail.accounts.variables(page.items, ctx);
    const items = page.items.map((row, i) => ({
      domain: row.domain,
      name: row.name,
      department: variables[i]?.get(VARIABLE) ?? null,
    }));
    return { ...page, items };
  },
});

export const departmentGet = defineOperation({
  name: "department.get",
  summary: "Show the department of an account",
  effect: "read",
  input: fields({ domain: ExistingDomain, name: ExistingAccount }),
  output: Row,
  errors: ["ACCOUNT_NOT_FOUND"],
  http: "GET /accounts/{domain}/{name}/department",
  target: (input) => accountTarget(input),
  async handler(ctx, { domain, name }) {
    const row = (await ctx.xmail.accounts.get({ domain, name }, ctx)) ?? fail("ACCOUNT_NOT_FOUND");
    const [variables] = await ctx.xmail.accounts.variables([row], ctx);
    return { domain: row.domain, name: row.name, department: variables?.get(VARIABLE) ?? null };
  },
});

export const departmentSet = defineOperation({
  name: "department.set",
  summary: "Say which department an account belongs to",
  effect: "write",
  input: fields({ domain: ExistingDomain, name: ExistingAccount, department: Department }),
  output: Row,
  errors: ["ACCOUNT_NOT_FOUND", "CONFLICT"],
  http: "PUT /accounts/{domain}/{name}/department",
  target: (input) => accountTarget(input),
  async handler(ctx, { domain, name, department }) {
    const row = (await ctx.xmail.accounts.get({ domain, name }, ctx)) ?? fail("ACCOUNT_NOT_FOUND");
    if (row.kind === "list") fail("CONFLICT", "A mailing list belongs to no department.");
    await ctx.xmail.accounts.setVariables(row, new Map([[VARIABLE, department]]), ctx);
    return { domain: row.domain, name: row.name, department };
  },
});

export const departmentRemove = defineOperation({
  name: "department.remove",
  summary: "Take an account out of its department",
  effect: "destroy",
  input: fields({ domain: ExistingDomain, name: ExistingAccount }),
  output: Row,
  errors: ["ACCOUNT_NOT_FOUND"],
  http: "DELETE /accounts/{domain}/{name}/department",
  target: (input) => accountTarget(input),
  async handler(ctx, { domain, name }) {
    const row = (await ctx.xmail.accounts.get({ domain, name }, ctx)) ?? fail("ACCOUNT_NOT_FOUND");
    await ctx.xmail.accounts.setVariables(row, new Map([[VARIABLE, null]]), ctx);
    return { domain: row.domain, name: row.name, department: null };
  },
});
