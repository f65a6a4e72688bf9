import type { Context } from "../../kernel/context.ts";
import { foldName } from "../../xmail/names.ts";

const FOLDER = "custdomains";

/** The file with the steps of mail to a domain elsewhere: its own, those of the domains above, the one for all. */
export async function customFileFor(ctx: Context, domain: string): Promise<string | null> {
  const files = new Set(await ctx.xmail.files.list(FOLDER, ctx));
  const labels = foldName(domain).split(".");
  const above = labels.slice(1).map((_, at) => `.${labels.slice(at + 1).join(".")}`);
  const name = [labels.join("."), ...above, ""].map((one) => `${one}.tab`).find((one) => files.has(one));
  return name === undefined ? null : `${FOLDER}/${name}`;
}
