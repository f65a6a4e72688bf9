import type { AccountRow } from "../../../xmail/accounts.ts";
import { addressOf, foldName } from "../../../xmail/names.ts";
import { finding, type LintFinding } from "../codes.ts";
import type { Facts } from "../facts.ts";

const ROOT = "domains";

/** Folders that belong to nobody, and accounts without one. */
export async function checkFolders({ ctx, domains, accounts }: Facts): Promise<LintFinding[]> {
  const ofDomains = await ctx.xmail.files.folders(ROOT, ctx);
  if (ofDomains === null) return [finding("foldersUnseen")];
  const known = (await domains()).map(foldName);
  const found = ofDomains
    .filter((name) => !name.startsWith(".") && !known.includes(foldName(name)))
    .map((name) => finding("orphanDomainFolder", { values: { folder: `${ROOT}/${name}` } }));
  const rows = byDomain([...(await accounts()).values()]);
  for (const domain of known) {
    const path = `${ROOT}/${domain}`;
    const there = new Set(await ctx.xmail.files.folders(path, ctx));
    const own = new Set<string>();
    for (const row of rows.get(domain) ?? []) {
      // Nearly always its name; asked where it is not.
      const folder = there.has(row.name)
        ? row.name
        : (await ctx.xmail.accounts.folder(row, ctx)).slice(path.length + 1);
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
