import { accountTarget, domainTarget } from "../../kernel/target.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { accountPath, domainPath } from "../paths.ts";
import type { Account } from "./account-state.ts";
import { flashOf, notice } from "./flash.ts";
import { postButton } from "./form.ts";
import { historyLink } from "./history-link.ts";
import { mailPath } from "./mailbox-words.ts";
import { type Crumb, pageHead } from "./page-head.ts";
import { shown } from "./shown.ts";
import { tabs } from "./tabs.ts";

type Part = "settings" | "access" | "password" | "forwarding" | "vacation" | "members" | "variables";

/** What all pages of one account begin with: its address, whether it works, and its other pages. */
export function accountHead(frame: Frame, account: Account, current: Part): Html {
  const { t, may } = frame;
  const mine = domainTarget(account.domain);
  const here = accountPath(account);
  const views = [
    { part: "settings", path: here, words: t.account.settings, shows: true },
    {
      part: "password",
      path: `${here}/password`,
      words: t.account.password,
      shows: may.reach("account.setPassword", accountTarget(account)),
    },
    {
      part: "members",
      path: `${here}/members`,
      words: t.account.members,
      shows: account.kind === "list" && may.reach("member.list", accountTarget(account)),
    },
    {
      part: "forwarding",
      path: `${here}/forwarding`,
      words: t.account.forwarding,
      shows: account.kind === "user" && may.reach("forwarding.get", accountTarget(account)),
    },
    {
      part: "vacation",
      path: `${here}/vacation`,
      words: t.account.vacation,
      shows: account.kind === "user" && may.reach("vacation.get", accountTarget(account)),
    },
    {
      part: "access",
      path: `${here}/access`,
      words: t.account.access,
      shows: may.reach("accountAccess.list", accountTarget(account)),
    },
    { part: "variables", path: `${here}/variables`, words: t.account.variables, shows: true },
  ].filter(({ shows }) => shows);
  return html`${pageHead(frame, {
    title: shown(account.address),
    crumbs: accountCrumbs(frame, account).slice(0, -1),
    ...(account.realName === "" ? {} : { lead: shown(account.realName) }),
    actions: [
      account.kind === "user" &&
        may.reach("message.list", accountTarget(account)) &&
        html`<a class="btn" href="${frame.link(mailPath(account))}">${t.mailbox.mail}</a>`,
      historyLink(frame, account.address),
      account.suspended &&
        may.reach("account.resume", mine) &&
        postButton(frame, `${here}/resume`, t.account.resume),
      !account.suspended &&
        may.reach("account.suspend", mine) &&
        html`<a class="btn" href="${frame.link(`${here}/suspend`)}">${t.account.suspend}</a>`,
    ],
  })}
${flashOf(frame)}
${account.suspended && notice("warn", html`<p><strong>${t.account.suspendedTitle}</strong> ${t.account.suspendedText}</p>`)}
${tabs(
  t.account.parts,
  views.map(({ part, path, words }) => ({ href: frame.link(path), words, current: part === current })),
)}`;
}

/** Accounts / example.com / hana@example.com */
export function accountCrumbs(frame: Frame, account: Pick<Account, "domain" | "name" | "address">): Crumb[] {
  const { domain, address } = account;
  const domainHref = frame.may.use("domain.get")
    ? frame.link(domainPath(domain))
    : frame.link("/accounts", { domain });
  const may = (operation: string) => frame.may.use(operation);
  // The owner of the account sees no list of accounts.
  if (!may("account.list")) return [{ href: frame.link(accountPath(account)), words: shown(address) }];
  return [
    { href: frame.link("/accounts"), words: frame.t.menu.accounts },
    { href: domainHref, words: shown(domain) },
    { href: frame.link(accountPath(account)), words: shown(address) },
  ];
}
