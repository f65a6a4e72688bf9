import { fail } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget, SERVER } from "../../kernel/target.ts";
import { decodeWords } from "../../settings/encoded-words.ts";
import type { AccountRow } from "../../xmail/accounts.ts";
import { addressOf } from "../../xmail/names.ts";
import { writeCsv } from "../bulk/csv.ts";
import { CsvAnswer } from "../bulk/csv-answer.ts";
import { ExistingDomain, fields } from "../fields.ts";

/** Accounts whose `user.tab` is read at once. */
const AT_ONCE = 200;

export const accountExport = defineOperation({
  name: "account.export",
  summary: "All accounts as CSV, of one domain or of the server, without passwords",
  effect: "read",
  input: fields({ domain: Type.Optional(ExistingDomain) }),
  output: CsvAnswer,
  errors: [],
  http: "GET /exports/accounts",
  target: ({ domain }) => (domain === undefined ? SERVER : domainTarget(domain)),
  async handler(ctx, { domain }) {
    const rows: AccountRow[] = [];
    for await (const row of ctx.xmail.accounts.list(domain, ctx)) rows.push(row);
    const lines: string[][] = [["address", "kind", "realName", "limitKB"]];
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      ctx.progress(from, rows.length);
      if (ctx.signal.aborted) fail("ABORTED", undefined, { cause: ctx.signal.reason });
      const some = rows.slice(from, from + AT_ONCE);
      const variables = await ctx.xmail.accounts.variables(some, ctx);
      some.forEach((row, at) => {
        const of = variables[at] ?? new Map<string, string>();
        const realName = decodeWords(of.get("RealName") ?? "");
        lines.push([addressOf(row), row.kind, realName, of.get("MaxMBSize") ?? ""]);
      });
    }
    return { csv: writeCsv(lines), rows: rows.length };
  },
});
