import type { Secret } from "../../errors/secret.ts";
import { html } from "../html.ts";
import type { Frame, Screen } from "../page.ts";
import { pageHead } from "./page-head.ts";

/** Codes that are shown now and never again. */
export interface NewCodes {
  readonly codes: readonly Secret[];
  /** The codes, concealed, for the address of the file; `null` where the session that could open it has ended. */
  readonly file: string | null;
}

/** Where codes are fetched as a file. */
export const CODES_FILE = "/me/codes/file";

export function recoveryCodes(frame: Frame, { codes, file }: NewCodes): Screen {
  const { t } = frame;
  return {
    title: t.meCodes.title,
    body: html`${pageHead(frame, { title: t.meCodes.title, lead: t.meCodes.lead })}
<ul class="codes mono" aria-label="${t.meCodes.list}">${codes.map((code) => html`<li>${code.reveal()}</li>`)}</ul>
<div class="row">${
      file !== null &&
      html`<a class="btn" href="${frame.link(CODES_FILE, { codes: file })}">${t.meCodes.file}</a>`
    }<a class="btn primary" href="${frame.link("/me")}">${t.meCodes.kept}</a></div>`,
  };
}
