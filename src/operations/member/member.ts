import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { Address, fields, Search } from "../fields.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { searchFor } from "../search.ts";
import { ExistingMember, listKey, Rights } from "./fields.ts";

const Member = fields({
  address: Type.String(),
  rights: Type.String({ description: "R, RW or RA; what an editor wrote may be something else" }),
});
const errors = ["ACCOUNT_NOT_FOUND", "NOT_A_LIST"] as const;

export const memberList = defineOperation({
  name: "member.list",
  summary: "List the members of a mailing list",
  effect: "read",
  input: fields({ ...listKey, search: Type.Optional(Search), ...pagingFields }),
  output: pageOf(Member),
  errors,
  http: "GET /domains/{domain}/lists/{name}/members",
  target: accountTarget,
  async handler(ctx, { search, cursor, limit, ...list }) {
    const wanted = searchFor(search);
    const rows = (await ctx.xmail.mailingLists.members(list, ctx))
      .map(({ address, permissions }, at) => ({ address, rights: permissions, at }))
      .filter(({ address }) => wanted(address));
    // An editor may have written an address twice.
    const page = cutPage(rows, ({ address, at }) => `${foldName(address)}\0${at}`, { cursor, limit });
    return { ...page, items: page.items.map(({ address, rights }) => ({ address, rights })) };
  },
});

export const memberAdd = defineOperation({
  name: "member.add",
  summary: "Add a member to a mailing list",
  effect: "write",
  input: fields({ ...listKey, address: Address, rights: Type.Optional(Rights) }),
  output: Member,
  errors: [...errors, "LIST_MEMBER_EXISTS"],
  http: "POST /domains/{domain}/lists/{name}/members",
  target: accountTarget,
  async handler(ctx, { address, rights = "RW", ...list }) {
    await ctx.xmail.mailingLists.add(list, [{ address, permissions: rights }], ctx);
    return { address, rights };
  },
});

export const memberChange = defineOperation({
  name: "member.change",
  summary: "Change what a member of a mailing list may do",
  effect: "write",
  input: fields({ ...listKey, address: ExistingMember, rights: Rights }),
  output: Member,
  errors: [...errors, "LIST_MEMBER_NOT_FOUND"],
  http: "PUT /domains/{domain}/lists/{name}/members/{address}",
  target: accountTarget,
  async handler(ctx, { address, rights, ...list }) {
    await ctx.xmail.mailingLists.setPermissions(list, { address, permissions: rights }, ctx);
    return { address, rights };
  },
});

export const memberRemove = defineOperation({
  name: "member.remove",
  summary: "Remove a member from a mailing list",
  effect: "destroy",
  input: fields({ ...listKey, address: ExistingMember }),
  output: fields({ address: Type.String() }),
  errors: [...errors, "LIST_MEMBER_NOT_FOUND"],
  http: "DELETE /domains/{domain}/lists/{name}/members/{address}",
  target: accountTarget,
  async handler(ctx, { address, ...list }) {
    await ctx.xmail.mailingLists.remove(list, [address], ctx);
    return { address };
  },
});
