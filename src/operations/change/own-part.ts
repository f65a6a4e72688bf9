import type { Context } from "../../kernel/context.ts";
import type { KeptChange } from "../../kernel/history.ts";
import { covers, domainTarget, SERVER } from "../../kernel/target.ts";
import { isPathOf } from "../../settings/part-of-changes.ts";
import { foldName } from "../../xmail/names.ts";
import { targetOfRecord } from "../row-target.ts";

/** What somebody below the master sees of a change in one of his domains: nothing of other domains, or of who sits where. */
export function ownPart({ actor }: Pick<Context, "actor">, change: KeptChange, domain: string): KeptChange {
  const own = foldName(domain);
  const { from: _, ...rest } = change;
  return {
    ...(change.actor === actor.id ? change : rest),
    about: change.about.filter((name) => name === own || name.endsWith(`@${own}`)),
    paths: change.paths.filter((path) => isPathOf(path, own)),
  };
}

/** `null` for what the actor may not know of. */
export function visibleTo(ctx: Pick<Context, "actor" | "sees">): (change: KeptChange) => KeptChange | null {
  if (ctx.sees(SERVER)) return (change) => change;
  return (change) => {
    const target = targetOfRecord(change);
    return ctx.sees(target) && "domain" in target ? ownPart(ctx, change, target.domain) : null;
  };
}

/** Whether a change was made to this domain, or to something in it. */
export function isIn(change: KeptChange, domain: string): boolean {
  return covers(domainTarget(domain), targetOfRecord(change));
}
