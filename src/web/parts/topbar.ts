import { type Html, html } from "../html.ts";
import { OUR_NAME } from "../look.ts";
import type { Frame, Screen } from "../page.ts";
import { postButton } from "./form.ts";
import { languageForm, themeForm } from "./preferences.ts";
import { SEE_AS_PATH } from "./seeing.ts";
import { fill, shown } from "./shown.ts";

/** What stands in the line above every page: menu button on phones, name of the server, search, verdict, and who is signed in. */
export function topbar(frame: Frame, state: Screen["state"]): Html {
  const { t, serverName } = frame;
  return html`<button class="btn sm menu-btn" type="button" popovertarget="nav">${t.frame.menu}</button>
<a class="brand" href="${frame.link("/")}">${brand(frame)}</a>
${serverName !== null && html`<a class="host" href="${frame.link("/")}">${shown(serverName)}</a>`}
${frame.may.use("account.list") ? find(frame) : html`<span class="find"></span>`}
${state && html`<a class="state is-${state.tone}" href="${frame.link("/")}">${state.words}</a>`}
<details class="me"><summary>${shown(frame.me ?? "")}</summary><div class="pop"><p class="small mute">${fill(t.frame.signedIn, { name: frame.me ?? "" })}</p>${frame.may.use("me.get") && html`<a class="btn" href="${frame.link("/me")}">${t.me.title}</a>`}${frame.seesAs && html`<p class="small"><a href="${frame.link(SEE_AS_PATH)}">${t.seeAs.link}</a></p>`}${themeForm(frame)}${languageForm(frame)}${signOut(frame)}</div></details>`;
}

/** Name and logo of the product, or of the host that shows it as its own. */
export function brand(frame: Frame): Html {
  const { look, asset, door } = frame;
  const name = nameOf(frame);
  if (door) return html`${door.logo && html`<img class="logo" src="${door.logo}" alt="">`}${shown(name)}`;
  if (look?.logo === undefined) return html`${name}`;
  return html`<img class="logo" src="${asset(look.logo)}" alt="" height="20">${name}`;
}

/** What the panel is called here. */
export function nameOf({ look, door }: Frame): string {
  return door?.title ?? look?.name ?? OUR_NAME;
}

/** The way out is the host's, where people came in by the host. */
function signOut(frame: Frame): Html | null {
  const { t, look } = frame;
  if (look?.signOutUrl === undefined)
    return postButton(frame, "/sign-out", t.frame.signOut, { review: false });
  return look.signOutUrl === null
    ? null
    : html`<a class="btn" href="${look.signOutUrl}">${t.frame.signOut}</a>`;
}

function find(frame: Frame): Html {
  const { t } = frame;
  return html`<form class="find" role="search" method="get" action="${frame.link("/accounts")}" aria-label="${t.frame.find}"><label class="vh" for="find">${t.frame.find}</label><input id="find" name="search" type="search" maxlength="200" placeholder="${t.frame.findPlaceholder}" autocomplete="off"><kbd aria-hidden="true">Ctrl K</kbd></form>`;
}
