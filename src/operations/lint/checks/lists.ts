import { FILES } from "../../../tab/files.ts";
import { addressOf, foldName } from "../../../xmail/names.ts";
import { finding, fixBy, type LintFinding } from "../codes.ts";
import type { Facts } from "../facts.ts";

const MOST = 1000;

/** Mailing lists that reach nobody, and those whose failures go to whoever posts. */
export async function checkLists({ accounts, folder: folderOf, entriesIn }: Facts): Promise<LintFinding[]> {
  const all = await accounts();
  const lists = [...all.values()].filter(({ kind }) => kind === "list");
  const found: LintFinding[] = [];
  for (const list of lists.slice(0, MOST)) {
    const folder = await folderOf(list);
    const values = { list: addressOf(list) };
    const file = `${folder}/user.tab`;
    const members = (await entriesIn(`${folder}/mlusers.tab`, FILES.listMembers)) ?? [];
    if (!members.some(({ cells: [, permissions = ""] }) => permissions.includes("R"))) {
      found.push(finding("listNobody", { file: `${folder}/mlusers.tab`, values }));
    }
    const variables = (await entriesIn(file, FILES.variables)) ?? [];
    if (variables.some(({ cells: [name, value = ""] }) => name === "ListSender" && value !== "")) continue;
    const sender = `postmaster@${list.domain}`;
    const set = [{ name: "ListSender", value: sender }];
    const fix = all.has(foldName(sender))
      ? fixBy("account.setVariables", { domain: list.domain, name: list.name, set })
      : null;
    found.push(finding("listNoSender", { file, values, fix }));
  }
  return found;
}
