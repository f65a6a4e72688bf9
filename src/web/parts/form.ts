import { type Html, html, type Words } from "../html.ts";
import type { Frame } from "../page.ts";

/** Proof that the form is ours; every form that changes something holds it. */
export function token(frame: Frame): Html {
  return html`<input type="hidden" name="csrf" value="${frame.csrf}">`;
}

/** What the page showed for editing, to be compared when the form comes back. */
export function seenField({ seen }: Frame): Html | null {
  return seen === undefined ? null : html`<input type="hidden" name="seen" value="${seen}">`;
}

/**
 * The buttons that close a form: the one that acts, and the way out. Where changes are known beforehand the first one shows
 * them, and the second acts at once. Last, because
 * hidden fields are children, too.
 */
export function formEnd(
  frame: Frame,
  action: Words,
  way?: { readonly href: string; readonly words: string },
): Html {
  const { t, reviews } = frame;
  // The first button is the one that Enter presses.
  const buttons = reviews
    ? html`<button class="btn primary" name="step" value="review">${t.frame.goOn}</button><button class="btn" name="step" value="save">${t.frame.saveNow}</button>`
    : html`<button class="btn primary">${action}</button>`;
  return html`<div class="form-end">${token(frame)}${seenField(frame)}${buttons}${
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
    /** Whether it shows first what it will change; not for what changes nothing, or is pressed many times. */
    readonly review?: boolean;
  } = {},
): Html {
  const { looks = "btn", label, fields = {}, review = true } = options;
  const step = review && frame.reviews ? { step: "review" } : {};
  return html`<form method="post" action="${frame.link(path)}">${token(frame)}${seenField(frame)}${Object.entries(
    { ...fields, ...step },
  ).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button class="${looks}"${label === undefined ? null : html` aria-label="${label}"`}>${words}</button></form>`;
}
