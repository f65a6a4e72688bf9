import { type LogFileRow, logList } from "../../operations/log/list.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { empty } from "../parts/empty.ts";
import { pageHead } from "../parts/page-head.ts";
import { table } from "../parts/table.ts";
import { bytes } from "../text/format.ts";

export interface LogFilesData {
  readonly items: readonly LogFileRow[];
}

export const logFilesPage = definePage<LogFilesData>({
  path: "/log-files",
  load: ({ run }) => run(logList, {}),
  view({ items }, frame) {
    const { t } = frame;
    return {
      title: t.logs.files,
      body: html`${pageHead(frame, {
        title: t.logs.files,
        lead: t.logs.filesLead,
        crumbs: [{ href: frame.link("/logs"), words: t.logs.title }],
      })}
${
  items.length === 0
    ? empty(t.logs.none, t.logs.noneText)
    : table(
        t.logs.filesCaption,
        [
          { label: t.logs.file, looks: "c-key", cell: ({ name }) => html`<span class="mono">${name}</span>` },
          { label: t.logs.kind, cell: ({ kind }) => t.logs.kinds[kind] },
          { label: t.logs.begins, looks: "nowrap", cell: ({ begins }) => begins },
          {
            label: t.logs.size,
            looks: "num",
            cell: ({ size, large }) => html`${bytes(size)}${large && html` ${badge("bad", t.logs.large)}`}`,
          },
          { label: t.logs.usual, looks: "num", cell: ({ usual }) => (usual === null ? "–" : bytes(usual)) },
        ],
        items,
      )
}`,
    };
  },
});
