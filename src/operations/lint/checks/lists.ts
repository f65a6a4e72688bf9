import { addressOf, foldName } from "../../../xmail/names.ts";
import { finding, fixBy, type LintFinding } from "../codes.ts";
import type { Facts } from "../facts.ts";

const MOST = 1000;

/** Mailing lists that reach nobody, and those whose failures go to whoever posts. */
export async function checkLists({ ctx, accounts }: Facts): Promise<LintFinding[]> {
  const all = await accounts();
  const lists = [...all.values()].filter(({ kind }) => kind === "list");
  const found: LintFinding[] = [];
  const looked = lists.slice(0, MOST);
  const variables = await ctx.xmail.accounts.variables(looked, ctx);
  for (const [index, list] of looked.entries()) {
    const folder = await ctx.xmail.accounts.folder(list, ctx);
    const values = { list: addressOf(list) };
    const members = await ctx.xmail.mailingLists.members(list, ctx);
    if (!members.some(({ permissions }) => permissions.includes("R"))) {
      found.push(finding("listNobody", { file: `${folder}/mlusers.tab`, values }));
    }
    if ((variables[index]?.get("ListSender") ?? "") !== "") continue;
    const sender = `postmaster@${list.domain}`;
    const set = [{ name: "ListSender", value: sender }];
    const fix = all.has(foldName(sender))
      ? fixBy("account.setVariables", { domain: list.domain, name: list.name, set })
      : null;
    found.push(finding("listNoSender", { file: `${folder}/user.tab`, values, fix }));
  }
  return found;
}
