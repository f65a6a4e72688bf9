import { insideOnly } from "../frame.ts";
import { definePage } from "../page.ts";
import { PREFERENCES_PATH } from "../parts/preferences.ts";
import { chooseTheme, isLanguage, LANGUAGE_COOKIE, THEME_COOKIE } from "../text/language.ts";

/** Takes the forms for language and theme, and goes back to where they stood. */
export const preferencesPage = definePage({
  path: PREFERENCES_PATH,
  open: "everybody",
  async submit({ visit }) {
    const language = visit.form.get("lang");
    const theme = visit.form.get("theme");
    if (language !== null && isLanguage(language)) visit.browser.prefer(LANGUAGE_COOKIE, language);
    if (theme !== null) visit.browser.prefer(THEME_COOKIE, chooseTheme(theme));
    return { to: insideOnly(visit.form.get("here")) };
  },
});
