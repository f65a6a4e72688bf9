import type { Static } from "../../kernel/schema.ts";
import { fileList } from "../../operations/file/list.ts";
import { inputFrom } from "../form-input.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { empty } from "../parts/empty.ts";
import { fieldWords } from "../parts/field.ts";
import { flashOf } from "../parts/flash.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import { searchBox, toolbar } from "../parts/toolbar.ts";

export interface FilesData {
  readonly domain: string;
  readonly name: string;
  readonly items: Static<typeof fileList.output>["items"];
}

const PATH = "/files";

/** Files that may be shown: of the server, a domain, or an account. */
export const filesPage = definePage<FilesData>({
  path: PATH,
  async load({ run, visit }) {
    const { domain = "", name = "" } = inputFrom(visit.query, [], ["domain", "name"]);
    const asked = domain === "" ? {} : name === "" ? { domain } : { domain, name };
    const { items } = await run(fileList, asked);
    return { domain, name, items };
  },
  view({ domain, name, items }, frame) {
    const { t } = frame;
    const words = t.fileView;
    const label = (field: string) => fieldWords(t, fileList.name, field).label;
    return {
      title: words.title,
      body: html`${pageHead(frame, { title: words.title, lead: words.lead })}
${flashOf(frame)}
${toolbar(frame, PATH, words.title, [
  searchBox(frame, "domain", label("domain"), domain, {}),
  searchBox(frame, "name", label("name"), name, {}),
])}
${
  items.length === 0
    ? empty(words.none, words.noneText)
    : html`<div class="framed">${table(
        words.title,
        [
          {
            label: words.path,
            looks: "c-key mono",
            cell: ({ path }: (typeof items)[number]) =>
              html`<a href="${frame.link("/files/view", { path })}">${shown(path)}</a>`,
          },
          {
            label: words.kind,
            cell: (row) => (row.indexed ? words.indexed : row.table ? words.table : words.text),
          },
        ],
        items,
      )}</div>`
}`,
    };
  },
});
