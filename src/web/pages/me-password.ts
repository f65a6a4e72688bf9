import { meGet } from "../../operations/me/get.ts";
import { meSetPassword } from "../../operations/me/set.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { labelsOf, operationField } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { passwordFields } from "../parts/password-fields.ts";
import { requireRepeated } from "../repeated-password.ts";

export const mePasswordPage = definePage<{ name: string }>({
  path: "/me/password",
  load: ({ run }) => run(meGet, {}),
  view({ name }, frame) {
    const { t } = frame;
    // Its change is not one of XMail's: there is nothing to look at before.
    const plain = { ...frame, reviews: false };
    return {
      title: t.mePassword.title,
      body: html`${pageHead(frame, {
        title: t.mePassword.title,
        crumbs: [{ href: frame.link("/me"), words: t.me.title }],
        lead: t.me.passwordText,
      })}
${refusalSummary(frame, { ...labelsOf(t, meSetPassword), passwordAgain: t.mePassword.again })}
<form class="flow" method="post" action="${frame.link("/me/password")}">
<input type="hidden" name="user" autocomplete="username" value="${name}">
${operationField(frame, meSetPassword, "currentPassword", { more: { autocomplete: "current-password" } })}
${passwordFields(frame, meSetPassword)}
${formEnd(plain, t.mePassword.button, { href: frame.link("/me"), words: t.frame.cancel })}
</form>`,
    };
  },
  async submit({ run, visit }) {
    const input = {
      currentPassword: visit.form.get("currentPassword") ?? "",
      password: visit.form.get("password") ?? "",
    };
    requireRepeated(meSetPassword, input, visit.form);
    await run(meSetPassword, input);
    visit.browser.signOut();
    return { to: "/sign-in", flash: { tone: "ok", text: "myPasswordSet" } };
  },
});
