import type { Context } from "../../kernel/context.ts";
import type { Person } from "../../kernel/people.ts";

/** Notes that masters keep of somebody are for his eyes least of all, whatever else he may see of people. */
export function memoFor({ actor }: Context, { id, role, memo }: Person): string {
  return id === actor.id && role !== "master" ? "" : memo;
}
