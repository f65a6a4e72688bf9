import { failField } from "../../errors/error.ts";
import { Secret } from "../../errors/secret.ts";
import { insideOnly } from "../frame.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { adviceFor } from "../parts/advice.ts";
import { field } from "../parts/field.ts";
import { flashOf, notice } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { shown } from "../parts/shown.ts";
import { signInBy } from "../sign-in-by.ts";

/** Longer ones are no password anybody types; hashing them would only cost time. */
const LONGEST = 1000;

export const signInPage = definePage({
  path: "/sign-in",
  open: "strangers",
  load: async ({ visit }) => ({ next: insideOnly(visit.query.get("next")) }),
  view({ next }, frame) {
    const { t, refusal, door } = frame;
    const owners = door?.kind === "owners";
    const back = refusal?.values.get("next") ?? next;
    const wrong =
      refusal && (refusal.code === "INVALID_INPUT" ? (owners ? t.door.wrong : t.signIn.wrong) : null);
    // Which of the two was wrong is not said, so it is said above both.
    const silent = { ...frame, refusal: refusal && { ...refusal, problems: [] } };
    const other =
      refusal && wrong === null
        ? { title: t.errors[refusal.code].title, advice: adviceFor(t, refusal) }
        : null;
    return {
      title: t.signIn.title,
      body: html`<form class="card" method="post" action="${frame.link("/sign-in")}">
<h1>${t.signIn.title}</h1>
${door && door.text !== "" && door.text.split(/\r?\n/).map((line) => html`<p class="small">${shown(line)}</p>`)}
${flashOf(frame)}${wrong && notice("bad", html`<p>${wrong}</p>`)}${other && notice("bad", html`<p><strong>${other.title}</strong>${t.sentenceEnd}${other.advice}</p>`)}
${field(silent, "name", owners ? t.door.address : t.signIn.name, {
  stack: true,
  required: true,
  ...(owners ? { help: t.door.addressHelp } : {}),
  more: {
    autocomplete: "username",
    autocapitalize: "none",
    spellcheck: "false",
    maxlength: LONGEST,
    autofocus: !refusal,
  },
})}
${field(silent, "password", t.signIn.password, {
  stack: true,
  required: true,
  help: owners ? t.door.mailboxHelp : door ? t.door.help : t.signIn.passwordHelp,
  more: {
    type: "password",
    autocomplete: "current-password",
    maxlength: LONGEST,
    autofocus: refusal !== null,
    "aria-invalid": wrong ? "true" : null,
  },
})}
<button class="btn primary">${t.signIn.button}</button>${token(frame)}<input type="hidden" name="next" value="${back}">
</form>
<p class="small mute">${door ? t.door.note : t.signIn.note}</p>`,
    };
  },
  async submit({ visit, options }) {
    const name = visit.form.get("name")?.trim() ?? "";
    const password = visit.form.get("password") ?? "";
    const usable = name !== "" && password !== "" && name.length <= LONGEST && password.length <= LONGEST;
    const principal = usable ? await options.signIn(visit, name, new Secret(password)) : null;
    // One answer for every reason: which of the two was wrong is nobody's business.
    if (!principal) return failField("password", "wrong", "Name or password is wrong.");
    const next = insideOnly(visit.form.get("next"));
    const missing = (await options.stepUp?.missing(principal)) ?? null;
    signInBy(visit, principal, missing);
    if (missing === "enrolment") return { to: "/me/second-factor" };
    return missing ? { to: "/sign-in/code", query: { next: next === "/" ? null : next } } : { to: next };
  },
});
