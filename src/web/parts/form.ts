import { type Html, html, type Words } from "../html.ts";
import type { Frame } from "../page.ts";

/** Proof that the form is ours; every form that changes something holds it. */
export function token(frame: Frame): Html {
  return html`<input type="hidden" name="csrf" value="${frame.csrf}">`;
}

/** The buttons that close a form: the one that acts, and the way out. Last, because hidden fields are children, too. */
export function formEnd(
  frame: Frame,
  action: Words,
  way?: { readonly href: string; readonly words: string },
): Html {
  return html`<div class="form-end">${token(frame)}<button class="btn primary">${action}</button>${
    way && html`<a class="btn" href="${way.href}">${way.words}</a>`
  }</div>`;
}

/** A button that sends one little form of its own. */
export function postButton(
  frame: Frame,
  path: string,
  words: string,
  options: {
    readonly looks?: string;
    readonly label?: string;
    readonly fields?: Readonly<Record<string, string>>;
  } = {},
): Html {
  const { looks = "btn", label, fields = {} } = options;
  return html`<form method="post" action="${frame.link(path)}">${token(frame)}${Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button class="${looks}"${label === undefined ? null : html` aria-label="${label}"`}>${words}</button></form>`;
}
