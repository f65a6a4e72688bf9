import type { AccountRow } from "../../../xmail/accounts.ts";
import { addressOf, foldName } from "../../../xmail/names.ts";
import { finding, type LintFinding } from "../codes.ts";
import type { Facts } from "../facts.ts";

const ROOT = "domains";

/** Folders that belong to nobody, and accounts without one. */
export async function checkFolders({ ctx, domains, accounts, folders }: Facts): Promise<LintFinding[]> {
  const ofDomains = await ctx.xmail.files.folders(ROOT, ctx);
  if (ofDomains === null) return [finding("foldersUnseen")];
  const known = new Set((await domains()).map(foldName));
  const found = ofDomains
    .filter((name) => !name.startsWith(".") && !known.has(foldName(name)))
    .map((name) => finding("orphanDomainFolder", { values: { folder: `${ROOT}/${name}` } }));
  const named = await folders();
  const rows = byDomain([...(await accounts()).values()]);
  for (const domain of known) {
    const path = `${ROOT}/${domain}`;
    const there = new Set(await ctx.xmail.files.folders(path, ctx));
    const own = new Set<string>();
    for (const row of rows.get(domain) ?? []) {
      const folder = named.get(foldName(addressOf(row))) ?? row.name;
      own.add(folder);
      if (!there.has(folder)) {
        const values = { account: addressOf(row), folder: `${path}/${folder}` };
        found.push(finding("folderMissing", { file: "mailusers.tab", values }));
      }
    }
    for (const name of there) {
      if (name.startsWith(".") || own.has(name)) continue;
      found.push(finding("orphanFolder", { values: { folder: `${path}/${name}` } }));
    }
  }
  return found;
}

function byDomain(rows: readonly AccountRow[]): ReadonlyMap<string, readonly AccountRow[]> {
  const groups = new Map<string, AccountRow[]>();
  for (const row of rows) {
    const domain = foldName(row.domain);
    const group = groups.get(domain);
    if (group) group.push(row);
    else groups.set(domain, [row]);
  }
  return groups;
}
