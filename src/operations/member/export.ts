import { defineOperation } from "../../kernel/operation.ts";
import { accountTarget } from "../../kernel/target.ts";
import { writeCsv } from "../bulk/csv.ts";
import { CsvAnswer } from "../bulk/csv-answer.ts";
import { fields } from "../fields.ts";
import { listKey } from "./fields.ts";

export const memberExport = defineOperation({
  name: "member.export",
  summary: "The members of a mailing list as CSV",
  effect: "read",
  input: fields(listKey),
  output: CsvAnswer,
  errors: ["ACCOUNT_NOT_FOUND", "NOT_A_LIST"],
  http: "GET /domains/{domain}/lists/{name}/export",
  target: accountTarget,
  async handler(ctx, list) {
    const members = await ctx.xmail.mailingLists.members(list, ctx);
    const lines = members.map(({ address, permissions }) => [address, permissions]);
    return { csv: writeCsv([["address", "rights"], ...lines]), rows: members.length };
  },
});
