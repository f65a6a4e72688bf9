import { fail } from "../errors/error.ts";
import { Secret } from "../errors/secret.ts";
import type { Visit } from "../http/types.ts";
import { pageAnswer } from "./answer.ts";
import { type Asked, PROVE } from "./asked.ts";
import { hereOf } from "./frame.ts";
import { html } from "./html.ts";
import type { Frame, Screen } from "./page.ts";
import { field } from "./parts/field.ts";
import { notice } from "./parts/flash.ts";
import { token } from "./parts/form.ts";
import { pageHead } from "./parts/page-head.ts";
import { type PasskeyAsk, passkeyButton } from "./parts/passkey-button.ts";

interface Question {
  readonly path: string;
  /** The form that waits, concealed. */
  readonly kept: string;
  readonly code: boolean;
  readonly passkey: PasskeyAsk | null;
  readonly wrong: boolean;
}

/** The question who it is, in place of a form's answer; the form waits in the page, where nobody can read it. */
export async function askToProve(ask: Asked): Promise<Response> {
  const entries = [...ask.visit.form].filter(([name]) => name !== "csrf");
  return question(ask, JSON.stringify(entries), false);
}

/** The visit with the form that waited, once its sender showed who he is; else the question again. */
export async function proved(ask: Asked): Promise<Response | Visit> {
  const { visit, options } = ask;
  const { form, browser, session, path } = visit;
  const kept = browser.unveil(form.get("kept") ?? "", path);
  if (kept === null) {
    return pageAnswer(visit, options, ({ t }) => tooLate(t.proveAgain), null, 422);
  }
  if (!(await isProved(ask))) return question(ask, kept, true);
  browser.prove();
  const provedAt = Math.floor((options.now?.() ?? new Date()).getTime() / 1000);
  return {
    ...visit,
    form: new URLSearchParams(JSON.parse(kept) as [string, string][]),
    session: session && { ...session, provedAt },
  };
}

/** The password, and a second factor of who has one. */
async function isProved({ visit, options }: Asked): Promise<boolean> {
  const { form, browser, path } = visit;
  const principal = visit.principal ?? fail("UNAUTHENTICATED");
  const stepUp = options.stepUp ?? fail("UNAUTHENTICATED");
  const { code, passkey } = await stepUp.ways(principal);
  if (!(await stepUp.isPassword(visit, principal, new Secret(form.get("password") ?? "")))) return false;
  if (!code && !passkey) return true;
  const credential = form.get("credential") ?? "";
  if (credential === "") return stepUp.isCode(visit, principal, form.get("code") ?? "");
  const challenge = browser.unveil(form.get("challenge") ?? "", path);
  return challenge !== null && stepUp.isPasskey(visit, principal, challenge, credential);
}

async function question({ visit, options }: Asked, kept: string, wrong: boolean): Promise<Response> {
  const { browser, path } = visit;
  const principal = visit.principal ?? fail("UNAUTHENTICATED");
  const ways = await options.stepUp?.ways(principal);
  const asked = ways?.passkey ? await options.stepUp?.askForPasskey(visit, principal) : null;
  const screen = questionScreen({
    path: hereOf(visit),
    kept: browser.conceal(kept, path),
    code: ways?.code ?? false,
    passkey: asked
      ? { how: "show", options: asked.options, challenge: browser.conceal(asked.challenge, path) }
      : null,
    wrong,
  });
  return pageAnswer(visit, options, screen, null, wrong ? 422 : 200);
}

export function questionScreen({ path, kept, code, passkey, wrong }: Question): (frame: Frame) => Screen {
  return (frame) => {
    const { t } = frame;
    return {
      title: t.proveAgain.title,
      body: html`${pageHead(frame, { title: t.proveAgain.title, lead: t.proveAgain.lead })}
${wrong && notice("bad", html`<p>${t.proveAgain.wrong}</p>`)}
<form class="flow" method="post" action="${frame.link(path)}">
${field(frame, "password", t.proveAgain.password, {
  required: true,
  more: { type: "password", autocomplete: "current-password", autofocus: true },
})}
${
  code &&
  field({ ...frame, refusal: null }, "code", t.secondStep.code, {
    help: t.secondStep.codeHelp,
    optionalMark: false,
    more: { autocomplete: "one-time-code", spellcheck: "false", maxlength: 64 },
  })
}
<div class="form-end">${token(frame)}<input type="hidden" name="step" value="${PROVE}"><input type="hidden" name="kept" value="${kept}"><button class="btn primary">${t.proveAgain.goOn}</button>${
        passkey &&
        passkeyButton(passkey, { ...t.secondStep, button: t.secondStep.passkey }, { primary: false })
      }</div>
</form>`,
    };
  };
}

function tooLate(t: Frame["t"]["proveAgain"]): Screen {
  return { title: t.title, body: html`<h1>${t.title}</h1>${notice("warn", html`<p>${t.tooLate}</p>`)}` };
}
