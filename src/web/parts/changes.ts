import type { ToldChanges, ToldFile, ToldHunk } from "../../operations/change/told.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import type { Text } from "../text/en.ts";
import { bytes, count } from "../text/format.ts";
import { notice } from "./flash.ts";
import { fillText, shown, visible } from "./shown.ts";

/** Lines of one file, and files, before the rest is only counted. */
const MOST_LINES = 200;
const MOST_FILES = 40;

/** What a change does: each file with its lines, the commands behind a fold, what no undo brings back. */
export function changesView(frame: Frame, { commands, files, final }: ToldChanges): Html {
  const { t } = frame;
  const more = files.length - MOST_FILES;
  return html`${final.map((what) => notice("warn", html`<p>${t.changes.final[what]}</p>`))}
${files.length === 0 && commands.length === 0 && final.length === 0 && html`<p>${t.changes.nothing}</p>`}
${files.slice(0, MOST_FILES).map((file) => fileView(t, file))}${more > 0 && html`<p class="mute small">${t.changes.moreFiles(more)}</p>`}
${
  commands.length > 0 &&
  html`<details><summary>${t.changes.commands(commands.length)}</summary><figure class="diff"><pre tabindex="0" role="region" aria-label="${t.changes.commands(commands.length)}">${commands
    .slice(0, MOST_LINES)
    .map((line) => html`<span class="same">${cells(line)}</span>`)}</pre></figure></details>`
}`;
}

function fileView(t: Text, file: ToldFile): Html {
  const { kind, path, hunks } = file;
  const what = kind === "folder" ? folderWords(t, file) : t.changes.files[file.what];
  const caption = html`<figcaption><span class="mono">${shown(path)}</span><span>${what}</span></figcaption>`;
  if (hunks.length === 0) return html`<figure class="diff">${caption}</figure>`;
  const lines = hunks.flatMap((hunk) => linesOf(t, hunk));
  const more = lines.length - MOST_LINES;
  return html`<figure class="diff">${caption}<pre tabindex="0" role="region" aria-label="${fillText(t.changes.inFile, { file: visible(path) })}">${lines.slice(0, MOST_LINES)}${
    more > 0 && html`<span class="same">${t.changes.moreLines(more)}</span>`
  }</pre></figure>`;
}

function folderWords(t: Text, { what, files, bytes: size, kept }: ToldFile): string {
  if (what === "added") return t.changes.folderAdded;
  const holds = files === null ? "" : t.changes.holds(files, size === null ? null : bytes(size));
  const fate = kept ? t.changes.folderKept : t.changes.folderGone;
  return holds === "" ? fate : `${fate}${t.listComma}${holds}`;
}

function linesOf(t: Text, { line, removed, added }: ToldHunk): Html[] {
  return [
    ...(line === null
      ? []
      : [html`<span class="same">${fillText(t.changes.line, { line: count(line) })}</span>`]),
    ...removed.map((text) => html`<del>− ${cells(text)}</del>`),
    ...added.map((text) => html`<ins>+ ${cells(text)}</ins>`),
  ];
}

/** Where XMail reads a TAB, people see an arrow. */
export function cells(line: string): Html {
  return html`${line.split("\t").map((cell, i) => html`${i > 0 && html`<i aria-hidden="true">→</i>`}${shown(cell)}`)}`;
}
