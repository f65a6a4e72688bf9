import { filterFileList } from "../../operations/filter/filter-files.ts";
import { filterIn, filterOut, MOST_FILTERS } from "../../operations/filter/message-filters.ts";
import { html } from "../html.ts";
import type { Frame } from "../page.ts";
import { fieldWords } from "../parts/field.ts";
import { notice } from "../parts/flash.ts";
import { fill, shown } from "../parts/shown.ts";
import { rowPages } from "../rows/row-pages.ts";
import type { RowScreens, RowsData } from "../rows/row-screens.ts";

const screens = (
  operations: RowScreens["operations"],
  path: string,
  words: RowScreens["words"],
  incoming: boolean,
): RowScreens => ({
  operations,
  path,
  words,
  columns: ["sender", "recipient", "remote", "file"],
  cell,
  more: async (ask) => (await ask.run(filterFileList, { limit: 200 })).items,
  above: (frame, data) => warnings(frame, data, incoming),
});

export const filtersIn = screens(filterIn, "/filters-in", "filterIn", true);
export const filtersOut = screens(filterOut, "/filters-out", "filterOut", false);

export const messageFilterPages = [filtersIn, filtersOut].flatMap(rowPages);

/** Both networks share a column: five are wider than a tablet. */
function cell(frame: Frame, name: string, entry: Readonly<Record<string, unknown>>) {
  const text = String(entry[name]);
  if (name === "file") {
    return html`<a class="mono" href="${frame.link(`/filter-files/${encodeURIComponent(text.toWellFormed())}`)}">${shown(text)}</a>`;
  }
  if (name !== "remote") return undefined;
  const { label } = fieldWords(frame.t, "filterIn.add", "local");
  return html`${shown(text)}<div>${label}: ${shown(String(entry["local"]))}</div>`;
}

/** What XMail would pass over without a word. */
function warnings({ t }: Frame, { page, more }: RowsData, incoming: boolean) {
  const entries = page.items.flatMap(({ entry, on }) => (entry && on ? [entry] : []));
  const files = (Array.isArray(more) ? more : []) as readonly { file: string; there: boolean }[];
  const missing = files.filter(
    ({ file, there }) => !there && entries.some((entry) => entry["file"] === file),
  );
  const onlyIpv4 = entries.some(({ remote, local }) => remote === "0.0.0.0/0" || local === "0.0.0.0/0");
  const noticesToo = incoming && entries.some(({ sender }) => sender === "*");
  return html`${missing.map(({ file }) => notice("bad", fill(t.filters.fileMissing, { file })))}${
    page.total > MOST_FILTERS && notice("bad", t.filters.tooMany)
  }${onlyIpv4 && notice("warn", t.filters.onlyIpv4)}${noticesToo && notice("info", t.filters.noticesToo)}`;
}
