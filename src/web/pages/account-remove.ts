import type { Static } from "../../kernel/schema.ts";
import { accountGet } from "../../operations/account/get.ts";
import { accountRemove } from "../../operations/account/remove.ts";
import { definePage } from "../page.ts";
import { accountCrumbs } from "../parts/account-frame.ts";
import { confirmation } from "../parts/confirm.ts";
import { fill, fillText } from "../parts/shown.ts";
import { accountPath } from "../paths.ts";
import { bytes } from "../text/format.ts";
import { requireTyped } from "../typed-confirmation.ts";

export const accountRemovePage = definePage<Static<typeof accountGet.output>>({
  path: "/accounts/:domain/:name/remove",
  load: ({ run, params }) => run(accountGet, params),
  view(account, frame) {
    const { t } = frame;
    const { address, mailbox } = account;
    const mail =
      mailbox.messages === 0 ? t.confirm.noMail : t.confirm.mail(mailbox.messages, bytes(mailbox.bytes));
    return {
      title: fillText(t.accountRemove.title, { name: address }),
      body: confirmation(frame, {
        path: accountPath(account, "/remove"),
        crumbs: accountCrumbs(frame, account),
        title: fill(t.accountRemove.title, { name: address }),
        words: t.accountRemove.text,
        effects: {
          title: t.confirm.losses,
          lines: [...(account.kind === "user" ? [mail] : []), t.confirm.links],
        },
        typed: address,
        button: t.accountRemove.button,
        destroys: true,
        wayOut: { href: frame.link(accountPath(account)), words: t.confirm.keep },
      }),
    };
  },
  async submit({ run, params, visit }) {
    const { domain, name, address } = await run(accountGet, params);
    requireTyped(visit.form, address);
    await run(accountRemove, { domain, name });
    return {
      to: "/accounts",
      query: { domain },
      flash: { tone: "ok", text: "accountRemoved", values: { name: address } },
    };
  },
});
