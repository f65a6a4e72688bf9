import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { fields, Search } from "../fields.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { searchFor } from "../search.ts";
import { GroupKey } from "./fields.ts";
import { groupFound, groupsOf } from "./found.ts";
import { GroupDetails, GroupRow, groupDetails, groupRow } from "./rows.ts";

export const groupList = defineOperation({
  name: "group.list",
  summary: "List the groups of accounts",
  effect: "read",
  input: fields({ search: Type.Optional(Search), ...pagingFields }),
  output: pageOf(GroupRow),
  errors: ["BAD_CONFIG"],
  http: "GET /groups",
  // Members lie in any domains: who looks after one of them would see the others.
  target: () => SERVER,
  async handler(ctx, { search, cursor, limit }) {
    const wanted = searchFor(search);
    const rows = (await groupsOf(ctx).list())
      .filter(({ name, list, responsible, responsibleEmail }) =>
        [name, list, responsible, responsibleEmail].some(wanted),
      )
      .map((group) => groupRow(ctx, group));
    const keyOf = ({ name }: { readonly name: string }) => foldName(name);
    return cutPage(
      rows.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
      keyOf,
      { cursor, limit },
    );
  },
});

export const groupGet = defineOperation({
  name: "group.get",
  summary: "Show one group: its days, its mailing list, who answers for it",
  effect: "read",
  input: GroupKey,
  output: GroupDetails,
  errors: ["BAD_CONFIG", "NOT_FOUND"],
  http: "GET /groups/{group}",
  target: () => SERVER,
  handler: async (ctx, { group }) => groupDetails(ctx, await groupFound(ctx, group)),
});
