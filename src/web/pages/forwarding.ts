import type { Static } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import { accountGet } from "../../operations/account/get.ts";
import { forwardingGet, forwardingSet } from "../../operations/forwarding/forwarding.ts";
import { html } from "../html.ts";
import { definePage } from "../page.ts";
import { accountHead } from "../parts/account-frame.ts";
import { deadEnds } from "../parts/dead-ends.ts";
import { labelsOf } from "../parts/field.ts";
import { notice, refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { schemaField } from "../parts/schema-field.ts";
import { fillText, visible } from "../parts/shown.ts";
import { accountPath } from "../paths.ts";
import { inputOfForm } from "../schema-input.ts";

export interface ForwardingData {
  readonly account: Static<typeof accountGet.output>;
  readonly forwarding: Static<typeof forwardingGet.output>;
  readonly dead: readonly string[];
}

/** What most people want of an account's steps. */
export const forwardingPage = definePage<ForwardingData>({
  path: "/accounts/:domain/:name/forwarding",
  async load(ask) {
    const account = await ask.run(accountGet, ask.params);
    const forwarding = await ask.run(forwardingGet, ask.params);
    return { account, forwarding, dead: await deadEnds(ask, forwarding.addresses) };
  },
  view({ account, forwarding, dead }, frame) {
    const { t, may } = frame;
    const here = accountPath(account, "/forwarding");
    const steps =
      may.use("mailStep.list") &&
      html`<p><a href="${frame.link(accountPath(account, "/steps"))}">${t.forwarding.allSteps}</a></p>`;
    const warnings = dead.map((address) =>
      notice("warn", html`<p>${fillText(t.steps.deadEnd, { address })}</p>`),
    );
    const form = html`${refusalSummary(frame, labelsOf(t, forwardingSet))}
<p>${t.forwarding.lead}</p>
<form class="flow" method="post" action="${frame.link(here)}">
${schemaField(frame, forwardingSet, "addresses", forwarding.addresses)}
${schemaField(frame, forwardingSet, "keepCopy", forwarding.keepCopy)}
${formEnd(frame, t.forwarding.save, { href: frame.link(accountPath(account)), words: t.frame.cancel })}
</form>`;
    return {
      title: visible(account.address),
      body: html`${accountHead(frame, account, "forwarding")}
${warnings}
${
  !forwarding.simple
    ? notice("info", html`<p>${t.forwarding.notSimple}</p>`)
    : may.reach("forwarding.set", accountTarget(account))
      ? form
      : notice("info", html`<p>${t.settings.readOnly}</p>`)
}
${steps}`,
    };
  },
  editable: ({ forwarding }, t) => [
    {
      name: "addresses",
      label: labelsOf(t, forwardingSet)["addresses"] ?? "addresses",
      value: JSON.stringify(forwarding.addresses),
    },
    {
      name: "keepCopy",
      label: labelsOf(t, forwardingSet)["keepCopy"] ?? "keepCopy",
      value: String(forwarding.keepCopy),
    },
  ],
  async submit({ run, params, visit }) {
    const { domain = "", name = "" } = params;
    await run(forwardingSet, {
      domain,
      name,
      ...inputOfForm(forwardingSet, ["addresses", "keepCopy"], visit.form),
    });
    return {
      to: accountPath({ domain, name }, "/forwarding"),
      flash: { tone: "ok", text: "forwardingSaved", values: { name: `${name}@${domain}` } },
    };
  },
});
