import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { revisionOf } from "../../settings/revision.ts";
import { FILES } from "../../tab/files.ts";
import { pathOf } from "../../tab/table-file.ts";
import { sameName } from "../../xmail/names.ts";
import { editSeen } from "../edit-seen.ts";
import { DomainKey, ExistingDomain, fields } from "../fields.ts";
import { changedDefaults, changeFields, changesIn, defaultsIn, neverEmpty, Variables } from "./defaults.ts";

const serverPath = FILES.accountDefaults.path;
const common = {
  target: ({ domain }: { domain: string }) => domainTarget(domain),
};

export const domainDefaultGet = defineOperation({
  ...common,
  name: "domainDefault.get",
  summary: "Show what new accounts of a domain begin with, and whether the domain has defaults of its own",
  effect: "read",
  input: DomainKey,
  output: fields({
    domain: Type.String(),
    own: Type.Boolean({ description: "False: those of the server count, and are shown" }),
    variables: Variables,
    revision: Type.String(),
  }),
  errors: ["DOMAIN_NOT_FOUND"],
  http: "GET /domains/{domain}/account-defaults",
  async handler(ctx, { domain }) {
    await requireDomain(ctx, domain);
    const bytes = await ctx.xmail.files.read(pathFor(domain), ctx);
    return {
      domain,
      own: bytes !== null,
      variables: defaultsIn(bytes ?? (await ctx.xmail.files.read(serverPath, ctx))),
      revision: revisionOf(bytes),
    };
  },
});

export const domainDefaultAdd = defineOperation({
  ...common,
  name: "domainDefault.add",
  summary: "Give a domain defaults of its own; they begin as those of the server",
  effect: "write",
  input: DomainKey,
  output: DomainKey,
  errors: ["DOMAIN_NOT_FOUND", "ENTRY_EXISTS", "FILE_CHANGED"],
  http: "POST /domains/{domain}/account-defaults",
  async handler(ctx, { domain }) {
    await requireDomain(ctx, domain);
    const standard = neverEmpty(await ctx.xmail.files.read(serverPath, ctx));
    await editSeen(ctx, pathFor(domain), undefined, (bytes) =>
      bytes === null ? standard : fail("ENTRY_EXISTS", "The domain has defaults of its own already."),
    );
    return { domain };
  },
});

export const domainDefaultSet = defineOperation({
  ...common,
  name: "domainDefault.set",
  summary: "Change what new accounts of a domain begin with",
  effect: "write",
  input: fields({ domain: ExistingDomain, ...changeFields }),
  output: DomainKey,
  errors: ["DOMAIN_NOT_FOUND", "NOT_FOUND", "CONFLICT", "CELL_NOT_WRITABLE", "FILE_CHANGED"],
  http: "PUT /domains/{domain}/account-defaults",
  async handler(ctx, { domain, ...input }) {
    const changes = changesIn(input);
    await requireDomain(ctx, domain);
    await editSeen(ctx, pathFor(domain), input.revision as string | undefined, (bytes) =>
      bytes === null
        ? fail("NOT_FOUND", "The domain has no defaults of its own: add them first.")
        : changedDefaults(bytes, changes),
    );
    return { domain };
  },
});

export const domainDefaultRemove = defineOperation({
  ...common,
  name: "domainDefault.remove",
  summary: "Take a domain's own defaults away; those of the server count again",
  effect: "destroy",
  input: DomainKey,
  output: DomainKey,
  errors: ["DOMAIN_NOT_FOUND", "NOT_FOUND", "FILE_CHANGED"],
  http: "DELETE /domains/{domain}/account-defaults",
  async handler(ctx, { domain }) {
    await requireDomain(ctx, domain);
    await editSeen(ctx, pathFor(domain), undefined, (bytes) =>
      bytes === null ? fail("NOT_FOUND", "The domain has no defaults of its own.") : null,
    );
    return { domain };
  },
});

function pathFor(domain: string): string {
  return pathOf(FILES.domainAccountDefaults, { domain });
}

/** A folder of a domain that XMail does not handle is none of ours. */
async function requireDomain({ xmail, signal }: Context, domain: string): Promise<void> {
  const all = await xmail.domains.list({ signal });
  if (!all.some((one) => sameName(one, domain))) fail("DOMAIN_NOT_FOUND");
}
