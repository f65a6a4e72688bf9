import { type Html, html } from "../html.ts";
import type { Frame, Screen } from "../page.ts";
import { postButton } from "./form.ts";
import { languageForm, themeForm } from "./preferences.ts";
import { fill, shown } from "./shown.ts";

/** The line above every page: menu button on phones, name of the server, search, verdict, and who is signed in. */
export function topbar(frame: Frame, state: Screen["state"]): Html {
  const { t, serverName } = frame;
  return html`<header class="topbar">
<button class="btn sm menu-btn" type="button" popovertarget="nav">${t.frame.menu}</button>
<a class="brand" href="${frame.link("/")}">xmailcfg</a>
${serverName !== null && html`<a class="host" href="${frame.link("/")}">${shown(serverName)}</a>`}
${frame.may.use("account.list") ? find(frame) : html`<span class="find"></span>`}
${state && html`<a class="state is-${state.tone}" href="${frame.link("/")}">${state.words}</a>`}
<details class="me"><summary>${shown(frame.me ?? "")}</summary><div class="pop"><p class="small mute">${fill(t.frame.signedIn, { name: frame.me ?? "" })}</p>${themeForm(frame)}${languageForm(frame)}${postButton(frame, "/sign-out", t.frame.signOut)}</div></details>
</header>`;
}

function find(frame: Frame): Html {
  const { t } = frame;
  return html`<form class="find" role="search" method="get" action="${frame.link("/accounts")}" aria-label="${t.frame.find}"><label class="vh" for="find">${t.frame.find}</label><input id="find" name="search" type="search" maxlength="200" placeholder="${t.frame.findPlaceholder}" autocomplete="off"><kbd aria-hidden="true">Ctrl K</kbd></form>`;
}
