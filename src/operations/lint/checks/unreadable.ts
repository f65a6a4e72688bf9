import { readLines } from "../../../settings/read-lines.ts";
import { FILES } from "../../../tab/files.ts";
import type { TableFile } from "../../../tab/table-file.ts";
import { fitsIn } from "../../file/rows.ts";
import { finding, type LintFinding } from "../codes.ts";
import type { Facts } from "../facts.ts";

/** Bytes; larger tables would take too long. */
const LARGEST = 4_000_000;

/** Lines that XMail cannot read, or reads as two; in the tables that every server has once, and beside those. */
export async function checkUnreadable({ ctx, domains }: Facts): Promise<LintFinding[]> {
  const found: LintFinding[] = [];
  for (const [path, format] of await tables(await domains(), ctx)) {
    const bytes = await ctx.xmail.files.read(path, ctx);
    if (bytes === null) {
      if (path === FILES.spammers.path) found.push(finding("spammersMissing", { file: path }));
      continue;
    }
    if (bytes.length > LARGEST) {
      found.push(finding("fileTooLarge", { file: path }));
      continue;
    }
    for (const { number: line, reading } of readLines(path, bytes, format, fitsIn(format))) {
      if (reading === "senseless") found.push(finding("unreadable", { file: path, line, values: { path } }));
      if (reading === "cut") found.push(finding("lineTooLong", { file: path, line, values: { path } }));
    }
  }
  return found;
}

async function tables(
  domains: readonly string[],
  ctx: Facts["ctx"],
): Promise<readonly (readonly [string, TableFile])[]> {
  const single = Object.values<TableFile>(FILES).filter(({ path }) => !path.includes("{"));
  const inFolder = async (folder: string, format: TableFile) =>
    (await ctx.xmail.files.list(folder, ctx)).map((name) => [`${folder}/${name}`, format] as const);
  return [
    ...single.map((format) => [format.path, format] as const),
    ...(await inFolder("custdomains", FILES.customDomain)),
    ...(await inFolder("filters", FILES.filter)),
    ...domains.map((domain) => [`domains/${domain}/mailproc.tab`, FILES.domainMailproc] as const),
  ];
}
