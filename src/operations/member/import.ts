import { fail } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { accountTarget } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { ImportReport, importFields, importLines, refuseRow, refuseUnfit } from "../bulk/bulk-import.ts";
import { type Column, rowsOf } from "../bulk/columns.ts";
import { Address, fields } from "../fields.ts";
import { listKey, Rights } from "./fields.ts";

const COLUMNS = {
  address: {
    headings: ["email", "mail", "mail address", "member", "メールアドレス", "アドレス", "メンバー"],
  },
  rights: { headings: ["permissions", "権利", "権限"] },
} as const satisfies Record<string, Column>;

const MEMBER = fields({ address: Address, rights: Rights });

export const memberImport = defineOperation({
  name: "member.import",
  summary: "Add many members to a mailing list from CSV: address, rights (R, RW or RA; RW if absent)",
  effect: "write",
  input: fields({ ...listKey, ...importFields }),
  output: ImportReport,
  errors: ["ACCOUNT_NOT_FOUND", "NOT_A_LIST"],
  http: "POST /domains/{domain}/lists/{name}/import",
  target: accountTarget,
  async handler(ctx, { domain, name, ...request }) {
    const list = { domain, name };
    const rows = rowsOf(request.csv, COLUMNS, [["address"]]);
    const there = new Map(
      (await ctx.xmail.mailingLists.members(list, ctx)).map((one) => [
        foldName(one.address),
        one.permissions,
      ]),
    );
    return importLines(ctx, request, {
      rows,
      about: ({ values }) => values.address.slice(0, 400),
      key: ({ values }) => foldName(values.address),
      async read({ values: { address, rights: given } }) {
        const rights = given === "" ? "RW" : given.toUpperCase();
        refuseUnfit(MEMBER, { address, rights });
        const known = there.get(foldName(address));
        if (known === undefined) return { address, permissions: rights };
        if (!request.resume) fail("LIST_MEMBER_EXISTS");
        if (given !== "" && known !== rights)
          refuseRow("rights", "csv-different", "The member is there already, with other rights.");
        return null;
      },
      add: (members) => ctx.xmail.mailingLists.add(list, members, ctx),
    });
  },
});
