import { Secret } from "../../errors/secret.ts";
import type { Visit } from "../../http/types.ts";
import { meBeginTotp, meConfirmTotp, meRemoveTotp } from "../../operations/me/authenticator.ts";
import { meGet } from "../../operations/me/get.ts";
import { html } from "../html.ts";
import { type Ask, definePage, type Frame, type Screen } from "../page.ts";
import { confirmation } from "../parts/confirm.ts";
import { labelsOf, operationField } from "../parts/field.ts";
import { flashOf, notice, refusalSummary } from "../parts/flash.ts";
import { postButton, token } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { qrPicture } from "../parts/qr-picture.ts";
import { CODES_FILE, type NewCodes, recoveryCodes } from "../parts/recovery-codes.ts";
import { signInEnrolled } from "../sign-in-by.ts";

const CONFIRM = "/me/app/confirm";

/** An app that waits for its first code. */
export interface BegunApp {
  readonly secret: Secret;
  readonly squares: readonly (readonly boolean[])[];
  /** The secret, concealed, for the form. */
  readonly kept: string;
}

export const meAppPage = definePage<{ replaces: boolean } | BegunApp>({
  path: "/me/app",
  enrols: true,
  load: async ({ run }) => ({ replaces: (await run(meGet, {})).authenticator }),
  view: (data, frame) => ("squares" in data ? begunScreen(frame, data) : introduction(frame, data.replaces)),
  async answer({ run, visit, options }) {
    const { secret } = await run(meBeginTotp, {});
    return begunApp(visit, options, new Secret(secret));
  },
});

export const meAppConfirmPage = definePage<BegunApp | null | NewCodes>({
  path: CONFIRM,
  enrols: true,
  async load({ visit, options }) {
    const secret = visit.browser.unveil(visit.form.get("kept") ?? "", CONFIRM);
    return secret === null ? null : begunApp(visit, options, new Secret(secret));
  },
  view(data, frame) {
    if (data === null)
      return introduction(frame, false, notice("warn", html`<p>${frame.t.meApp.tooOld}</p>`));
    return "codes" in data ? recoveryCodes(frame, data) : begunScreen(frame, data);
  },
  async answer({ run, visit, options }) {
    const { recoveryCodes: codes } = await run(meConfirmTotp, { code: visit.form.get("code") ?? "" });
    const { waiting, browser } = visit;
    await signInEnrolled(visit, options);
    return {
      codes: codes.map((code) => new Secret(code)),
      file: waiting ? null : browser.conceal(JSON.stringify(codes), CODES_FILE),
    };
  },
});

export const meAppRemovePage = definePage<null>({
  path: "/me/app/remove",
  load: async () => null,
  view(_, frame) {
    const { t } = frame;
    return {
      title: t.meApp.removeTitle,
      body: confirmation(
        { ...frame, reviews: false },
        {
          path: "/me/app/remove",
          crumbs: [{ href: frame.link("/me"), words: t.me.title }],
          title: t.meApp.removeTitle,
          words: t.meApp.removeText,
          button: t.me.remove,
          destroys: true,
          wayOut: { href: frame.link("/me"), words: t.frame.cancel },
        },
      ),
    };
  },
  async submit({ run }) {
    await run(meRemoveTotp, {});
    return { to: "/me", flash: { tone: "ok", text: "appRemoved" } };
  },
});

async function begunApp(visit: Visit, options: Ask["options"], secret: Secret): Promise<BegunApp> {
  const { qrSquares } = await import("../qr-code.ts");
  const name = visit.principal?.name ?? "";
  return {
    secret,
    squares: qrSquares((await options.stepUp?.appAddress(name, secret)) ?? ""),
    kept: visit.browser.conceal(secret.reveal(), CONFIRM),
  };
}

function introduction(
  frame: Frame,
  replaces: boolean,
  first: ReturnType<typeof notice> | null = null,
): Screen {
  const { t } = frame;
  return {
    title: t.meApp.title,
    body: html`${pageHead(frame, { title: t.meApp.title, crumbs: crumbs(frame), lead: t.meApp.lead })}
${flashOf(frame)}${first}${refusalSummary(frame, {})}
${replaces && html`<p>${t.meApp.replaces}</p>`}
${postButton(frame, "/me/app", t.meApp.begin, { looks: "btn primary", review: false })}`,
  };
}

function begunScreen(frame: Frame, { secret, squares, kept }: BegunApp): Screen {
  const { t } = frame;
  const plain = secret.reveal();
  return {
    title: t.meApp.title,
    body: html`${pageHead(frame, { title: t.meApp.title, crumbs: crumbs(frame) })}
${refusalSummary(frame, labelsOf(t, meConfirmTotp))}
<div class="flow"><p>${t.meApp.scan}</p>${qrPicture(squares, t.meApp.picture)}
<p>${t.meApp.key}: <span class="mono key">${(plain.match(/.{1,4}/g) ?? []).join(" ")}</span></p></div>
<form class="flow" method="post" action="${frame.link(CONFIRM)}">
${operationField(frame, meConfirmTotp, "code", {
  more: {
    type: "text",
    inputmode: "numeric",
    autocomplete: "one-time-code",
    spellcheck: "false",
    autofocus: true,
  },
})}
<div class="form-end">${token(frame)}<input type="hidden" name="kept" value="${kept}"><button class="btn primary">${t.meApp.button}</button></div>
</form>`,
  };
}

/** Who must set one up first has nowhere to go back to. */
function crumbs(frame: Frame) {
  return frame.me === null ? [] : [{ href: frame.link("/me"), words: frame.t.me.title }];
}
