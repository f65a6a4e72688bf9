import type { Conflict } from "../../errors/error.ts";
import { type Html, html } from "../html.ts";
import type { Frame, Screen } from "../page.ts";
import { cells } from "./changes.ts";
import { notice } from "./flash.ts";
import { pageHead } from "./page-head.ts";
import { fillText, shown, visible } from "./shown.ts";

/** Why a change cannot be taken back: the lines as it left them, as somebody has made them since, as they would become. */
export function undoConflictScreen(conflict: Conflict, back: string): (frame: Frame) => Screen {
  const { file, left, now, wanted, inSecrets } = conflict;
  return (frame) => {
    const { t } = frame;
    return {
      title: t.changes.theirs,
      body: html`${pageHead(frame, { title: t.changes.theirs })}
${notice("warn", html`<p>${t.changes.theirsText}</p>${inSecrets && html`<p>${t.changes.inSecrets}</p>`}`)}
${versionView(frame, file, t.changes.left, left)}
${versionView(frame, file, t.changes.now, now)}
${versionView(frame, file, t.changes.wanted, wanted)}
<p class="row"><a class="btn primary" href="${frame.link(back)}">${t.changes.backToChange}</a></p>`,
    };
  };
}

function versionView({ t }: Frame, file: string, words: string, lines: readonly string[]): Html {
  const label = `${words}: ${fillText(t.changes.inFile, { file: visible(file) })}`;
  return html`<figure class="diff"><figcaption><span>${words}</span><span class="mono">${shown(file)}</span></figcaption><pre tabindex="0" role="region" aria-label="${label}">${
    lines.length === 0
      ? html`<span class="same">${t.changes.noLines}</span>`
      : lines.map((line) => html`<span class="same">${cells(line)}</span>`)
  }</pre></figure>`;
}
