import { type Html, html } from "../html.ts";

/** A state: shape and word, colour comes third. `plain` in long lists. */
export function badge(tone: "ok" | "warn" | "bad" | "info" | "held", words: string, plain = false): Html {
  return html`<span class="badge is-${tone}${plain ? " plain" : ""}">${words}</span>`;
}
