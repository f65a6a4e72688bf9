import { isFullPath } from "../../operations/program-fields.ts";
import { type Html, html, type Words } from "../html.ts";
import type { Frame } from "../page.ts";
import type { AnyRow } from "../rows/row-screens.ts";
import { fieldWords } from "./field.ts";
import { notice } from "./flash.ts";
import { fill, shown } from "./shown.ts";

/** Columns of a program with arguments as lists show them; `undefined` for any other column. */
export function programCell(
  _: Frame,
  name: string,
  entry: Readonly<Record<string, unknown>>,
): Words | undefined {
  if (name === "program") return html`<span class="mono">${shown(String(entry[name]))}</span>`;
  if (name === "arguments") return argumentWords(entry[name]);
  return undefined;
}

/** The same for filters: below the program stands when it runs. */
export function filterCell(
  frame: Frame,
  name: string,
  entry: Readonly<Record<string, unknown>>,
): Words | undefined {
  const words = programCell(frame, name, entry);
  if (name !== "program" || words === undefined) return words;
  const { t } = frame;
  const label = (field: string) => fieldWords(t, "filterStep.add", field).label;
  const notes = [
    entry["skipSignedIn"] === true && label("skipSignedIn"),
    entry["skipWhitelisted"] === true && label("skipWhitelisted"),
    entry["timeout"] !== undefined && `${label("timeout")}: ${String(entry["timeout"])}`,
    typeof entry["otherFlags"] === "string" && entry["otherFlags"],
  ].filter((note) => note !== false);
  return html`${words}${notes.map((note) => html`<div>${shown(note)}</div>`)}`;
}

/** Arguments one by one: with blanks between them nobody would know where one ends. */
function argumentWords(given: unknown): Html {
  const all = Array.isArray(given) ? given.map(String) : [];
  return html`${all.map((one) => html`<div class="mono">${one === "" ? '""' : shown(one)}</div>`)}`;
}

/** Programs that XMail may not find. */
export function pathWarning({ t }: Frame, rows: readonly AnyRow[]): Html | null {
  const bad = rows
    .map(({ entry }) => entry?.["program"])
    .filter((program): program is string => typeof program === "string" && !isFullPath(program));
  return bad.length > 0
    ? notice("warn", fill(t.sending.noFullPath, { programs: [...new Set(bad)].join(", ") }))
    : null;
}
