import { fail } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { accountTarget, SERVER } from "../../kernel/target.ts";
import { type AccountRef, foldName, sameName } from "../../xmail/names.ts";
import { Address, ExistingDomain, fields, Search } from "../fields.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { searchFor } from "../search.ts";

const ExternalAlias = fields({
  local: Type.String({ description: "The account here" }),
  remote: Type.String({ description: "Its address elsewhere" }),
});

/** As an editor may have written it. */
const ExistingAddress = Type.String({
  minLength: 1,
  maxLength: 400,
  pattern: "^[^\\u0000-\\u001f\\u007f]+$",
  description: "An address as the list shows it",
  "x-rule": "one-line",
});

export const externalAliasList = defineOperation({
  name: "externalAlias.list",
  summary: "List the addresses elsewhere that stand for accounts here",
  effect: "read",
  input: fields({
    domain: Type.Optional(ExistingDomain),
    search: Type.Optional(Search),
    ...pagingFields,
  }),
  output: pageOf(ExternalAlias),
  errors: [],
  http: "GET /external-aliases",
  each: ({ local }) => accountTarget(partsOf(local)),
  async handler(ctx, { domain, search, cursor, limit }) {
    const wanted = searchFor(search);
    const rows = (await ctx.xmail.externalAliases.list(ctx))
      .filter(({ local }) => domain === undefined || sameName(partsOf(local).domain, domain))
      .filter(({ local }) => ctx.sees(accountTarget(partsOf(local))))
      .filter(({ local, remote }) => wanted(`${local} ${remote}`));
    return cutPage([...rows], ({ remote }) => foldName(remote), { cursor, limit });
  },
});

export const externalAliasAdd = defineOperation({
  name: "externalAlias.add",
  summary: "Take mail from an address elsewhere for mail from an account here",
  effect: "write",
  input: fields({ local: Address, remote: Address }),
  output: ExternalAlias,
  errors: ["EXTERNAL_ALIAS_EXISTS", "ACCOUNT_NOT_FOUND"],
  http: "POST /external-aliases",
  // Each takes an address for the whole server: answers from all domains go to the account it names.
  target: () => SERVER,
  async handler(ctx, row) {
    // XMail would take it, and lead answers nowhere.
    if ((await ctx.xmail.accounts.get(partsOf(row.local), ctx)) === null) fail("ACCOUNT_NOT_FOUND");
    await ctx.xmail.externalAliases.add(row, ctx);
    return row;
  },
});

export const externalAliasRemove = defineOperation({
  name: "externalAlias.remove",
  summary: "No longer take an address elsewhere for an account here",
  effect: "destroy",
  input: fields({ remote: ExistingAddress }),
  output: fields({ remote: Type.String() }),
  errors: ["EXTERNAL_ALIAS_NOT_FOUND"],
  http: "DELETE /external-aliases/{remote}",
  target: () => SERVER,
  async handler(ctx, { remote }) {
    await ctx.xmail.externalAliases.remove(remote, ctx);
    return { remote };
  },
});

function partsOf(address: string): AccountRef {
  const at = address.lastIndexOf("@");
  return { name: address.slice(0, at), domain: address.slice(at + 1) };
}
