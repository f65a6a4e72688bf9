import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { pathOf } from "../../tab/table-file.ts";
import { foldName, sameName } from "../../xmail/names.ts";
import { domainAliasFor } from "../../xmail/resolution.ts";
import { DomainName, fields, orNull } from "../fields.ts";
import { stepOperations } from "../mail-steps/step-operations.ts";
import { tableFiles } from "../rows/table-files.ts";

/** Everything that has no file of its own. */
const CATCH_ALL = "*";
const SUFFIX = ".tab";

const CustomDomainName = Type.String({
  minLength: 1,
  maxLength: 240,
  pattern: "^(?:[*]|[.]?[A-Za-z0-9_\\-]+(?:[.][A-Za-z0-9_\\-]+)*)$",
  description: "A domain that is not of this server; with a dot in front all below it; * alone all others",
  "x-rule": "custom-domain",
});

const place = (domain: string) => pathOf(FILES.customDomain, { domain: domain === CATCH_ALL ? "" : domain });

/** Steps of mail to domains elsewhere, in place of the delivery by DNS; the first one makes the file. */
export const customDomainStep = stepOperations({
  noun: "customDomainStep",
  one: "step of a custom domain",
  http: "/custom-domains/{domain}/steps",
  format: FILES.customDomain,
  key: { domain: CustomDomainName },
  ending: "smtp",
  target: () => SERVER,
  place: (_, { domain }) => place(domain),
});

export const customDomain = tableFiles({
  noun: "customDomain",
  one: "steps of a custom domain",
  many: "domains elsewhere whose mail goes through steps of its own",
  http: "/custom-domains",
  format: FILES.customDomain,
  name: "domain",
  key: CustomDomainName,
  folder: "custdomains",
  nameOf: (file) =>
    file === SUFFIX ? CATCH_ALL : file.endsWith(SUFFIX) ? file.slice(0, -SUFFIX.length) : null,
  place,
  target: () => SERVER,
});

export const customDomainExplain = defineOperation({
  name: "customDomain.explain",
  summary: "Say which custom domain's steps mail to a domain goes through",
  effect: "read",
  input: fields({ domain: DomainName }),
  output: fields({
    domain: Type.String(),
    local: Type.Boolean({
      description: "A domain of this server, or an alias of one: no custom domain counts",
    }),
    applies: orNull(Type.String({ description: "Name of the custom domain" })),
    tried: Type.Array(Type.String(), { description: "In the order in which XMail looks for them" }),
  }),
  errors: [],
  http: "GET /custom-domains/{domain}/explanation",
  target: () => SERVER,
  async handler(ctx, input) {
    const domain = foldName(input.domain);
    const domains = await ctx.xmail.domains.list(ctx);
    const alias = domainAliasFor(await ctx.xmail.domainAliases.list(ctx), domain);
    const local = domains.some((one) => sameName(one, domain)) || alias !== null;
    const files = new Set(await ctx.xmail.files.list("custdomains", ctx));
    const tried = [domain, ...parentsOf(domain), CATCH_ALL];
    const fileOf = (name: string) => `${name === CATCH_ALL ? "" : name}${SUFFIX}`;
    const applies = local ? null : (tried.find((name) => files.has(fileOf(name))) ?? null);
    return { domain, local, applies, tried };
  },
});

/** `.dom.ain`, `.ain` of `sub.dom.ain`. */
function parentsOf(domain: string): string[] {
  const labels = domain.split(".");
  return labels.slice(1).map((_, at) => `.${labels.slice(at + 1).join(".")}`);
}
