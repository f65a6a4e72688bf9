import type { Static } from "../../kernel/schema.ts";
import { accountResetFactors } from "../../operations/account/factors.ts";
import { accountGet } from "../../operations/account/get.ts";
import { definePage } from "../page.ts";
import { accountCrumbs } from "../parts/account-frame.ts";
import { confirmation } from "../parts/confirm.ts";
import { fill, fillText } from "../parts/shown.ts";
import { accountPath } from "../paths.ts";

/** One question: whether the owner of a mailbox is to sign in with his password alone. */
export const accountFactorsPage = definePage<Static<typeof accountGet.output>>({
  path: "/accounts/:domain/:name/reset-factors",
  load: ({ run, params }) => run(accountGet, params),
  view(account, frame) {
    const { t } = frame;
    const { address } = account;
    return {
      title: fillText(t.personSteps.factors, { name: address }),
      body: confirmation(frame, {
        path: accountPath(account, "/reset-factors"),
        crumbs: accountCrumbs(frame, account),
        title: fill(t.personSteps.factors, { name: address }),
        words: t.personSteps.factorsText,
        effects: { title: t.account.factorsEffects, lines: t.account.factorsLines },
        button: t.person.factorsTitle,
        destroys: false,
        wayOut: { href: frame.link(accountPath(account)), words: t.frame.cancel },
      }),
    };
  },
  async submit({ run, params }) {
    const { domain, name } = await run(accountResetFactors, params);
    return {
      to: accountPath({ domain, name }),
      flash: { tone: "ok", text: "personFactorsReset", values: { name: `${name}@${domain}` } },
    };
  },
});
