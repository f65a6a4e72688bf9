import { fail } from "../errors/error.ts";
import { changeList } from "../operations/change/list.ts";
import type { Ask } from "./page.ts";

/** How a change is asked for: who looks after domains only, says in which of them it was made. */
export async function changeAsked(ask: Ask): Promise<{ readonly change: string; readonly domain?: string }> {
  const { change = "" } = ask.params;
  if (ask.may.reach("change.get")) return { change };
  const { items } = await ask.run(changeList, { change });
  const domain = items[0]?.target.domain ?? fail("NOT_FOUND", "The history has no such change.");
  return { change, domain };
}
