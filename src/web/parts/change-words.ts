import type { ChangeRow } from "../../operations/change/rows.ts";
import { type Html, html } from "../html.ts";
import type { Text } from "../text/en.ts";
import { badge } from "./badge.ts";
import { shown } from "./shown.ts";

/** "account.add hana@example.com" */
export function changeName({
  operation,
  about,
  paths,
}: Pick<ChangeRow, "operation" | "about" | "paths">): Html {
  // The longest name says most: an address more than its domain.
  const [object = paths[0]] = [...about].sort((a, b) => b.length - a.length);
  return html`<span class="mono">${operation}</span>${object !== undefined && html` ${shown(object)}`}`;
}

export function changeState(t: Text, { outcome, undoneBy }: Pick<ChangeRow, "outcome" | "undoneBy">): Html {
  if (outcome === "failed") return badge("bad", t.changes.states.failed);
  if (outcome === "begun") return badge("warn", t.changes.states.begun);
  return undoneBy === null ? html`${t.changes.states.done}` : badge("info", t.changes.states.undone);
}
