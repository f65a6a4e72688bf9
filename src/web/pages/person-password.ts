import { personGet } from "../../operations/person/get.ts";
import { personSetPassword } from "../../operations/person/sign-in.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { labelsOf } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { passwordFields } from "../parts/password-fields.ts";
import { fill, fillText, shown } from "../parts/shown.ts";
import { type PersonDetails, personPath } from "../people/person-state.ts";
import { requireRepeated } from "../repeated-password.ts";

/** A new password for somebody else; one's own is changed where one's own sign-in is. */
export const personPasswordPage = definePage<PersonDetails>({
  path: "/people/:person/password",
  load: ({ run, params }) => run(personGet, params),
  view(person, frame) {
    const { t } = frame;
    const { name } = person;
    const here = frame.link(personPath(person.id));
    return {
      title: fillText(t.personSteps.password, { name }),
      body: html`${pageHead(frame, {
        title: fill(t.personSteps.password, { name }),
        crumbs: [
          { href: frame.link("/people"), words: t.people.title },
          { href: here, words: shown(name) },
        ],
        lead: t.personSteps.passwordText,
      })}
${refusalSummary(frame, { ...labelsOf(t, personSetPassword), passwordAgain: t.password.again })}
<form class="flow" method="post" action="${frame.link(personPath(person.id, "/password"))}">
${passwordFields(frame, personSetPassword)}
${formEnd(frame, t.password.button, { href: here, words: t.frame.cancel })}<input type="hidden" name="user" autocomplete="username" value="${name}">
</form>`,
    };
  },
  async submit({ run, params, visit }) {
    const input = { person: params["person"] ?? "", password: visit.form.get("password") ?? "" };
    requireRepeated(personSetPassword, input, visit.form);
    const { id, name } = await run(personSetPassword, input);
    return { to: personPath(id), flash: { tone: "ok", text: "passwordSet", values: { name } } };
  },
});
