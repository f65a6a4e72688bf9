import type { Static } from "../../kernel/schema.ts";
import { fileGet } from "../../operations/file/get.ts";
import { fileSet } from "../../operations/file/set.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { attributes } from "../parts/attributes.ts";
import { badge } from "../parts/badge.ts";
import { cells as withArrows } from "../parts/changes.ts";
import { confirmField } from "../parts/confirm-field.ts";
import { fieldMarks, fieldWords, wrapped } from "../parts/field.ts";
import { fieldId, flashOf, notice, refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { facts } from "../parts/kv.ts";
import { pageHead } from "../parts/page-head.ts";
import { fillText, shown, visible } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import type { Text } from "../text/en.ts";
import { bytes } from "../text/format.ts";

export type FileData = Static<typeof fileGet.output>;

const PATH = "/files/view";

/** One file, as XMail reads it and as text; whoever may do everything edits it. */
export const fileViewPage = definePage<FileData>({
  path: PATH,
  load: ({ run, visit }) => {
    const from = Number.parseInt(visit.query.get("from") ?? "1", 10);
    return run(fileGet, { path: pathIn({ visit }), ...(from > 1 ? { from } : {}) });
  },
  view(file, frame) {
    const { t } = frame;
    const words = t.fileView;
    return {
      title: `${words.title}: ${visible(file.path)}`,
      body: html`${pageHead(frame, {
        title: html`<span class="mono">${shown(file.path)}</span>`,
        crumbs: [{ href: frame.link("/files"), words: words.title }],
      })}
${flashOf(frame)}
${facts([
  [words.size, bytes(file.bytes)],
  file.readAgain !== null && [words.readAgain, when(t, file.readAgain)],
])}
${linesOf(file, frame)}
${editor(file, frame)}`,
    };
  },
  async submit(ask) {
    const { form } = ask.visit;
    const path = pathIn(ask);
    const confirm = (form.get("confirm") ?? "").trim();
    await ask.run(fileSet, {
      path,
      text: form.get("text") ?? "",
      revision: form.get("revision") ?? "",
      ...(confirm === "" ? {} : { confirm }),
    });
    return { to: PATH, query: { path }, flash: { tone: "ok", text: "fileSaved", values: { name: path } } };
  },
});

function pathIn({ visit }: Pick<Ask, "visit">): string {
  return visit.query.get("path") ?? "";
}

function when(t: Text, readAgain: string): string {
  const words: Readonly<Record<string, string>> = t.fileView.readAgainWords;
  return words[readAgain] ?? readAgain;
}

function linesOf(file: FileData, frame: Frame): Html {
  const { t } = frame;
  const words = t.fileView;
  const { lines, from, total, next, path } = file;
  const readings: Readonly<Record<string, string>> = words.readings;
  const columns: Readonly<Record<string, string>> = words.columns;
  const named = file.columns.map((name) => columns[name] ?? name);
  const tone = { row: "ok", cut: "bad", senseless: "warn", rest: "warn" } as const;
  type Line = (typeof lines)[number];
  const state = ({ reading }: Line) =>
    badge(tone[reading as keyof typeof tone] ?? "held", readings[reading] ?? reading, true);
  const cells = named.map((label, at) => ({
    label,
    ...(at === 0 || at === named.length - 1 ? { looks: "c-wide" } : {}),
    cell: (line: Line) =>
      line.cells[at] === undefined
        ? null
        : at === named.length - 1
          ? shown(line.cells.slice(at).join("  "))
          : shown(line.cells[at] ?? ""),
  }));
  const first = lines.length === 0 ? 0 : from;
  const extent = fillText(words.shown, { first, last: from - 1 + lines.length, total });
  return html`<section class="flow" aria-labelledby="read"><h2 id="read">${words.reading}</h2>
<p class="mute">${extent}</p>
<div class="framed scroll-x" tabindex="0" role="region" aria-label="${extent}">${table(
    words.reading,
    [
      { label: words.number, looks: "c-key num", cell: ({ number }: Line) => String(number) },
      { label: words.state, cell: state },
      ...cells,
      { label: words.raw, looks: "c-wide mono", cell: ({ text }) => withArrows(text) },
    ],
    lines,
  )}</div>
${next !== null && html`<p><a class="btn" href="${frame.link(PATH, { path, from: next })}">${words.next}</a></p>`}</section>`;
}

function editor(file: FileData, given: Frame): Html | null {
  const { t } = given;
  if (!given.may.use(fileSet.name)) return null;
  const words = t.fileView;
  if (file.locked !== null || file.text === null) {
    const why: Readonly<Record<string, string>> = words.locked;
    return notice("info", html`<p>${why[file.locked ?? ""] ?? ""}</p>`);
  }
  const conflict = given.refusal?.code === "CONFLICT";
  const frame =
    conflict && given.refusal
      ? { ...given, refusal: { ...given.refusal, values: new URLSearchParams() } }
      : given;
  const { label } = fieldWords(t, fileSet.name, "text");
  const text = frame.refusal?.values.get("text") ?? file.text;
  const revision = frame.refusal?.values.get("revision") ?? file.revision;
  const all = {
    id: fieldId("text"),
    name: "text",
    rows: 16,
    cols: 100,
    spellcheck: "false",
    wrap: "off",
    class: "mono",
    ...fieldMarks(frame, "text", true),
  };
  return html`<section class="flow" aria-labelledby="edit"><h2 id="edit">${words.edit}</h2>
${refusalSummary(frame, { text: label, confirm: t.confirm.short })}
<form class="flow" method="post" action="${frame.link(PATH, { path: file.path })}"><input type="hidden" name="revision" value="${revision}">
${wrapped(frame, "text", label, {
  stack: true,
  help: words.editLead,
  // HTML drops a line end right behind the tag.
  control: html`<textarea${attributes(all)}>${"\n"}${text}</textarea>`,
  optional: false,
})}
${confirmField(frame)}
${formEnd(frame, words.save, { href: frame.link(PATH, { path: file.path }), words: t.frame.cancel })}
</form></section>`;
}
