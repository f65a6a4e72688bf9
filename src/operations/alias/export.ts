import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget, SERVER } from "../../kernel/target.ts";
import { writeCsv } from "../bulk/csv.ts";
import { CsvAnswer } from "../bulk/csv-answer.ts";
import { ExistingDomainPattern, fields } from "../fields.ts";

export const aliasExport = defineOperation({
  name: "alias.export",
  summary: "All aliases as CSV, of one domain or of the server",
  effect: "read",
  input: fields({ domain: Type.Optional(ExistingDomainPattern) }),
  output: CsvAnswer,
  errors: [],
  http: "GET /exports/aliases",
  target: ({ domain }) => (domain === undefined ? SERVER : domainTarget(domain)),
  async handler(ctx, { domain }) {
    const rows = await ctx.xmail.aliases.list(domain, ctx);
    const lines = rows.map((row) => [`${row.alias}@${row.domain}`, row.target]);
    return { csv: writeCsv([["alias", "target"], ...lines]), rows: rows.length };
  },
});
