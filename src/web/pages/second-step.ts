import { fail, failField } from "../../errors/error.ts";
import { insideOnly } from "../frame.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { adviceFor } from "../parts/advice.ts";
import { field } from "../parts/field.ts";
import { notice } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { type PasskeyAsk, passkeyButton } from "../parts/passkey-button.ts";
import { signInBy } from "../sign-in-by.ts";

const PATH = "/sign-in/code";
/** A recovery code with blanks between all its letters. */
const LONGEST_CODE = 64;

interface SecondStep {
  readonly next: string;
  readonly passkey: PasskeyAsk | null;
}

/** What is asked after the password. */
export const secondStepPage = definePage<SecondStep>({
  path: PATH,
  open: "waiting",
  async load({ visit, options }) {
    const { waiting, browser, query } = visit;
    const asked = waiting && (await options.stepUp?.askForPasskey(visit, waiting.principal));
    return {
      next: insideOnly(query.get("next")),
      passkey: asked
        ? { how: "show", options: asked.options, challenge: browser.conceal(asked.challenge, PATH) }
        : null,
    };
  },
  view({ next, passkey }, frame) {
    const { t, refusal } = frame;
    const rule = refusal?.problems[0]?.rule;
    const other =
      refusal && rule !== "wrong"
        ? { title: t.errors[refusal.code].title, advice: adviceFor(t, refusal) }
        : null;
    const wrong =
      refusal?.problems[0]?.field === "credential" ? t.secondStep.wrongPasskey : t.secondStep.wrong;
    const back = refusal?.values.get("next") ?? next;
    return {
      title: t.secondStep.title,
      body: html`<form class="card" method="post" action="${frame.link(PATH)}">
<h1>${t.secondStep.title}</h1>
${rule === "wrong" && notice("bad", html`<p>${wrong}</p>`)}${other && notice("bad", html`<p><strong>${other.title}</strong>${t.sentenceEnd}${other.advice}</p>`)}
${field({ ...frame, refusal: null }, "code", t.secondStep.code, {
  stack: true,
  optionalMark: false,
  help: t.secondStep.codeHelp,
  more: {
    autocomplete: "one-time-code",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: LONGEST_CODE,
    autofocus: true,
  },
})}
<button class="btn primary">${t.secondStep.button}</button>
${passkey && passkeyButton(passkey, { ...t.secondStep, button: t.secondStep.passkey }, { primary: false })}
${token(frame)}<input type="hidden" name="next" value="${back}">
</form>
<form method="post" action="${frame.link("/sign-out")}">${token(frame)}<button class="btn sm">${t.secondStep.over}</button></form>
<p class="small mute">${t.secondStep.lost}</p>`,
    };
  },
  async submit({ visit, options }) {
    const { waiting, form, browser } = visit;
    const { stepUp } = options;
    if (waiting?.for !== "factor" || !stepUp) return fail("UNAUTHENTICATED");
    const { principal } = waiting;
    const credential = form.get("credential") ?? "";
    if (credential === "") {
      const code = form.get("code") ?? "";
      const right =
        code.trim() !== "" && code.length <= LONGEST_CODE && (await stepUp.isCode(visit, principal, code));
      if (!right) failField("code", "wrong", "This code is not right.");
    } else {
      const challenge = browser.unveil(form.get("challenge") ?? "", PATH);
      const right = challenge !== null && (await stepUp.isPasskey(visit, principal, challenge, credential));
      if (!right) failField("credential", "wrong", "The passkey was not accepted.");
    }
    signInBy(visit, principal);
    return { to: insideOnly(form.get("next")) };
  },
});

/** Where somebody lands who must have a second factor and has none. */
export const enrolPage = definePage<null>({
  path: "/me/second-factor",
  enrols: true,
  load: async () => null,
  view(_, frame) {
    const { t } = frame;
    return {
      title: t.enrol.title,
      body: html`<div class="card"><h1>${t.enrol.title}</h1><p>${t.enrol.lead}</p>
<p><a class="btn primary" href="${frame.link("/me/app")}">${t.enrol.app}</a></p>
<p><a href="${frame.link("/me/passkeys")}">${t.enrol.passkey}</a></p></div>
<form method="post" action="${frame.link("/sign-out")}">${token(frame)}<button class="btn sm">${t.frame.signOut}</button></form>`,
    };
  },
});
