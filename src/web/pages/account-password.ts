import { Secret } from "../../errors/secret.ts";
import type { Static } from "../../kernel/schema.ts";
import { accountGet } from "../../operations/account/get.ts";
import { accountSetPassword } from "../../operations/account/set-password.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { accountHead } from "../parts/account-frame.ts";
import { labelsOf } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { passwordFields } from "../parts/password-fields.ts";
import { visible } from "../parts/shown.ts";
import { accountPath } from "../paths.ts";
import { requireRepeated } from "../repeated-password.ts";
import { stayOwner } from "../sign-in-by.ts";

export const accountPasswordPage = definePage<Static<typeof accountGet.output>>({
  path: "/accounts/:domain/:name/password",
  load: ({ run, params }) => run(accountGet, params),
  view(account, frame) {
    const { t } = frame;
    const here = accountPath(account);
    return {
      title: `${t.password.title}: ${visible(account.address)}`,
      body: html`${accountHead(frame, account, "password")}
${refusalSummary(frame, { ...labelsOf(t, accountSetPassword), passwordAgain: t.password.again })}
<form class="flow" method="post" action="${frame.link(`${here}/password`)}">
${passwordFields(frame, accountSetPassword)}
${formEnd(frame, t.password.button, { href: frame.link(here), words: t.frame.cancel })}<input type="hidden" name="user" autocomplete="username" value="${account.address}">
</form>`,
    };
  },
  async submit({ run, params, visit, options }) {
    const input = { ...params, password: visit.form.get("password") ?? "" };
    requireRepeated(accountSetPassword, input, visit.form);
    const { domain, name } = await run(accountSetPassword, input);
    const stays = await stayOwner(visit, options, new Secret(input.password));
    return {
      to: stays ? accountPath({ domain, name }) : "/sign-in",
      flash: { tone: "ok", text: "passwordSet", values: { name: `${name}@${domain}` } },
    };
  },
});
