import type { Static } from "../../kernel/schema.ts";
import { accountGet } from "../../operations/account/get.ts";
import { accountSuspend } from "../../operations/account/suspend.ts";
import { definePage } from "../page.ts";
import { accountCrumbs } from "../parts/account-frame.ts";
import { confirmation } from "../parts/confirm.ts";
import { fill, fillText } from "../parts/shown.ts";
import { accountPath } from "../paths.ts";

export const accountSuspendPage = definePage<Static<typeof accountGet.output>>({
  path: "/accounts/:domain/:name/suspend",
  load: ({ run, params }) => run(accountGet, params),
  view(account, frame) {
    const { t } = frame;
    const { address } = account;
    return {
      title: fillText(t.suspend.title, { name: address }),
      body: confirmation(frame, {
        path: accountPath(account, "/suspend"),
        crumbs: accountCrumbs(frame, account),
        title: fill(t.suspend.title, { name: address }),
        words: t.suspend.text,
        effects: {
          title: t.suspend.effects,
          lines:
            account.kind === "list"
              ? [t.suspend.receive]
              : [t.suspend.receive, t.suspend.pop, t.suspend.send],
        },
        button: t.suspend.button,
        destroys: false,
        wayOut: { href: frame.link(accountPath(account)), words: t.frame.cancel },
      }),
    };
  },
  async submit({ run, params }) {
    const { domain, name } = await run(accountSuspend, params);
    return {
      to: accountPath({ domain, name }),
      flash: { tone: "ok", text: "suspended", values: { name: `${name}@${domain}` } },
    };
  },
});
