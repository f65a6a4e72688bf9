import { domainList } from "../../operations/domain/list.ts";
import type { Ask } from "../page.ts";

/** How many domains a list to choose from may have; with more, the name is typed. */
const MOST = 200;

/** Names to choose from; `null` when there are too many, or the person may not list them. */
export async function domainsToChoose({ run, may }: Ask): Promise<readonly string[] | null> {
  if (!may.use("domain.list")) return null;
  const page = await run(domainList, { limit: MOST });
  return page.total > MOST ? null : page.items.map(({ domain }) => domain);
}
