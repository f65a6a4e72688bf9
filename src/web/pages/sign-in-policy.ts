import type { Static } from "../../kernel/schema.ts";
import { policyGet, policySet } from "../../operations/policy/policy.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { labelsOf } from "../parts/field.ts";
import { flashOf, refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { schemaField } from "../parts/schema-field.ts";
import { inputOfForm } from "../schema-input.ts";

const PATH = "/sign-in-policy";
const FIELD = "secondFactorFor";

/** Which roles must have a second factor. */
export const signInPolicyPage = definePage<Static<typeof policyGet.output>>({
  path: PATH,
  load: ({ run }) => run(policyGet, {}),
  view({ secondFactorFor }, frame) {
    const { t, may } = frame;
    return {
      title: t.policy.title,
      body: html`${pageHead(frame, {
        title: t.policy.title,
        crumbs: [{ href: frame.link("/people"), words: t.people.title }],
        lead: t.policy.lead,
      })}
${flashOf(frame)}${refusalSummary(frame, labelsOf(t, policySet))}
<form class="flow" method="post" action="${frame.link(PATH)}">
${schemaField(frame, policySet, FIELD, secondFactorFor)}
${may.reach("policy.set") && formEnd(frame, t.policy.save, { href: frame.link("/people"), words: t.frame.cancel })}
</form>`,
    };
  },
  editable: ({ secondFactorFor }, t) => [
    { name: FIELD, label: labelsOf(t, policySet)[FIELD] ?? FIELD, value: JSON.stringify(secondFactorFor) },
  ],
  async submit({ run, visit }) {
    await run(policySet, inputOfForm(policySet, [FIELD], visit.form));
    return { to: PATH, flash: { tone: "ok", text: "policySaved" } };
  },
});
