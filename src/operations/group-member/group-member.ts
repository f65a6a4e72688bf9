import { fail, failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import type { Group, GroupMember } from "../../kernel/groups.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { addressOf, foldName } from "../../xmail/names.ts";
import { Address, Count, fields, oneOf, Search } from "../fields.ts";
import { memberState, requireDays } from "../group/days.ts";
import { GroupNamed, memberDays, WhichGroup } from "../group/fields.ts";
import { accountsThere, groupFound, groupsOf, refOf } from "../group/found.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { defined } from "../people/person-in.ts";
import { searchFor } from "../search.ts";

const MOST_MEMBERS = 10_000;
const MOST_AT_ONCE = 1000;

const Member = fields({
  address: Type.String(),
  state: oneOf(["active", "notYet", "over", "gone"], {
    description:
      "notYet and over: its days, or the group's, have not come or have gone; gone: no such account",
  }),
  validFrom: Type.String(),
  validUntil: Type.String(),
});
const MemberKey = fields({ group: WhichGroup, address: Address });
const errors = ["BAD_CONFIG", "NOT_FOUND"] as const;
const target = () => SERVER;

export const groupMemberList = defineOperation({
  name: "groupMember.list",
  summary: "List the members of a group, and whether they are in it now",
  effect: "read",
  input: fields({ group: WhichGroup, search: Type.Optional(Search), ...pagingFields }),
  output: pageOf(Member),
  errors,
  http: "GET /groups/{group}/members",
  target,
  async handler(ctx, { group: which, search, cursor, limit }) {
    const group = await groupFound(ctx, which);
    const wanted = searchFor(search);
    const rows = group.members.filter((member) => wanted(addressOf(member)));
    const page = cutPage(rows, addressOf, { cursor, limit });
    const there = await accountsThere(ctx, page.items);
    return { ...page, items: page.items.map((member) => rowOf(ctx, group, member, there)) };
  },
});

export const groupMemberAdd = defineOperation({
  name: "groupMember.add",
  summary: "Put accounts of any domains in a group; who is in it already stays as he is",
  effect: "write",
  input: fields({
    group: WhichGroup,
    addresses: Type.Array(Address, {
      minItems: 1,
      maxItems: MOST_AT_ONCE,
      description: "Addresses of accounts of this server",
    }),
    ...memberDays,
  }),
  output: fields({ ...GroupNamed.properties, added: Count, already: Count }),
  errors,
  http: "POST /groups/{group}/members",
  target,
  ofOurs: true,
  async handler(ctx, { group, addresses, validFrom = "", validUntil = "" }) {
    requireDays({ validFrom, validUntil });
    const found = await groupFound(ctx, group);
    const wished = [...new Set(addresses.map(foldName))].map(refOf);
    await requireThere(ctx, wished);
    let added = 0;
    const { id, name } = await groupsOf(ctx).change(found.id, (one) => {
      const there = new Set(one.members.map((member) => foldName(addressOf(member))));
      const members = wished
        .filter((ref) => !there.has(addressOf(ref)))
        .map((ref) => ({ ...ref, validFrom, validUntil }));
      added = members.length;
      if (one.members.length + added > MOST_MEMBERS) {
        const message = `addresses: a group has ${MOST_MEMBERS} members at most.`;
        failField("addresses", "most-group-members", message, MOST_MEMBERS);
      }
      return { ...one, members: [...one.members, ...members] };
    });
    return { id, name, added, already: wished.length - added };
  },
});

export const groupMemberSet = defineOperation({
  name: "groupMember.set",
  summary: "Change the days between which an account is in a group",
  effect: "write",
  input: fields({ ...MemberKey.properties, ...memberDays }),
  output: MemberKey,
  errors,
  http: "PUT /groups/{group}/members/{address}",
  target,
  ofOurs: true,
  handler: (ctx, { group, address, validFrom, validUntil }) =>
    changeMember(ctx, group, address, (member) => {
      const changed = { ...member, ...defined({ validFrom, validUntil }) };
      requireDays(changed);
      return [changed];
    }),
});

export const groupMemberRemove = defineOperation({
  name: "groupMember.remove",
  summary: "Take an account out of a group; the account stays as it is",
  effect: "destroy",
  input: MemberKey,
  output: MemberKey,
  errors,
  http: "DELETE /groups/{group}/members/{address}",
  target,
  ofOurs: true,
  handler: (ctx, { group, address }) => changeMember(ctx, group, address, () => []),
});

async function changeMember(
  ctx: Context,
  which: string,
  address: string,
  change: (member: GroupMember) => readonly GroupMember[],
) {
  const { id } = await groupFound(ctx, which);
  const isIt = (member: GroupMember) => foldName(addressOf(member)) === foldName(address);
  const { name } = await groupsOf(ctx).change(id, (group) => {
    if (!group.members.some(isIt)) fail("NOT_FOUND", `${address} is not in the group ${group.name}.`);
    return { ...group, members: group.members.flatMap((one) => (isIt(one) ? change(one) : [one])) };
  });
  return { group: name, address: foldName(address) };
}

function rowOf(ctx: Context, group: Group, member: GroupMember, there: ReadonlySet<string>) {
  const address = addressOf(member);
  const { validFrom, validUntil } = member;
  const state = there.has(foldName(address)) ? memberState(ctx.now(), group, member) : ("gone" as const);
  return { address, state, validFrom, validUntil };
}

async function requireThere(ctx: Context, refs: Parameters<typeof accountsThere>[1]): Promise<void> {
  const there = await accountsThere(ctx, refs);
  const missing = refs.map(addressOf).find((address) => !there.has(address));
  if (missing === undefined) return;
  failField("addresses", "no-such-account", `addresses: ${missing} is no account of this server.`, missing);
}
