import { domainTarget } from "../../kernel/target.ts";
import { aliasExplain } from "../../operations/alias/explain.ts";
import type { Ask } from "../page.ts";

/** More would make the page slow; each is a look at some tables. */
const MOST = 20;

/** Those of the addresses that are of a domain here and reach nobody; what the person may not look up is left out. */
export async function deadEnds({ run, may }: Ask, addresses: readonly string[]): Promise<string[]> {
  const dead: string[] = [];
  for (const address of [...new Set(addresses)].slice(0, MOST)) {
    const domain = address.slice(address.lastIndexOf("@") + 1);
    if (!/^[^@]+@[A-Za-z0-9.\-_]+$/.test(address)) continue;
    if (!may.reach(aliasExplain.name, domainTarget(domain))) continue;
    try {
      const { steps, reaches } = await run(aliasExplain, { address });
      const here = steps.some(({ asks, found }) => asks.startsWith("domain") && found !== null);
      if (here && reaches === null) dead.push(address);
    } catch {
      // An alias of a domain that this person may not see into: nothing is said of it.
    }
  }
  return dead;
}
