import { failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import type { Limits } from "../../kernel/limits.ts";
import type { Delegation } from "../../kernel/people.ts";
import { pictureIn } from "../../kernel/picture.ts";
import type { Static } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { fields } from "../fields.ts";
import { defined } from "../people/person-in.ts";
import { type Bounds, LIMIT_FIELDS, limitWithin, requireHeld } from "./bounds.ts";
import { delegationFields } from "./fields.ts";

const All = fields(delegationFields);
type Given = Static<typeof All>;

/** What is given of a delegation, within the bounds; the rest is as it was. `INVALID_INPUT` names the field. */
export async function changedDelegation(
  ctx: Context,
  bounds: Bounds | null,
  given: Given,
): Promise<(delegation: Delegation) => Delegation> {
  const domains = given.domains && (await domainsIn(ctx, bounds, given.domains));
  const rights = given.rights && [...new Set(given.rights)];
  if (rights && bounds) requireHeld("rights", rights, bounds.rights);
  requireDoor(given, bounds);
  return ({ domains: before, most, rights: had, support, door }) => ({
    domains: domains ?? before,
    rights: rights ?? had,
    most: limitsIn(most, given, bounds),
    support: { ...support, ...supportIn(given) },
    door: { ...door, ...doorIn(given) },
  });
}

/** Every one of this server; of a delegate's, every one he holds, whether there are others or not. */
async function domainsIn(ctx: Context, bounds: Bounds | null, wished: readonly string[]) {
  const domains = [...new Set(wished.map(foldName))];
  if (bounds) requireHeld("domains", domains, bounds.domains);
  const served = new Set((await ctx.xmail.domains.list(ctx)).map(foldName));
  const other = domains.find((domain) => !served.has(domain) || domainTarget(domain).kind !== "domain");
  if (other !== undefined) {
    failField("domains", "no-such-domain", `domains: ${other} is no domain of this server.`, other);
  }
  return domains;
}

function limitsIn(before: Limits, given: Given, bounds: Bounds | null): Limits {
  const most: Partial<Record<keyof Limits, number>> = { ...before };
  for (const [field, kind] of Object.entries(LIMIT_FIELDS) as [keyof typeof LIMIT_FIELDS, keyof Limits][]) {
    const wished = given[field];
    if (wished === undefined) continue;
    const limit = limitWithin(field, wished, bounds?.most[kind]);
    if (limit === null) delete most[kind];
    else most[kind] = limit;
  }
  return most;
}

function supportIn({ postmaster, masterEmail, masterPhone, popServer, smtpServer }: Given) {
  return defined({ postmaster, masterEmail, masterPhone, popServer, smtpServer });
}

function doorIn({ doorSlug, doorHost, doorTitle, doorText, doorLogo, doorColour }: Given) {
  return defined({
    slug: doorSlug,
    host: doorHost,
    title: doorTitle,
    text: doorText?.replace(/\r\n?/g, "\n").trimEnd(),
    logo: doorLogo,
    colour: doorColour,
  });
}

/** Where a sign-in page stands is the server's matter: a name could be that of somebody else's. */
function requireDoor({ doorSlug, doorHost, doorLogo }: Given, bounds: Bounds | null): void {
  for (const [field, value] of Object.entries({ doorSlug, doorHost })) {
    if (bounds && value) failField(field, "masters-only", `${field} is given by a master administrator.`);
    if (value && /xmail|admin/i.test(value)) {
      failField(field, "telling-name", `${field} must not tell what stands there.`);
    }
  }
  if (doorLogo && !pictureIn(doorLogo)) {
    failField("doorLogo", "picture", "doorLogo is no picture in PNG, JPEG, WebP or GIF.");
  }
}
