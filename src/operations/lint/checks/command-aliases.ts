import { FILES } from "../../../tab/files.ts";
import { pathOf } from "../../../tab/table-file.ts";
import { addressOf, foldName } from "../../../xmail/names.ts";
import { finding, fixBy, type LintFinding } from "../codes.ts";
import type { Facts } from "../facts.ts";

const SUFFIX = ".tab";

/** Command aliases with the name of an account or alias: XMail 1.27 asks them first, so the other gets no mail. */
export async function checkCommandAliases(facts: Facts): Promise<LintFinding[]> {
  const [accounts, aliases] = [await facts.accounts(), await facts.aliases()];
  const found: LintFinding[] = [];
  for (const domain of await facts.domains()) {
    const files = await facts.ctx.xmail.files.list(`cmdaliases/${foldName(domain)}`, facts.ctx);
    for (const file of files.filter((name) => name.endsWith(SUFFIX))) {
      const name = file.slice(0, -SUFFIX.length);
      const address = addressOf({ domain, name });
      const exact = aliases.find({ domain, name });
      if (!accounts.has(foldName(address)) && !(exact && foldName(exact.alias) === foldName(name))) continue;
      const fix = fixBy("commandAlias.remove", { domain, alias: name });
      const path = pathOf(FILES.commandAlias, { domain, alias: name });
      found.push(finding("commandAliasTakes", { file: path, values: { address }, fix }));
    }
  }
  return found;
}
