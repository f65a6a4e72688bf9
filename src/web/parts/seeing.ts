import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { postButton } from "./form.ts";
import { fill } from "./shown.ts";

export const SEE_AS_PATH = "/see-as";
export const SEE_AS_END_PATH = "/see-as/end";

/** On every page while a master looks at it as somebody else. */
export function seeingBanner(frame: Frame): Html | null {
  const { t, seeing, me } = frame;
  if (!seeing) return null;
  const back = postButton(frame, SEE_AS_END_PATH, t.seeAs.end, { review: false });
  return html`<div class="flash is-warn seeing" role="status"><span class="dot is-warn" aria-hidden="true"></span><p>${fill(t.seeAs.banner, { name: me ?? "" })}</p>${back}</div>`;
}
