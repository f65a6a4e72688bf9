import type { Static } from "../../kernel/schema.ts";
import type { personGet } from "../../operations/person/get.ts";
import type { personList } from "../../operations/person/list.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { fillText, shown } from "../parts/shown.ts";
import { part } from "../paths.ts";
import type { Text } from "../text/en.ts";

export type PersonRow = Static<typeof personList.output>["items"][number];
export type PersonDetails = Static<typeof personGet.output>;

export function personPath(id: string, rest = ""): string {
  return `/people/${part(id)}${rest}`;
}

const TONES = { active: "ok", suspended: "held", notYet: "info", over: "warn" } as const;

export function personState({ people }: Text, { state }: Pick<PersonRow, "state">, plain = false): Html {
  return badge(TONES[state], people.states[state], plain);
}

/** The days between which somebody may sign in, in words. */
export function validity({ person }: Text, { validFrom: from, validUntil: until }: PersonRow): string {
  if (from !== "" && until !== "") return fillText(person.fromUntil, { from, until });
  if (from !== "") return fillText(person.from, { day: from });
  return until === "" ? person.always : fillText(person.until, { day: until });
}

/** How many things of a list stand in a row before the rest is counted. */
const FIRST = 2;

/** What somebody looks after: the server, domains, lists. */
export function looksAfter({ t }: Frame, { role, domains, lists }: PersonRow): Html {
  if (role !== "delegate" && role !== "listAdministrator") return html`${t.people.everything}`;
  const all = role === "delegate" ? domains : lists;
  const rest = all.length - FIRST;
  const first = all.slice(0, FIRST).map((one, at) => html`${at > 0 && t.listComma}${shown(one)}`);
  return html`${first}${rest > 0 && html` <span class="mute">${t.people.more(rest)}</span>`}`;
}
