import { type Html, html } from "../html.ts";

/** What a browser is asked, and the challenge, concealed. */
export interface PasskeyAsk {
  readonly how: "make" | "show";
  readonly options: string;
  readonly challenge: string;
}

/**
 * A button that asks the browser for a passkey and sends the form with its answer. Without script it stays off, and
 * `words.script` says why.
 */
export function passkeyButton(
  { how, options, challenge }: PasskeyAsk,
  words: { readonly button: string; readonly script: string; readonly failed: string },
  { primary }: { readonly primary: boolean },
): Html {
  return html`<button class="btn${primary && " primary"}" name="by" value="passkey" disabled data-passkey="${how}" data-options="${options}" data-failed="${words.failed}">${words.button}</button><input type="hidden" name="challenge" value="${challenge}"><input type="hidden" name="credential" value=""><p class="small mute" data-passkey-note>${words.script}</p>`;
}
