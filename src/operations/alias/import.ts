import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget, SERVER } from "../../kernel/target.ts";
import { WILDCARD } from "../../xmail/alias-rows.ts";
import { addressOf, foldName } from "../../xmail/names.ts";
import { domainAliasFor } from "../../xmail/resolution.ts";
import { ImportReport, importFields, importLines, refuseRow, refuseUnfit } from "../bulk/bulk-import.ts";
import { type Column, type ImportRow, rowsOf } from "../bulk/columns.ts";
import { ExistingDomain, fields } from "../fields.ts";
import { aliasAdd } from "./add.ts";
import { aliasReach, fullTarget } from "./rows.ts";

const COLUMNS = {
  alias: { headings: ["address", "エイリアス", "別名", "メールアドレス"] },
  domain: { headings: ["ドメイン"] },
  target: { headings: ["account", "destination", "宛先", "届け先", "転送先", "アカウント"] },
} as const satisfies Record<string, Column>;

type Line = ImportRow<keyof typeof COLUMNS>;

export const aliasImport = defineOperation({
  name: "alias.import",
  summary: "Add many aliases from CSV: alias (with or without @domain), domain, target, in any order",
  effect: "write",
  input: fields({ domain: Type.Optional(ExistingDomain), ...importFields }),
  output: ImportReport,
  errors: [],
  http: "POST /imports/aliases",
  target: ({ domain }) => (domain === undefined ? SERVER : domainTarget(domain)),
  async handler(ctx, request) {
    const rows = rowsOf(request.csv, COLUMNS, [["alias", "target"]]);
    const there = await standing(ctx, request.domain);
    return importLines(ctx, request, {
      rows,
      about: (row) => addressIn(row, request.domain).slice(0, 400),
      key: (row) => addressIn(row, request.domain),
      async read(row) {
        const { domain, alias } = partsOf(addressIn(row, request.domain));
        refuseUnfit(aliasAdd.input, { domain, alias, target: row.values.target });
        const wild = WILDCARD.test(domain);
        if (wild && !row.values.target.includes("@")) {
          refuseRow(
            "target",
            "full-address",
            "target: give the full address, because the domain is a pattern.",
          );
        }
        const target = fullTarget(domain, row.values.target);
        refuseElsewhere(request.domain, domain, target);
        if (!wild && !there.domains.has(domain)) fail("DOMAIN_NOT_FOUND");
        const known = there.aliases.get(`${alias}@${domain}`);
        if (known !== undefined) return request.resume ? sameOrRefused(known, target) : fail("ALIAS_EXISTS");
        if (there.isAccount(`${alias}@${domain}`)) fail("ACCOUNT_EXISTS");
        if (!there.isAccount(target)) fail("ACCOUNT_NOT_FOUND");
        return { domain, alias, target };
      },
      add: (aliases) => ctx.xmail.aliases.addAll(aliases, ctx),
    });
  },
});

async function standing(ctx: Context, domain?: string) {
  const accounts = new Set<string>();
  for await (const row of ctx.xmail.accounts.list(domain, ctx)) accounts.add(foldName(addressOf(row)));
  const domainAliases = await ctx.xmail.domainAliases.list(ctx);
  return {
    domains: new Set((await ctx.xmail.domains.list(ctx)).map(foldName)),
    aliases: new Map(
      (await ctx.xmail.aliases.list(domain, ctx)).map((row) => [
        foldName(`${row.alias}@${row.domain}`),
        foldName(row.target),
      ]),
    ),
    /** As XMail looks an account up: its domain may be a domain alias. */
    isAccount(address: string): boolean {
      if (accounts.has(address)) return true;
      const { domain: home, alias: name } = partsOf(address);
      const real = domainAliasFor(domainAliases, home)?.real;
      return real !== undefined && accounts.has(foldName(`${name}@${real}`));
    },
  };
}

/** `domain` is what a line without one means. */
function addressIn({ values }: Line, domain = ""): string {
  if (values.alias.includes("@")) return foldName(values.alias);
  return foldName(`${values.alias}@${values.domain === "" ? domain : values.domain}`);
}

function partsOf(address: string): { readonly domain: string; readonly alias: string } {
  const at = address.lastIndexOf("@");
  return { alias: address.slice(0, at), domain: address.slice(at + 1) };
}

/** Whoever may do this for one domain may not hand its mail to another one. */
function refuseElsewhere(only: string | undefined, domain: string, target: string): void {
  if (only === undefined) return;
  if (foldName(only) !== domain)
    refuseRow("domain", "csv-other-domain", `The alias is not of ${only}.`, only);
  if (aliasReach(domain, target).kind === "server") {
    refuseRow("target", "csv-other-domain", `The account is not of ${only}.`, only);
  }
}

function sameOrRefused(known: string, target: string): null {
  return known === target
    ? null
    : refuseRow("target", "csv-different", "The alias is there already, with another target.");
}
