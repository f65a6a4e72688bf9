import { addressOf, foldName } from "../../../xmail/names.ts";
import { partsOf } from "../../mail/finding-accounts.ts";
import { finding, fixBy, type LintFinding } from "../codes.ts";
import type { Facts } from "../facts.ts";

const DUTIES = { noPostmaster: "postmaster", noAbuse: "abuse" } as const;

/** Addresses that every domain must answer (RFC 5321, RFC 2142): an account, an alias, or a command alias. */
export async function checkDutyAddresses(facts: Facts): Promise<LintFinding[]> {
  const { ctx } = facts;
  const [accounts, aliases] = [await facts.accounts(), await facts.aliases()];
  const postmaster = (await facts.server()).get("PostMaster")?.value ?? "";
  const found: LintFinding[] = [];
  for (const domain of await facts.domains()) {
    const commands = await ctx.xmail.files.list(`cmdaliases/${foldName(domain)}`, ctx);
    for (const [code, name] of Object.entries(DUTIES) as [keyof typeof DUTIES, string][]) {
      const isThere = accounts.has(foldName(addressOf({ domain, name }))) || aliases.find({ domain, name });
      if (isThere || commands.includes(`${name}.tab`)) continue;
      const target = [`postmaster@${domain}`, postmaster].find((one) => {
        const ref = partsOf(one);
        return ref && accounts.has(foldName(addressOf(ref)));
      });
      const fix = target === undefined ? null : fixBy("alias.add", { domain, alias: name, target });
      found.push(finding(code, { values: { domain }, fix }));
    }
  }
  return found;
}
