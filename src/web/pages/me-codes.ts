import { failField } from "../../errors/error.ts";
import { Secret } from "../../errors/secret.ts";
import { meNewRecoveryCodes } from "../../operations/me/authenticator.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { confirmation } from "../parts/confirm.ts";
import { CODES_FILE, type NewCodes, recoveryCodes } from "../parts/recovery-codes.ts";
import { fillText } from "../parts/shown.ts";
import { chooseLanguage, LANGUAGE_COOKIE, LANGUAGES } from "../text/language.ts";

export const meCodesPage = definePage<NewCodes | null>({
  path: "/me/codes",
  load: async () => null,
  view(data, frame) {
    if (data) return recoveryCodes(frame, data);
    const { t } = frame;
    return {
      title: t.meCodes.askTitle,
      body: html`${confirmation(
        { ...frame, reviews: false },
        {
          path: "/me/codes",
          crumbs: [{ href: frame.link("/me"), words: t.me.title }],
          title: t.meCodes.askTitle,
          words: t.meCodes.askText,
          button: t.meCodes.button,
          destroys: false,
          wayOut: { href: frame.link("/me"), words: t.frame.cancel },
        },
      )}`,
    };
  },
  async answer({ run, visit }) {
    const { recoveryCodes: codes } = await run(meNewRecoveryCodes, {});
    return {
      codes: codes.map((code) => new Secret(code)),
      file: visit.browser.conceal(JSON.stringify(codes), CODES_FILE),
    };
  },
});

/** The address holds the codes only as nobody but this session can read them, and for ten minutes. */
export const meCodesFilePage = definePage<null>({
  path: CODES_FILE,
  async file({ visit }) {
    const kept = visit.browser.unveil(visit.query.get("codes") ?? "", CODES_FILE);
    if (kept === null) return failField("codes", "retype", "These codes cannot be shown any more.");
    const { cookies, request, principal } = visit;
    const accepted = request.headers.get("accept-language");
    const t = LANGUAGES[chooseLanguage(cookies.get(LANGUAGE_COOKIE), accepted)];
    const head = fillText(t.meCodes.fileHead, { name: principal?.name ?? "" });
    return {
      name: "recovery-codes.txt",
      type: "text/plain",
      text: [head, "", ...(JSON.parse(kept) as string[]), ""].join("\r\n"),
    };
  },
});
