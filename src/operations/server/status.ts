import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { Count, fields, Nothing, orNull } from "../fields.ts";

const Counts = fields({
  domains: Count,
  accounts: Count,
  lists: Count,
  aliases: Count,
  domainAliases: Count,
});

export const serverStatus = defineOperation({
  name: "server.status",
  summary: "Say whether XMail answers, which version it is, and what it holds",
  effect: "read",
  input: Nothing,
  output: fields({
    reachable: Type.Boolean(),
    version: orNull(Type.String()),
    problem: orNull(
      Type.String({ description: "Error code, when XMail does not answer or its files are out of reach" }),
    ),
    mode: Type.Union([Type.Literal("ctrl"), Type.Literal("tab"), Type.Literal("ctrl+files")]),
    transport: Type.Union([
      Type.Literal("tls"),
      Type.Literal("loopback"),
      Type.Literal("clear"),
      Type.Literal("files"),
    ]),
    storage: orNull(
      fields({
        kind: Type.String({ description: "Driver: local, smb, sftp, …" }),
        host: orNull(Type.String({ description: "Machine it is on, if not this one" })),
      }),
    ),
    counts: orNull(Counts),
  }),
  errors: [],
  http: "GET /server/status",
  target: () => SERVER,
  async handler(ctx) {
    const status = await ctx.xmail.server.status(ctx);
    // Without the control port only files could be counted; a server that does not answer is the news here.
    const countable = (status.reachable || status.mode === "tab") && status.problem === null;
    return { ...status, counts: countable ? await count(ctx) : null };
  },
});

async function count(ctx: Context): Promise<Static<typeof Counts>> {
  const [domains, accounts, aliases, domainAliases] = await Promise.all([
    ctx.xmail.domains.list(ctx),
    ctx.xmail.accounts.counts(ctx),
    ctx.xmail.aliases.counts(ctx),
    ctx.xmail.domainAliases.list(ctx),
  ]);
  const kinds = { user: 0, list: 0 };
  for (const { user, list } of accounts.values()) {
    kinds.user += user;
    kinds.list += list;
  }
  return {
    domains: domains.length,
    accounts: kinds.user,
    lists: kinds.list,
    aliases: [...aliases.values()].reduce((sum, count) => sum + count, 0),
    domainAliases: domainAliases.length,
  };
}
