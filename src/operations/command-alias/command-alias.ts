import { fail } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { tableIn } from "../../settings/entries.ts";
import { FILES } from "../../tab/files.ts";
import { pathOf } from "../../tab/table-file.ts";
import { commandAliasesIn } from "../../xmail/command-aliases.ts";
import { foldName } from "../../xmail/names.ts";
import { aliasFor } from "../../xmail/resolution.ts";
import { AccountName, Count, ExistingDomain, fields, Search } from "../fields.ts";
import { stepOperations } from "../mail-steps/step-operations.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { searchFor } from "../search.ts";

const key = { domain: ExistingDomain, alias: AccountName };
const place = (alias: { readonly domain: string; readonly alias: string }) =>
  pathOf(FILES.commandAlias, alias);

/** Steps of one command alias; the first one makes it, and with the last one it goes. */
export const commandAliasStep = stepOperations({
  noun: "commandAliasStep",
  one: "step of a command alias",
  http: "/domains/{domain}/command-aliases/{alias}/steps",
  format: FILES.commandAlias,
  key,
  ending: "smtp",
  target: ({ domain }) => domainTarget(domain),
  place: (_, alias) => place(alias),
});

const CommandAlias = fields({
  alias: Type.String({ description: "The part before the @" }),
  steps: Count,
  // Tried on the running server: command aliases are asked before accounts and aliases.
  takes: Type.Boolean({
    description: "There is an account or alias of the same name: it gets no mail, the steps take it",
  }),
});

export const commandAliasList = defineOperation({
  name: "commandAlias.list",
  summary: "List the addresses of a domain whose mail goes through steps of its own",
  effect: "read",
  input: fields({ domain: ExistingDomain, search: Type.Optional(Search), ...pagingFields }),
  output: pageOf(CommandAlias),
  errors: [],
  http: "GET /domains/{domain}/command-aliases",
  target: ({ domain }) => domainTarget(domain),
  async handler(ctx, { domain, search, cursor, limit }) {
    const wanted = searchFor(search);
    const files = await ctx.xmail.files.list(`cmdaliases/${foldName(domain)}`, ctx);
    const names = commandAliasesIn(files).filter(wanted);
    const page = cutPage(names, (name) => name, { cursor, limit });
    const aliases = await ctx.xmail.aliases.list(undefined, ctx);
    const items = [];
    for (const alias of page.items) {
      const table = tableIn(await ctx.xmail.files.read(place({ domain, alias }), ctx), FILES.commandAlias);
      const other =
        aliasFor(aliases, domain, alias) ?? (await ctx.xmail.accounts.get({ domain, name: alias }, ctx));
      items.push({ alias, steps: table.rows.length, takes: other !== null });
    }
    return { ...page, items };
  },
});

export const commandAliasRemove = defineOperation({
  name: "commandAlias.remove",
  summary: "Remove a command alias with all its steps; mail to it is refused from then on",
  effect: "destroy",
  input: fields(key),
  output: fields({ domain: Type.String(), alias: Type.String() }),
  errors: ["NOT_FOUND", "FILE_CHANGED", "FORBIDDEN"],
  http: "DELETE /domains/{domain}/command-aliases/{alias}",
  target: ({ domain }) => domainTarget(domain),
  async handler(ctx, { domain, alias }) {
    await ctx.xmail.files.edit(
      place({ domain, alias }),
      (bytes) => (bytes === null ? fail("NOT_FOUND") : null),
      ctx,
    );
    return { domain, alias };
  },
});
