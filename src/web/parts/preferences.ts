import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { LANGUAGE_NAMES, type Language, THEMES } from "../text/language.ts";
import { token } from "./form.ts";

export const PREFERENCES_PATH = "/preferences";

/** Light or dark: one small form. */
export function themeForm(frame: Frame): Html {
  const { t } = frame;
  return html`<form class="flow" method="post" action="${frame.link(PREFERENCES_PATH)}">${token(frame)}${hereField(frame)}<label class="small" for="theme">${t.frame.theme}</label><div class="row"><select id="theme" name="theme">${THEMES.map(
    (theme) =>
      html`<option value="${theme}"${theme === frame.theme && html` selected`}>${t.frame.themes[theme]}</option>`,
  )}</select><button class="btn">${t.frame.apply}</button></div></form>`;
}

/** A button for each language, in its own words. */
export function languageForm(frame: Frame): Html {
  const { t } = frame;
  const names = Object.keys(LANGUAGE_NAMES) as Language[];
  return html`<form class="row" method="post" action="${frame.link(PREFERENCES_PATH)}" aria-label="${t.frame.languages}">${token(frame)}${hereField(frame)}${names.map(
    (name) =>
      html`<button class="as-link" name="lang" value="${name}" lang="${name}"${name === frame.language && html` aria-current="true"`}>${LANGUAGE_NAMES[name]}</button>`,
  )}</form>`;
}

function hereField(frame: Frame): Html {
  return html`<input type="hidden" name="here" value="${frame.here}">`;
}
