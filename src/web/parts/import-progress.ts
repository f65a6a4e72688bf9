import type { ErrorCode } from "../../errors/codes.ts";
import type { ImportReported } from "../../operations/bulk/bulk-import.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { notice } from "./flash.ts";

/** How far an import in parts has come. */
export interface ImportProgress {
  readonly done: number;
  /** Lines of the whole file. */
  readonly total: number;
  readonly added: number;
  readonly already: number;
  readonly wrong: number;
  /** Line that the next part begins with; `null` when all is done. */
  readonly next: number | null;
  readonly wrongLines: ImportReported["report"];
  /** Why the last part was not made. */
  readonly failed: ErrorCode | null;
}

/** How far it is: under way, stopped, or refused. */
export function importProgress({ t }: Frame, progress: ImportProgress, isStopped: boolean): Html {
  const { done, total, added, already, wrong, next, failed } = progress;
  const error = failed && t.errors[failed];
  return html`${error && notice("bad", html`<p><strong>${error.title}.</strong> ${error.advice}</p>`)}
${isStopped && notice("warn", html`<p><strong>${t.imports.stopped(next ?? 1)}</strong> ${t.imports.stoppedHelp}</p>`)}
<div class="flow" role="status"><p><strong>${t.imports.progress(done, total)}</strong></p>
<progress max="${total}" value="${done}" aria-label="${t.imports.progress(done, total)}"></progress>
<p>${t.imports.wereAdded(added)} ${t.imports.others(already, wrong)}</p></div>`;
}
